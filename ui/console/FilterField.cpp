#include "console/FilterField.h"

#include "shell/Icons.h"

#include <QAction>
#include <QKeyEvent>
#include <QStyle>

namespace sluice {

FilterField::FilterField(QWidget *parent) : QLineEdit(parent)
{
    setObjectName(QStringLiteral("filterField"));
    setAccessibleName(tr("Filter text"));
    setPlaceholderText(tr("Filter message, logger, traceback"));
    setToolTip(tr("Show only records that contain this text, in any case (Ctrl+Shift+F or /)"));
    setMinimumWidth(160);
    setMinimumHeight(28);
    addAction(themedIcon(QStringLiteral("search")), LeadingPosition);
    QAction *clear = addAction(themedIcon(QStringLiteral("close")), TrailingPosition);
    clear->setToolTip(tr("Clear the filter (Esc)"));
    clear->setVisible(false);
    connect(clear, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, this, [this, clear](const QString &text) {
        clear->setVisible(!text.isEmpty());
        setProperty("active", !text.isEmpty());
        style()->unpolish(this);
        style()->polish(this);
    });
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        if (text().isEmpty())
            Q_EMIT left();
        clear();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Down) {
        Q_EMIT left();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace sluice
