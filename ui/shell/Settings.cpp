#include "shell/Settings.h"

#include <QByteArray>
#include <QStringList>

namespace sluice {

namespace setting {

const Setting theme{"appearance/theme", QStringLiteral("system"), "Theme",
                    "light, dark, or system: as the desktop has it"};
const Setting showSidebar{"window/sidebar", true, "Sidebar", "Show the chain and the loggers on the left"};
const Setting showDetail{"window/detail", true, "Detail", "Show the selected record on the right"};
const Setting followAtStart{"console/follow", true, "Follow",
                            "Keep the newest record in view when the window opens"};
const Setting captureBudget{"console/budget", qulonglong{1} << 30, "Memory for records",
                            "Bytes kept in memory; beyond it records are read from the disk again, or go"};
const Setting keepRecords{"console/keep", true, "Keep records",
                          "Records are there again when the program is started next"};
const Setting captureDisk{"console/disk", qulonglong{4} << 30, "Disk for records",
                          "Bytes of files; beyond it the oldest records go"};
const Setting captureDays{"console/days", 0, "Days to keep records",
                          "Files with nothing newer go; 0: however old"};
const Setting showTimeline{"window/timeline", true, "Timeline", "Show when records came above those of a view"};
const Setting editor{"editor/command", QString(), "Editor",
                     "What opens source files, with %f for the file and %l for the line; empty: the first that is found"};
const Setting recentCommands{"window/commands", QStringList(), "", "Commands chosen last in the palette"};
const Setting recentFiles{"files/recent", QStringList(), "", "Files opened last"};
const Setting lastFolder{"files/folder", QString(), "", "Folder of the file opened last"};
const Setting windowGeometry{"window/geometry", QByteArray(), "", "Place and size of the window"};
const Setting windowSplitter{"window/splitter", QByteArray(), "", "Widths of sidebar and detail"};
const Setting sidebarSplitter{"window/sidebarSplitter", QByteArray(), "", "Heights within the sidebar"};
const Setting views{"console/views", QString(), "", "Tabs and windows of the console, as JSON"};
const Setting filterHistory{"console/filterHistory", QStringList(), "", "Filters typed before, the newest first"};
const Setting savedFilters{"console/savedFilters", QString(), "", "Filters saved by name, as JSON"};
const Setting highlights{"console/highlights", QString(), "", "Rules that colour records, as JSON"};
const Setting testRecord{"chain/testRecord", QString(), "", "The test record that was sent last, as JSON"};

} // namespace setting

Settings::Settings()
    : m_store(std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope,
                                          QStringLiteral("Sluice"), QStringLiteral("Sluice")))
{
}

Settings::Settings(const QString &file) : m_store(std::make_unique<QSettings>(file, QSettings::IniFormat)) {}

const std::vector<const Setting *> &Settings::all()
{
    static const std::vector<const Setting *> settings = {
        &setting::theme,          &setting::showSidebar,     &setting::showDetail, &setting::followAtStart,
        &setting::captureBudget, &setting::keepRecords,   &setting::captureDisk,
        &setting::captureDays,  &setting::recentFiles,     &setting::lastFolder, &setting::windowGeometry,
        &setting::showTimeline,   &setting::editor,          &setting::recentCommands,
        &setting::windowSplitter, &setting::sidebarSplitter, &setting::views,
        &setting::filterHistory,  &setting::savedFilters,    &setting::highlights,
        &setting::testRecord,
    };
    return settings;
}

QVariant Settings::value(const Setting &setting) const
{
    QVariant value = m_store->value(QLatin1String(setting.key), setting.defaultValue);
    // A file that someone edited may hold anything.
    if (!value.convert(setting.defaultValue.metaType()))
        return setting.defaultValue;
    return value;
}

void Settings::setValue(const Setting &setting, const QVariant &value)
{
    m_store->setValue(QLatin1String(setting.key), value);
}

} // namespace sluice
