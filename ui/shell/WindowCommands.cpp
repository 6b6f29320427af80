#include "shell/WindowCommands.h"

#include "console/ConsoleView.h"
#include "console/Words.h"
#include "shell/Actions.h"
#include "shell/Session.h"
#include "shell/Settings.h"
#include "shell/ViewActions.h"
#include "shell/Views.h"

#include <QAction>
#include <QFileInfo>

namespace sluice {

namespace {

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
    addFiles(commands);
    addLoggers(commands);
    return commands;
}

void WindowCommands::addActions(std::vector<Command> &commands) const
{
    std::vector<QAction *> actions = m_actions->all();
    actions.insert(actions.end(), m_viewActions->all().begin(), m_viewActions->all().end());
    for (QAction *action : actions) {
        if (action == m_actions->palette || !action->isEnabled())
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
