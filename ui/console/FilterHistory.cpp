#include "console/FilterHistory.h"

namespace sluice {

FilterHistory::FilterHistory(const QStringList &entries)
{
    for (const QString &entry : entries.mid(0, maxEntries)) {
        if (!entry.trimmed().isEmpty() && entry.size() <= maxLength)
            m_entries << entry;
    }
}

void FilterHistory::add(const QString &text)
{
    leave();
    if (text.trimmed().isEmpty() || text.size() > maxLength)
        return;
    m_entries.removeAll(text);
    m_entries.prepend(text);
    if (m_entries.size() > maxEntries)
        m_entries.removeLast();
}

QString FilterHistory::older(const QString &typed)
{
    if (m_place < 0)
        m_typed = typed;
    if (m_place + 1 < m_entries.size())
        ++m_place;
    return m_place < 0 ? typed : m_entries[m_place];
}

QString FilterHistory::newer(const QString &shown)
{
    if (m_place < 0)
        return shown;
    --m_place;
    return m_place < 0 ? m_typed : m_entries[m_place];
}

} // namespace sluice
