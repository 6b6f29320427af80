#include "console/NoteBar.h"

#include "console/Marks.h"
#include "look/ElidedLabel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

namespace sluice {

NoteBar::NoteBar(Marks *marks, QWidget *parent)
    : ViewBar(tr("Note"), parent), m_marks(marks), m_what(new ElidedLabel), m_field(new QLineEdit)
{
    m_what->setObjectName(QStringLiteral("secondary"));
    m_what->setAccessibleName(tr("The record that the note is on"));
    m_field->setObjectName(QStringLiteral("noteField"));
    m_field->setAccessibleName(tr("Note on the record"));
    m_field->setPlaceholderText(tr("A note on this record"));
    m_field->setMaxLength(static_cast<int>(Marks::maxNote));
    QToolButton *button = makeButton(QStringLiteral("check"), tr("Keep the note"), tr("Keep the note (Enter)"));
    connect(button, &QToolButton::clicked, this, &NoteBar::keep);
    row()->addWidget(m_field, 2);
    row()->addWidget(button);
    row()->addWidget(m_what, 1);
    addCloseButton();
}

void NoteBar::openFor(std::uint64_t row, const QString &what)
{
    m_row = row;
    m_what->setText(what);
    m_field->setText(m_marks->note(row));
    open();
}

void NoteBar::open()
{
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void NoteBar::keep()
{
    m_marks->setNote(m_row, m_field->text().trimmed());
    close();
}

void NoteBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        keep();
    else
        ViewBar::keyPressEvent(event);
}

} // namespace sluice
