#include "shell/ViewWindow.h"

#include "console/ConsoleView.h"
#include "console/FilterField.h"
#include "console/LevelToggles.h"
#include "look/Icons.h"
#include "shell/FilterControls.h"
#include "shell/TabWay.h"

#include <QAction>
#include <QCloseEvent>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>

namespace sluice {

ViewWindow::ViewWindow(ConsoleView *view, FilterMemory *memory)
    : m_view(view), m_filterField(new FilterField), m_levels(new LevelToggles)
{
    setAttribute(Qt::WA_QuitOnClose, false);
    setContextMenuPolicy(Qt::NoContextMenu);
    resize(900, 560);
    setMinimumSize(480, 280);
    auto *bar = new QToolBar(tr("Tools"));
    bar->setMovable(false);
    bar->setIconSize(QSize(20, 20));
    const auto add = [&](const QString &icon, const QString &text, const QString &toolTip) {
        QAction *action = bar->addAction(themedIcon(icon), text);
        action->setToolTip(toolTip);
        auto *button = static_cast<QToolButton *>(bar->widgetForAction(action));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(text);
        return action;
    };
    QAction *back = add(QStringLiteral("to-tabs"), tr("To tabs"), tr("Put the view back among the tabs"));
    QAction *pause = add(QStringLiteral("pause"), tr("Pause"), tr("Freeze the view; records are still received (Space)"));
    QAction *follow = add(QStringLiteral("follow"), tr("Follow"), tr("Keep the newest record in view (F)"));
    pause->setCheckable(true);
    follow->setCheckable(true);
    bar->addWidget(m_filterField);
    bar->addWidget(m_levels);
    addToolBar(bar);
    setCentralWidget(view);
    view->show();
    statusBar()->setSizeGripEnabled(false);
    (new FilterControls(m_filterField, m_levels, memory, this))->setView(view);

    const auto update = [this, pause, follow] {
        pause->setChecked(m_view->isFrozen());
        follow->setChecked(m_view->isFollowing() && !m_view->isFrozen());
    };
    update();
    connect(back, &QAction::triggered, this, &ViewWindow::backRequested);
    connect(pause, &QAction::triggered, view, &ConsoleView::setFrozen);
    connect(follow, &QAction::triggered, view, &ConsoleView::setFollowing);
    connect(view, &ConsoleView::frozenChanged, this, update);
    connect(view, &ConsoleView::followingChanged, this, update);
    connect(view, &ConsoleView::stateChanged, this, &ViewWindow::updateTitle);
    connect(view, &ConsoleView::said, this,
            [this](const QString &sentence) { statusBar()->showMessage(sentence, 4000); });
    updateTitle();
}

void ViewWindow::updateTitle() { setWindowTitle(tr("%1 — Sluice").arg(m_view->title().left(80))); }

bool ViewWindow::focusNextPrevChild(bool next) { return TabWay::go(this, next); }

void ViewWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    Q_EMIT closed();
}

} // namespace sluice
