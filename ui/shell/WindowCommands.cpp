#include "shell/WindowCommands.h"

#include "console/ConsoleView.h"
#include "console/Marks.h"
#include "console/RecordTable.h"
#include "console/RecordTableModel.h"
#include "console/ViewMenus.h"
#include "console/Words.h"
#include "shell/Actions.h"
#include "shell/Document.h"
#include "shell/Session.h"
#include "shell/Settings.h"
#include "shell/ViewActions.h"
#include "shell/Views.h"

#include <QAction>
#include <QFileInfo>
#include <QMenu>
#include <QPointer>

#include <memory>

namespace sluice {

namespace {

constexpr int maxMarksListed = 1'000;

/// What stands below the menu's word "Theme" there must say so here.
QString wordsOf(const QAction *action, const Actions &actions)
{
    const QString words = action->text().remove(QLatin1Char('&'));
    const bool isTheme = action == actions.themeSystem || action == actions.themeLight || action == actions.themeDark;
    return isTheme ? Actions::tr("Theme: %1").arg(words.toLower()) : words;
}

} // namespace

std::vector<Command> WindowCommands::operator()() const
{
    std::vector<Command> commands;
    addActions(commands);
    addTimes(commands);
    addMarks(commands);
    addFiles(commands);
    addLoggers(commands);
    return commands;
}

void WindowCommands::addActions(std::vector<Command> &commands) const
{
    m_actions->askSystem();
    std::vector<QAction *> actions = m_actions->all();
    actions.insert(actions.end(), m_viewActions->all().begin(), m_viewActions->all().end());
    actions.insert(actions.end(), m_viewActions->highlightSelected.begin(), m_viewActions->highlightSelected.end());
    for (QAction *action : actions) {
        if (action == m_actions->palette || !action->isEnabled() || !action->isVisible())
            continue;
        Command command;
        command.words = wordsOf(action, *m_actions);
        command.shortcut = action->shortcut().toString(QKeySequence::NativeText);
        command.id = QStringLiteral("action ") + command.words;
        command.isChecked = action->isCheckable() && action->isChecked();
        command.act = [action] { action->trigger(); };
        commands.push_back(std::move(command));
    }
}

void WindowCommands::addTimes(std::vector<Command> &commands) const
{
    ConsoleView *view = m_views->current();
    const auto menu = std::make_shared<QMenu>();
    menus::fillTimeMenu(*menu, *view);
    const std::function<void(const QMenu &)> add = [&](const QMenu &from) {
        for (QAction *action : from.actions()) {
            if (action->menu()) {
                add(*action->menu());
                continue;
            }
            if (action->isSeparator() || !action->isEnabled())
                continue;
            Command command;
            command.words = Actions::tr("Time as: %1").arg(action->text());
            command.isChecked = action->isChecked();
            command.onlyTyped = true;
            command.act = [menu, action, view = QPointer(view)] {
                if (view)
                    action->trigger();
            };
            commands.push_back(std::move(command));
        }
    };
    add(*menu);
}

void WindowCommands::addMarks(std::vector<Command> &commands) const
{
    ConsoleView *view = m_views->current();
    const CaptureSnapshot snapshot = view->model()->snapshot();
    int listed = 0;
    for (const auto &mark : m_views->documentOf(view)->marks()->all()) {
        const std::uint64_t row = mark.first;
        const QString &note = mark.second;
        if (!snapshot.contains(row))
            continue;
        if (++listed > maxMarksListed)
            break;
        // What is not in memory is not read for a list.
        const auto record = snapshot.tryView(row);
        QStringList parts;
        if (record)
            parts << words::timeOfDay(record->created);
        if (!note.isEmpty())
            parts << note.simplified().left(200);
        parts << (record ? words::fromUtf8(words::firstLine(record->message), 200)
                         : Actions::tr("row %1").arg(words::count(row)));
        Command command;
        command.words = Actions::tr("Go to mark %1").arg(parts.join(QStringLiteral(" · ")));
        command.onlyTyped = true;
        command.act = [views = m_views, row] {
            ConsoleView *current = views->current();
            if (current->model()->isShown(row))
                current->table()->goTo(row);
            else
                Q_EMIT current->said(Actions::tr("The filter hides the record with that mark."));
        };
        commands.push_back(std::move(command));
    }
}

void WindowCommands::addFiles(std::vector<Command> &commands) const
{
    for (const QString &path : m_settings.value(setting::recentFiles).toStringList()) {
        Command command;
        command.words = Actions::tr("Open recent: %1").arg(path);
        command.id = QStringLiteral("file ") + path;
        command.act = [&session = m_session, path] { session.open({path}); };
        commands.push_back(std::move(command));
    }
}

void WindowCommands::addLoggers(std::vector<Command> &commands) const
{
    const ConsoleView *view = m_views->current();
    if (!view)
        return;
    const LoggerNames &loggers = view->capture()->loggers();
    for (std::uint32_t i = 0; i < loggers.size(); ++i) {
        const std::string name(loggers.name(i));
        if (name.empty())
            continue;
        Command command;
        command.words = Actions::tr("Go to logger %1").arg(words::fromUtf8(name, 200));
        command.onlyTyped = true;
        command.act = [views = m_views, name] {
            CaptureFilter filter = views->current()->filter();
            filter.loggers = {name};
            views->current()->setFilter(std::move(filter));
        };
        commands.push_back(std::move(command));
    }
}

} // namespace sluice
