#include "look/Icons.h"

#include "look/Appearance.h"

#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>

namespace sluice {

namespace {

/// Widths that resources/icons/render makes.
constexpr int widths[] = {16, 20, 32, 40, 48, 60};

int sourceWidth(int pixels)
{
    for (const int width : widths) {
        if (width >= pixels)
            return width;
    }
    return widths[std::size(widths) - 1];
}

class TintedIconEngine : public QIconEngine
{
public:
    explicit TintedIconEngine(QString name) : m_name(std::move(name)) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const int size = qMin(rect.width(), rect.height());
        const QPixmap pixmap =
            tintedPixmap(m_name, size, painter->device()->devicePixelRatioF(), colorFor(mode));
        painter->drawPixmap(
            QPoint(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2), pixmap);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return tintedPixmap(m_name, qMin(size.width(), size.height()), 1.0, colorFor(mode));
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        // Qt asks in device pixels here.
        const qreal side = qMin(size.width(), size.height()) / scale;
        return tintedPixmap(m_name, qRound(side), scale, colorFor(mode));
    }

    QIconEngine *clone() const override { return new TintedIconEngine(m_name); }
    QString key() const override { return QStringLiteral("sluice-tinted"); }

private:
    static QColor colorFor(QIcon::Mode mode)
    {
        return Appearance::theme().color(mode == QIcon::Disabled ? "disabled" : "text");
    }

    QString m_name;
};

} // namespace

QPixmap tintedPixmap(const QString &name, int size, qreal devicePixelRatio, const QColor &color)
{
    const int pixels = qRound(size * devicePixelRatio);
    const QString key =
        QStringLiteral("sluice/%1/%2/%3/%4").arg(name).arg(pixels).arg(devicePixelRatio).arg(color.rgba());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QImage image(QStringLiteral(":/sluice/icons/%1-%2.png").arg(name).arg(sourceWidth(pixels)));
    Q_ASSERT_X(!image.isNull(), "tintedPixmap", qPrintable(name));
    if (image.width() != pixels)
        image = image.scaled(pixels, pixels, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    image = image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&image);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), color);
    painter.end();
    image.setDevicePixelRatio(devicePixelRatio);
    pixmap = QPixmap::fromImage(image);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon themedIcon(const QString &name) { return QIcon(new TintedIconEngine(name)); }

QIcon applicationIcon()
{
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64, 128, 256})
        icon.addFile(QStringLiteral(":/sluice/icons/sluice-%1.png").arg(size), QSize(size, size));
    return icon;
}

} // namespace sluice
