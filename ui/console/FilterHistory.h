#pragma once

#include <QString>
#include <QStringList>

namespace sluice {

/// The expressions that were typed before, and the way through them by Up and Down. A plain value.
class FilterHistory
{
public:
    static constexpr qsizetype maxEntries = 100;
    static constexpr qsizetype maxLength = 10'000;

    FilterHistory() = default;
    /// The newest first.
    explicit FilterHistory(const QStringList &entries);

    const QStringList &entries() const { return m_entries; }

    void add(const QString &text);
    /// The one before or after what is shown; `typed` comes back behind the newest.
    QString older(const QString &typed);
    QString newer(const QString &shown);
    /// The next older() is the newest.
    void leave() { m_place = -1; }
    bool isAway() const { return m_place >= 0; }

private:
    QStringList m_entries;
    QString m_typed;
    qsizetype m_place = -1;
};

} // namespace sluice
