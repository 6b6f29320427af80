#include "console/FilterField.h"

#include "look/Appearance.h"
#include "look/Icons.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QStyle>
#include <QToolButton>

namespace sluice {

FilterField::FilterField(QWidget *parent)
    : QLineEdit(parent),
      m_help(new ExpressionHelp(this, ExpressionHelp::Says::Always, tr("Until then the filter of before stays. Shift+Enter looks for the text as it stands."))),
      m_savedMenu(new QMenu(this))
{
    setObjectName(QStringLiteral("filterField"));
    setAccessibleName(tr("Filter"));
    setPlaceholderText(tr("Filter: text, or level >= WARNING"));
    setToolTip(tr("Show only records with this text, or those of an expression such as "
                  "logger in app.db and status >= 500 (Ctrl+Shift+F or /). Enter keeps it as a chip; "
                  "Ctrl+Space tells what may be typed."));
    setMaxLength(static_cast<int>(FilterHistory::maxLength));
    setMinimumWidth(160);
    setMinimumHeight(28);
    m_savedMenu->setObjectName(QStringLiteral("savedFilters"));
    m_savedMenu->setAccessibleName(tr("Saved filters"));
    QAction *search = addAction(themedIcon(QStringLiteral("search")), LeadingPosition);
    search->setToolTip(tr("Drag it onto a wire of the chain, to filter there"));
    for (QToolButton *button : findChildren<QToolButton *>()) {
        if (button->defaultAction() != search)
            continue;
        m_grip = button;
        m_grip->setCursor(Qt::OpenHandCursor);
        m_grip->installEventFilter(this);
    }
    QAction *saved = addAction(themedIcon(QStringLiteral("chevron-down")), TrailingPosition);
    saved->setToolTip(tr("Saved filters and those of before (Alt+Down)"));
    connect(saved, &QAction::triggered, this,
            [this] { m_savedMenu->popup(mapToGlobal(QPoint(qMax(0, width() - 240), height() + 2))); });
    QAction *clear = addAction(themedIcon(QStringLiteral("close")), TrailingPosition);
    clear->setToolTip(tr("Clear the field (Esc)"));
    clear->setVisible(false);
    connect(clear, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, this, [this, clear](const QString &text) {
        clear->setVisible(!text.isEmpty());
        textHasChanged();
    });
}

void FilterField::textHasChanged()
{
    if (!m_fromHistory)
        m_history.leave();
    setProperty("active", !text().isEmpty() && isValid());
    setProperty("problem", !isValid());
    style()->unpolish(this);
    style()->polish(this);
}

void FilterField::commit(bool asItStands)
{
    popup()->setListOpen(false);
    if (text().trimmed().isEmpty()) {
        Q_EMIT left();
        return;
    }
    if (!isValid() && !asItStands) {
        popup()->refresh();
        return;
    }
    const QString committedText =
        asItStands ? QString::fromStdString(Expression::search(text().toStdString()).print()) : text().trimmed();
    m_history.add(committedText);
    Q_EMIT committed(committedText);
}

void FilterField::showFromHistory(const QString &text)
{
    const QScopedValueRollback fromHistory(m_fromHistory, true);
    setText(text);
}

bool FilterField::eventFilter(QObject *object, QEvent *event)
{
    if (object != m_grip)
        return QLineEdit::eventFilter(object, event);
    if (event->type() == QEvent::MouseButtonPress) {
        m_gripPressed = static_cast<QMouseEvent *>(event)->pos();
    } else if (event->type() == QEvent::MouseMove) {
        const auto *move = static_cast<QMouseEvent *>(event);
        if ((move->buttons() & Qt::LeftButton) && (move->pos() - m_gripPressed).manhattanLength() >= QApplication::startDragDistance()) {
            Q_EMIT dragged();
            return true;
        }
    }
    return QLineEdit::eventFilter(object, event);
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (text().isEmpty())
            Q_EMIT left();
        clear();
        Q_EMIT cancelled();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        commit(event->modifiers() & Qt::ShiftModifier);
        return;
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const bool up = event->key() == Qt::Key_Up;
        if (!up && event->modifiers() & Qt::AltModifier) {
            m_savedMenu->popup(mapToGlobal(QPoint(0, height() + 2)));
            return;
        }
        if (!up && !m_history.isAway()) {
            if (text().isEmpty())
                Q_EMIT left();
            else
                complete();
            return;
        }
        showFromHistory(up ? m_history.older(text()) : m_history.newer(text()));
        return;
    }
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace sluice
