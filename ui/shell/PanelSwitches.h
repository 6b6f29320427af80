#pragma once

#include <QObject>

namespace sluice {

class Actions;
class DetailPane;
class Settings;
class Sidebar;
class Views;

/// Sidebar, detail and timeline: their actions fold them away and bring them back, and settings keep which are seen. For the UI thread.
class PanelSwitches : public QObject
{
    Q_OBJECT

public:
    /// All of them outlive it. Views that are made later ask the action whether they have a timeline.
    PanelSwitches(Actions *actions, Sidebar *sidebar, DetailPane *detail, Views *views, Settings &settings, QObject *parent);

    /// As they were the last time.
    void restore();

private:
    Actions *const m_actions;
    Sidebar *const m_sidebar;
    DetailPane *const m_detail;
    Settings &m_settings;
};

} // namespace sluice
