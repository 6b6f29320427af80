#include "shell/ViewTabBar.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>

#include <utility>

namespace sluice {

namespace {

/// Further from the bar than this, a tab is dragged out of it.
constexpr int pullOut = 48;

} // namespace

ViewTabBar::ViewTabBar(QWidget *parent) : QTabBar(parent), m_field(new QLineEdit(this))
{
    setObjectName(QStringLiteral("viewTabs"));
    setAccessibleName(tr("Views"));
    setMovable(true);
    setExpanding(false);
    setDrawBase(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideRight);
    setFocusPolicy(Qt::TabFocus);
    m_field->setObjectName(QStringLiteral("tabName"));
    m_field->setAccessibleName(tr("Name of the view"));
    m_field->setMaxLength(80);
    m_field->installEventFilter(this);
    m_field->hide();
}

void ViewTabBar::editName(int index)
{
    m_edited = index;
    m_field->setText(tabText(index));
    m_field->setGeometry(tabRect(index).adjusted(4, 3, -4, -3));
    m_field->show();
    m_field->selectAll();
    m_field->setFocus();
}

void ViewTabBar::endEditing(bool keep)
{
    const int index = std::exchange(m_edited, -1);
    m_field->hide();
    if (keep && index >= 0 && index < count())
        Q_EMIT renamed(index, m_field->text().simplified());
}

bool ViewTabBar::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_field && m_edited >= 0) {
        if (event->type() == QEvent::FocusOut) {
            endEditing(true);
        } else if (event->type() == QEvent::KeyPress) {
            const int key = static_cast<QKeyEvent *>(event)->key();
            if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Escape) {
                endEditing(key != Qt::Key_Escape);
                return true;
            }
        }
    }
    return QTabBar::eventFilter(object, event);
}

void ViewTabBar::mousePressEvent(QMouseEvent *event)
{
    m_outside = false;
    QTabBar::mousePressEvent(event);
}

void ViewTabBar::mouseMoveEvent(QMouseEvent *event)
{
    const int y = event->position().toPoint().y();
    m_outside = (event->buttons() & Qt::LeftButton) && (y < -pullOut || y > height() + pullOut);
    setCursor(m_outside ? Qt::DragMoveCursor : Qt::ArrowCursor);
    QTabBar::mouseMoveEvent(event);
}

void ViewTabBar::mouseReleaseEvent(QMouseEvent *event)
{
    const bool outside = std::exchange(m_outside, false);
    unsetCursor();
    QTabBar::mouseReleaseEvent(event);
    if (event->button() == Qt::MiddleButton) {
        if (const int index = tabAt(event->position().toPoint()); index >= 0)
            Q_EMIT tabCloseRequested(index);
    } else if (outside && event->button() == Qt::LeftButton) {
        Q_EMIT draggedOut(currentIndex(), event->globalPosition().toPoint());
    }
}

void ViewTabBar::mouseDoubleClickEvent(QMouseEvent *event)
{
    const int index = tabAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index >= 0)
        editName(index);
}

} // namespace sluice
