#include "shell/PanelSwitches.h"

#include "console/ConsoleView.h"
#include "console/DetailPane.h"
#include "console/FrameClock.h"
#include "console/TimelineView.h"
#include "shell/Actions.h"
#include "shell/Settings.h"
#include "shell/Sidebar.h"
#include "shell/Views.h"

#include <QAction>

namespace sluice {

PanelSwitches::PanelSwitches(Actions *actions, Sidebar *sidebar, DetailPane *detail, Views *views, Settings &settings, QObject *parent)
    : QObject(parent), m_actions(actions), m_sidebar(sidebar), m_detail(detail), m_settings(settings)
{
    connect(actions->sidebar, &QAction::toggled, this, [this](bool on) {
        m_sidebar->setVisible(on);
        m_settings.setValue(setting::showSidebar, on);
    });
    connect(actions->detail, &QAction::toggled, this, [this](bool on) {
        m_detail->setVisible(on);
        m_settings.setValue(setting::showDetail, on);
    });
    connect(actions->timeline, &QAction::toggled, this, [this, views](bool on) {
        for (ConsoleView *view : views->all()) {
            view->timeline()->setVisible(on);
            view->clock()->request();
        }
        m_settings.setValue(setting::showTimeline, on);
    });
}

void PanelSwitches::restore()
{
    const bool sidebar = m_settings.value(setting::showSidebar).toBool();
    const bool detail = m_settings.value(setting::showDetail).toBool();
    m_actions->sidebar->setChecked(sidebar);
    m_actions->detail->setChecked(detail);
    m_sidebar->setVisible(sidebar);
    m_detail->setVisible(detail);
    m_actions->timeline->setChecked(m_settings.value(setting::showTimeline).toBool());
}

} // namespace sluice
