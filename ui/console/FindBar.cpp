#include "console/FindBar.h"

#include "console/RecordFinder.h"
#include "console/Words.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace sluice {

FindBar::FindBar(RecordFinder *finder, QWidget *parent)
    : ViewBar(tr("Find"), parent), m_finder(finder), m_field(new QLineEdit), m_counts(new QLabel)
{
    m_field->setObjectName(QStringLiteral("findField"));
    m_field->setAccessibleName(tr("Find"));
    m_field->setPlaceholderText(tr("Find in message, logger, traceback"));
    m_field->setMinimumWidth(160);
    m_field->setMaximumWidth(420);
    m_counts->setObjectName(QStringLiteral("secondary"));
    m_counts->setAccessibleName(tr("How many were found"));
    QToolButton *previous =
        makeButton(QStringLiteral("chevron-up"), tr("Find previous"), tr("Previous (Shift+F3 or Shift+Enter)"));
    QToolButton *next = makeButton(QStringLiteral("chevron-down"), tr("Find next"), tr("Next (F3 or Enter)"));
    row()->addWidget(m_field, 1);
    row()->addWidget(previous);
    row()->addWidget(next);
    row()->addWidget(m_counts);
    row()->addStretch(1);
    addCloseButton();
    connect(m_field, &QLineEdit::textChanged, this, &FindBar::textChanged);
    connect(previous, &QToolButton::clicked, this, &FindBar::previousRequested);
    connect(next, &QToolButton::clicked, this, &FindBar::nextRequested);
}

void FindBar::open()
{
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    if (!m_field->text().isEmpty())
        Q_EMIT textChanged(m_field->text());
}

void FindBar::close()
{
    if (isHidden())
        return;
    Q_EMIT textChanged(QString());
    ViewBar::close();
}

void FindBar::showCounts(std::size_t current)
{
    if (m_finder->text().isEmpty()) {
        m_counts->clear();
        return;
    }
    const QString count = words::count(m_finder->count());
    QString text;
    if (m_finder->count() == 0)
        text = m_finder->isSearching() ? tr("Searching") : tr("Not found");
    else if (current > 0)
        text = tr("%1 of %2").arg(words::count(current), count);
    else
        text = tr("%1 found").arg(count);
    if (m_finder->isSearching())
        text += QStringLiteral(" …");
    m_counts->setText(text);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (event->modifiers() & Qt::ShiftModifier)
            Q_EMIT previousRequested();
        else
            Q_EMIT nextRequested();
        return;
    }
    ViewBar::keyPressEvent(event);
}

} // namespace sluice
