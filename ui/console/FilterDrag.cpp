#include "console/FilterDrag.h"

#include "filter/Expression.h"
#include "look/Appearance.h"

#include <QDrag>
#include <QMimeData>
#include <QPainter>
#include <QPixmap>
#include <QWidget>

namespace sluice::filterdrag {

namespace {

constexpr int maxWidth = 280;

/// What the pointer carries: the expression as a chip.
QPixmap pictureOf(const QString &expression, qreal ratio)
{
    const Theme &theme = Appearance::theme();
    const QFontMetrics metrics(Appearance::logFont());
    const QString text = metrics.elidedText(expression.simplified(), Qt::ElideRight, maxWidth);
    const QSize size(metrics.horizontalAdvance(text) + 18, metrics.height() + 8);
    QPixmap picture(size * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.color("accent"));
    painter.setBrush(theme.color("selection"));
    painter.drawRoundedRect(QRectF(QPointF(), size).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setPen(theme.color("selectionText"));
    painter.setFont(Appearance::logFont());
    painter.drawText(QRect(QPoint(), size), Qt::AlignCenter, text);
    return picture;
}

} // namespace

const QString mimeType = QStringLiteral("application/x-sluice-filter");

std::unique_ptr<QMimeData> dataOf(const QString &expression)
{
    auto data = std::make_unique<QMimeData>();
    data->setData(mimeType, expression.toUtf8());
    data->setText(expression);
    return data;
}

QString expressionIn(const QMimeData &data)
{
    const QByteArray text = data.data(mimeType);
    if (text.size() > static_cast<qsizetype>(Expression::maxBytes) || !Expression::parse({text.constData(), static_cast<std::size_t>(text.size())}))
        return {};
    return QString::fromUtf8(text).trimmed();
}

void start(QWidget *from, const QString &expression)
{
    if (expression.trimmed().isEmpty())
        return;
    auto *drag = new QDrag(from);
    drag->setMimeData(dataOf(expression).release());
    drag->setPixmap(pictureOf(expression, from->devicePixelRatioF()));
    drag->setHotSpot(QPoint(-12, -8));
    drag->exec(Qt::CopyAction);
}

} // namespace sluice::filterdrag
