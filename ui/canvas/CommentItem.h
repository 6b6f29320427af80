#pragma once

#include "canvas/CanvasView.h"
#include "chain/ChainComment.h"

#include <QString>

class QPainter;

namespace sluice {

/// A comment on the canvas: a box with words behind the nodes. For the UI thread.
class CommentItem
{
public:
    static constexpr double handle = 16; ///< side of the corner by which it is resized

    explicit CommentItem(const ChainComment &comment) { set(comment); }

    void set(const ChainComment &comment);
    const std::string &id() const { return m_comment.id; }
    const ChainComment &comment() const { return m_comment; }

    QRectF rect() const { return m_rect; }
    void setRect(const QRectF &rect) { m_rect = rect; }
    bool isOnHandle(const QPointF &point) const;
    /// Where its words stand.
    QRectF textRect() const { return m_rect.adjusted(12, 8, -12, -8); }

    void paint(QPainter &painter, const CanvasView &view, bool isSelected) const;

private:
    ChainComment m_comment;
    QString m_text;
    QRectF m_rect;
};

} // namespace sluice
