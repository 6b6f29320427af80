#pragma once

#include "capture/CaptureFilter.h"

#include <QObject>
#include <QStringList>

#include <vector>

namespace sluice {

class Settings;

/// What was typed into filter fields before, and filters that were saved by name; kept in the settings, for all
/// windows alike.
class FilterMemory : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t maxSaved = 100;

    struct Saved
    {
        QString name;
        CaptureFilter filter;
    };

    /// The settings outlive it.
    FilterMemory(Settings &settings, QObject *parent);

    QStringList history() const;
    void setHistory(const QStringList &entries);

    /// By name.
    const std::vector<Saved> &saved() const { return m_saved; }
    /// One of that name is replaced. Without a name nothing is saved.
    void save(const QString &name, const CaptureFilter &filter);
    void remove(const QString &name);

private:
    void read();
    void write();

    Settings &m_settings;
    std::vector<Saved> m_saved;
};

} // namespace sluice
