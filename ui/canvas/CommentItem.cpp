#include "canvas/CommentItem.h"

#include "look/Appearance.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QPainter>

namespace sluice {

void CommentItem::set(const ChainComment &comment)
{
    m_comment = comment;
    m_text = QString::fromStdString(comment.text);
    m_rect = {comment.x, comment.y, comment.width, comment.height};
}

bool CommentItem::isOnHandle(const QPointF &point) const
{
    return QRectF(m_rect.right() - handle, m_rect.bottom() - handle, handle, handle).contains(point);
}

void CommentItem::paint(QPainter &painter, const CanvasView &view, bool isSelected) const
{
    const Theme &theme = Appearance::theme();
    const QRectF box = view.toView(m_rect);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(isSelected ? "accent" : "commentBorder"), isSelected ? 2 : 1));
    painter.setBrush(theme.color("comment"));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8 * view.zoom, 8 * view.zoom);
    if (view.zoom < 0.3)
        return;
    QFont font = QGuiApplication::font();
    font.setPixelSize(qMax(1, qRound(13 * view.zoom)));
    painter.setFont(font);
    painter.setPen(theme.color(m_text.isEmpty() ? "secondary" : "text"));
    painter.drawText(view.toView(textRect()), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     m_text.isEmpty() ? QCoreApplication::translate("sluice::CommentItem", "Double-click to write") : m_text);
    painter.setPen(QPen(theme.color("commentBorder"), 1.5));
    const QPointF corner = box.bottomRight() - QPointF(4, 4);
    for (const double length : {5.0, 9.0})
        painter.drawLine(corner - QPointF(length, 0), corner - QPointF(0, length));
}

} // namespace sluice
