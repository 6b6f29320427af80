#pragma once

#include "canvas/CanvasView.h"

#include <QPixmap>
#include <QString>

#include <functional>

class QPainter;

namespace sluice {

/// A canvas as it was painted last. Where nothing has happened since but that it was moved by whole pixels, it is shifted, and
/// only what came into sight is painted: a large chain pans as quickly as a small one.
class CanvasPicture
{
public:
    /// What it shows looks otherwise: all of it is painted the next time.
    void invalidate() { m_isValid = false; }

    /// Brings the picture up to date, and gives it. `paint` paints an area (in the widget's pixels), clipped to it.
    const QPixmap &shown(const CanvasView &view, const QSize &size, double ratio, const std::function<void(QPainter &, const QRect &)> &paint);

private:
    bool shift(const CanvasView &view, const std::function<void(QPainter &, const QRect &)> &paint);
    void paintArea(const QRect &area, const std::function<void(QPainter &, const QRect &)> &paint);

    QPixmap m_pixmap;
    CanvasView m_view;
    QSize m_size;
    QString m_theme;
    double m_ratio = 1;
    bool m_isValid = false;
};

} // namespace sluice
