#include "canvas/CanvasPicture.h"

#include "look/Appearance.h"

#include <QPainter>

#include <cmath>
#include <cstdlib>

namespace sluice {

const QPixmap &CanvasPicture::shown(const CanvasView &view, const QSize &size, double ratio,
                                    const std::function<void(QPainter &, const QRect &)> &paint)
{
    const QString &theme = Appearance::theme().name();
    if (size != m_size || ratio != m_ratio || m_pixmap.isNull()) {
        m_pixmap = QPixmap(size * ratio);
        m_pixmap.setDevicePixelRatio(ratio);
        m_isValid = false;
    }
    m_isValid = m_isValid && theme == m_theme;
    m_size = size;
    m_ratio = ratio;
    m_theme = theme;
    if (!m_isValid || !shift(view, paint)) {
        m_view = view;
        paintArea(QRect(QPoint(), size), paint);
    }
    m_isValid = true;
    return m_pixmap;
}

bool CanvasPicture::shift(const CanvasView &view, const std::function<void(QPainter &, const QRect &)> &paint)
{
    // A widget's pixel that is not so many of the device's cannot be clipped at.
    if (view.zoom != m_view.zoom || m_ratio != std::round(m_ratio))
        return false;
    const QPointF by = (m_view.origin - view.origin) * view.zoom;
    const QPoint pixels(static_cast<int>(std::lround(by.x())), static_cast<int>(std::lround(by.y())));
    if (std::abs(by.x() - pixels.x()) > 0.01 || std::abs(by.y() - pixels.y()) > 0.01 || std::abs(pixels.x()) >= m_size.width() ||
        std::abs(pixels.y()) >= m_size.height())
        return false;
    m_view = view;
    if (pixels.isNull())
        return true;
    const int ratio = static_cast<int>(m_ratio);
    m_pixmap.scroll(pixels.x() * ratio, pixels.y() * ratio, m_pixmap.rect());
    const int width = m_size.width();
    const int height = m_size.height();
    if (pixels.x() != 0)
        paintArea({pixels.x() > 0 ? 0 : width + pixels.x(), 0, std::abs(pixels.x()), height}, paint);
    if (pixels.y() != 0)
        paintArea({0, pixels.y() > 0 ? 0 : height + pixels.y(), width, std::abs(pixels.y())}, paint);
    return true;
}

void CanvasPicture::paintArea(const QRect &area, const std::function<void(QPainter &, const QRect &)> &paint)
{
    QPainter painter(&m_pixmap);
    painter.setClipRect(area);
    paint(painter, area);
}

} // namespace sluice
