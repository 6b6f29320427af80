#include "inspector/CommentPage.h"

#include <QEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>

namespace sluice {

CommentPage::CommentPage(ChainEditor &editor, std::string id, QWidget *parent)
    : InspectorPage(parent), m_editor(editor), m_id(std::move(id)), m_text(new QPlainTextEdit)
{
    auto *title = new QLabel(tr("Comment"));
    title->setObjectName(QStringLiteral("title"));
    title->setBuddy(m_text);
    auto *help = new QLabel(tr("Words behind the nodes. Nodes that lie in its box move with it."));
    help->setObjectName(QStringLiteral("secondary"));
    help->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("field"));
    m_text->setAccessibleName(tr("Words of the comment"));
    m_text->setTabChangesFocus(true);
    m_text->setMinimumHeight(160);
    m_text->installEventFilter(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 16);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addWidget(m_text);
    layout->addWidget(help);
    layout->addStretch(1);
    connect(m_text, &QPlainTextEdit::textChanged, this, &CommentPage::apply);
    refresh();
}

QWidget *CommentPage::firstField() const { return m_text; }

const ChainComment *CommentPage::find() const
{
    const auto &comments = m_editor.chain().comments();
    const auto found = std::ranges::find(comments, m_id, &ChainComment::id);
    return found == comments.end() ? nullptr : &*found;
}

bool CommentPage::refresh()
{
    const ChainComment *comment = find();
    if (!comment)
        return false;
    const QString text = QString::fromStdString(comment->text);
    if (m_text->toPlainText() == text)
        return true;
    const QScopedValueRollback showing(m_isShowing, true);
    const int cursor = m_text->textCursor().position();
    m_text->setPlainText(text);
    QTextCursor at = m_text->textCursor();
    at.setPosition(qMin(cursor, static_cast<int>(text.size())));
    m_text->setTextCursor(at);
    return true;
}

void CommentPage::apply()
{
    const ChainComment *comment = find();
    if (m_isShowing || !comment)
        return;
    ChainComment changed = *comment;
    changed.text = m_text->toPlainText().left(static_cast<qsizetype>(Chain::maxCommentLength)).toStdString();
    [[maybe_unused]] const Status status = m_editor.setComment(std::move(changed));
    Q_ASSERT(status.ok());
}

bool CommentPage::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_text && event->type() == QEvent::FocusOut)
        m_editor.endMerging();
    return InspectorPage::eventFilter(object, event);
}

} // namespace sluice
