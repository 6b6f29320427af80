#include "canvas/CommentEditor.h"

#include "canvas/ChainCanvas.h"

#include <QKeyEvent>

namespace sluice {

CommentEditor::CommentEditor(ChainCanvas &canvas) : QPlainTextEdit(&canvas), m_canvas(canvas)
{
    setObjectName(QStringLiteral("commentEditor"));
    setAccessibleName(tr("Words of the comment"));
    setTabChangesFocus(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    document()->setDocumentMargin(0);
    hide();
}

void CommentEditor::open(const std::string &id)
{
    const CommentItem *item = m_canvas.scene()->comment(id);
    if (!item)
        return;
    m_id = id;
    setPlainText(QString::fromStdString(item->comment().text));
    selectAll();
    place();
    show();
    setFocus(Qt::OtherFocusReason);
}

void CommentEditor::place()
{
    if (m_id.empty())
        return;
    const CommentItem *item = m_canvas.scene()->comment(m_id);
    if (!item) {
        m_id.clear();
        hide();
        return;
    }
    QFont font = m_canvas.font();
    font.setPixelSize(qMax(9, qRound(13 * m_canvas.view().zoom)));
    setFont(font);
    setGeometry(m_canvas.view().toView(item->textRect()).toRect().adjusted(-2, -2, 2, -8));
}

void CommentEditor::finish()
{
    if (m_id.empty())
        return;
    const CommentItem *item = m_canvas.scene()->comment(m_id);
    m_id.clear();
    hide();
    if (!item)
        return;
    ChainComment comment = item->comment();
    comment.text = toPlainText().left(static_cast<qsizetype>(Chain::maxCommentLength)).toStdString();
    m_canvas.report(m_canvas.scene()->editor().setComment(std::move(comment)));
    m_canvas.scene()->editor().endMerging();
}

void CommentEditor::keyPressEvent(QKeyEvent *event)
{
    const bool isDone = event->key() == Qt::Key_Escape ||
                        ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers().testFlag(Qt::ControlModifier));
    if (!isDone) {
        QPlainTextEdit::keyPressEvent(event);
        return;
    }
    finish();
    m_canvas.setFocus(Qt::OtherFocusReason);
}

void CommentEditor::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    // Its own menu takes the keyboard for a moment only.
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        finish();
}

} // namespace sluice
