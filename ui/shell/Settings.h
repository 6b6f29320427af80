#pragma once

#include <QSettings>
#include <QVariant>

#include <memory>
#include <vector>

namespace sluice {

/// One thing that a person can choose, said once: its place in the file, default, and words.
struct Setting
{
    const char *key;
    QVariant defaultValue;
    const char *label; ///< as menus and forms name it; empty for what the window remembers by itself
    const char *help;  ///< one line
};

namespace setting {
extern const Setting theme;
extern const Setting showSidebar;
extern const Setting showDetail;
extern const Setting followAtStart;
extern const Setting captureBudget;
extern const Setting keepRecords;
extern const Setting captureDisk;
extern const Setting captureDays;
extern const Setting showTimeline;
extern const Setting editor;
extern const Setting recentCommands;
extern const Setting recentFiles;
extern const Setting lastFolder;
extern const Setting windowGeometry;
extern const Setting windowSplitter;
extern const Setting sidebarSplitter;
extern const Setting views;
extern const Setting filterHistory;
extern const Setting savedFilters;
extern const Setting highlights;
extern const Setting testRecord;
} // namespace setting

/// The settings file. For the UI thread.
class Settings
{
public:
    /// Where the platform keeps settings; or, for tests, in a file of one's own.
    Settings();
    explicit Settings(const QString &file);

    /// Every setting there is.
    static const std::vector<const Setting *> &all();

    QVariant value(const Setting &setting) const;
    void setValue(const Setting &setting, const QVariant &value);

private:
    std::unique_ptr<QSettings> m_store;
};

} // namespace sluice
