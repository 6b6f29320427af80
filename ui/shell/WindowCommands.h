#pragma once

#include "shell/Command.h"

#include <vector>

namespace sluice {

class Actions;
class Session;
class Settings;
class ViewActions;
class Views;

/// What the command palette of a window offers: its actions that can be done now, the loggers, and the files of late. The
/// parts outlive it.
class WindowCommands
{
public:
    WindowCommands(Actions *actions, ViewActions *viewActions, Views *views, Session &session, Settings &settings)
        : m_actions(actions), m_viewActions(viewActions), m_views(views), m_session(session), m_settings(settings)
    {
    }

    std::vector<Command> operator()() const;

private:
    void addActions(std::vector<Command> &commands) const;
    /// Marks of the current view's records, with their notes.
    void addTimes(std::vector<Command> &commands) const;
    void addMarks(std::vector<Command> &commands) const;
    void addFiles(std::vector<Command> &commands) const;
    void addLoggers(std::vector<Command> &commands) const;

    Actions *m_actions;
    ViewActions *m_viewActions;
    Views *m_views;
    Session &m_session;
    Settings &m_settings;
};

} // namespace sluice
