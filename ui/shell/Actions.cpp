#include "shell/Actions.h"

#include "look/Icons.h"
#include "shell/FileAssociation.h"
#include "shell/ViewActions.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>
#include <QToolButton>

namespace sluice {

Actions::Actions(QObject *parent) : QObject(parent)
{
    newProject = add(tr("&New project"), {}, {QKeySequence::New});
    newProject->setToolTip(tr("Run an empty chain, and draw it (Ctrl+N)"));
    open = add(tr("&Open…"), QStringLiteral("open"), {QKeySequence::Open});
    open->setToolTip(tr("Open a project, a Python logging configuration, a log or a saved capture (Ctrl+O)"));
    followFile = add(tr("&Follow file…"), {}, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)});
    runProgram = add(tr("R&un program…"), {}, {QKeySequence(Qt::CTRL | Qt::Key_R)});
    format = add(tr("Text for&mat…"), {}, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T)});
    saveCapture = add(tr("Save &capture as…"), QStringLiteral("save"), {QKeySequence::Save});
    saveProject = add(tr("Save pro&ject"), QStringLiteral("save"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S)});
    saveAs = add(tr("Save project &as…"), QStringLiteral("save"),
                 {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)});
    doubleClick = add(tr("Open projects &by double click"), {}, {}, true);
    doubleClick->setVisible(fileassociation::isOffered());
    quit = add(tr("&Quit"), QStringLiteral("quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)});
    listen = add(tr("&Run the chain"), {}, {QKeySequence(Qt::CTRL | Qt::Key_L)}, true);
    copyLines = add(tr("Copy the P&ython that connects"), QStringLiteral("copy"), {});
    pause = add(tr("&Pause"), QStringLiteral("pause"),
                {QKeySequence(Qt::Key_Space), QKeySequence(Qt::Key_F12)}, true);
    pause->setToolTip(tr("Freeze the view; records are still received (Space)"));
    follow = add(tr("&Follow"), QStringLiteral("follow"), {QKeySequence(Qt::Key_F)}, true);
    follow->setToolTip(tr("Keep the newest record in view (F)"));
    clear = add(tr("&Clear"), QStringLiteral("clear"), {QKeySequence(Qt::CTRL | Qt::Key_K)});
    clear->setToolTip(tr("Forget all records in memory (Ctrl+K)"));
    filter = add(tr("Fi&lter"), QStringLiteral("search"),
                 {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), QKeySequence(Qt::Key_Slash)});
    showAll = add(tr("Show &all records"), {}, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A)});
    putOnWire = add(tr("Put this filter on a &wire…"), {}, {});
    sidebar = add(tr("&Sidebar"), QStringLiteral("sidebar"), {QKeySequence(Qt::CTRL | Qt::Key_B)}, true);
    detail = add(tr("&Detail"), QStringLiteral("detail"), {QKeySequence(Qt::CTRL | Qt::Key_D)}, true);
    timeline = add(tr("&Timeline"), {}, {QKeySequence(Qt::CTRL | Qt::Key_I)}, true);
    chain = add(tr("&Chain"), QStringLiteral("chain"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B)}, true);
    chain->setToolTip(tr("Draw where records go, and see them go (Ctrl+Shift+B)"));
    rehearse = add(tr("&Rehearse the chain…"), {}, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)});
    rehearse->setToolTip(tr("See what the chain as it is drawn would do with records that are here already (Ctrl+Shift+R)"));
    palette = add(tr("Command &palette…"), {}, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)});
    themeSystem = add(tr("As the &system"), {}, {}, true);
    themeLight = add(tr("&Light"), {}, {}, true);
    themeDark = add(tr("&Dark"), {}, {}, true);
    auto *themes = new QActionGroup(this);
    for (QAction *action : {themeSystem, themeLight, themeDark})
        themes->addAction(action);
    keys = add(tr("&Keys and about"), {}, {QKeySequence(Qt::Key_F1)});
    quit->setMenuRole(QAction::QuitRole);
    keys->setMenuRole(QAction::AboutRole);
}

QAction *Actions::add(const QString &text, const QString &icon, const QList<QKeySequence> &shortcuts,
                      bool checkable)
{
    auto *action = new QAction(text, this);
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    action->setShortcuts(shortcuts);
    action->setCheckable(checkable);
    m_all.push_back(action);
    return action;
}

void Actions::fillMenuBar(QMenuBar &bar, QMenu *recentFiles, ViewActions &views)
{
    QMenu *file = bar.addMenu(tr("&File"));
    connect(file, &QMenu::aboutToShow, this, &Actions::askSystem);
    file->addActions({newProject, open});
    file->addMenu(recentFiles);
    file->addSeparator();
    file->addActions({followFile, runProgram});
    file->addSeparator();
    file->addAction(format);
    file->addSeparator();
    file->addActions({saveCapture, saveProject, saveAs, views.exportRecords});
    file->addAction(doubleClick);
    file->addSeparator();
    file->addAction(quit);

    QMenu *records = bar.addMenu(tr("&Records"));
    records->addActions({pause, follow, clear});
    records->addSeparator();
    records->addActions({filter, showAll, putOnWire});
    records->addSeparator();
    records->addActions({views.copy, views.copyJson, views.copyMarkdown});
    records->addSeparator();
    records->addActions({listen, copyLines});

    views.fillMenus(bar);
    QMenu *view = bar.addMenu(tr("&Window"));
    view->addActions({chain, rehearse});
    view->addSeparator();
    view->addActions({sidebar, detail, timeline});
    view->addSeparator();
    view->addAction(palette);
    view->addSeparator();
    QMenu *theme = view->addMenu(tr("T&heme"));
    theme->addActions({themeSystem, themeLight, themeDark});

    bar.addMenu(tr("&Help"))->addAction(keys);
}

void Actions::askSystem()
{
    if (doubleClick->isVisible())
        doubleClick->setChecked(fileassociation::isSet());
}

void Actions::fillToolBar(QToolBar &bar)
{
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("listenButton"));
    button->setText(tr("Listen \u25BE"));
    button->setAccessibleName(tr("Listen"));
    button->setToolTip(tr("Start or stop receiving, and how programs connect"));
    button->setIcon(themedIcon(QStringLiteral("listen")));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::TabFocus);
    auto *menu = new QMenu(button);
    menu->addActions({listen, copyLines});
    button->setMenu(menu);
    bar.addWidget(button);
    m_buttons.push_back(button);
    bar.addAction(open);
    bar.addSeparator();
    bar.addActions({pause, follow, clear});
    bar.addSeparator();
    for (QAction *action : {open, pause, follow, clear}) {
        auto *widget = static_cast<QToolButton *>(bar.widgetForAction(action));
        widget->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        m_buttons.push_back(widget);
        widget->setFocusPolicy(Qt::TabFocus);
        widget->setAccessibleName(action->text().remove(QLatin1Char('&')));
    }
}

void Actions::setCompact(bool compact)
{
    for (QToolButton *button : m_buttons)
        button->setToolButtonStyle(compact ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
}

} // namespace sluice
