#include "console/NoteField.h"

#include "console/Marks.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

namespace sluice {

NoteField::NoteField(QWidget *parent) : QWidget(parent), m_button(new QToolButton), m_field(new QLineEdit)
{
    m_button->setObjectName(QStringLiteral("markButton"));
    m_button->setText(tr("▸ Mark"));
    m_button->setCheckable(true);
    m_button->setFocusPolicy(Qt::TabFocus);
    m_button->setAccessibleName(tr("Mark the record"));
    m_field->setObjectName(QStringLiteral("detailNote"));
    m_field->setAccessibleName(tr("Note on the selected record"));
    m_field->setPlaceholderText(tr("A note on this record"));
    m_field->setMaxLength(static_cast<int>(Marks::maxNote));
    m_field->installEventFilter(this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_button);
    layout->addWidget(m_field, 1);
    connect(m_button, &QToolButton::clicked, this, [this] {
        if (m_marks)
            m_marks->toggle(m_row);
    });
    connect(m_field, &QLineEdit::editingFinished, this, &NoteField::keep);
}

void NoteField::showRow(Marks *marks, std::uint64_t row)
{
    // A note half written belongs to the record that it was written on.
    keep();
    if (m_marks)
        m_marks->disconnect(this);
    m_marks = marks;
    m_row = row;
    connect(marks, &Marks::changed, this, &NoteField::update);
    m_field->setModified(false);
    update();
}

void NoteField::update()
{
    const bool isMarked = m_marks && m_marks->contains(m_row);
    m_button->setChecked(isMarked);
    m_button->setText(isMarked ? tr("▸ Marked") : tr("▸ Mark"));
    m_button->setToolTip(isMarked ? tr("Take the mark and the note away (M)") : tr("Mark the record (M)"));
    if (!m_field->isModified() && m_marks && m_field->text() != m_marks->note(m_row)) {
        m_field->setText(m_marks->note(m_row));
        if (!m_field->hasFocus())
            m_field->setCursorPosition(0);
    }
}

void NoteField::keep()
{
    if (!m_marks || !m_field->isModified())
        return;
    m_field->setModified(false);
    const QString note = m_field->text().trimmed();
    if (note != m_marks->note(m_row))
        m_marks->setNote(m_row, note);
}

bool NoteField::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        m_field->setModified(false);
        update();
        return true;
    }
    return QWidget::eventFilter(object, event);
}

} // namespace sluice
