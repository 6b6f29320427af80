#include "console/Marks.h"

namespace sluice {

QString Marks::note(std::uint64_t row) const
{
    const auto found = m_marks.find(row);
    return found == m_marks.end() ? QString() : found->second;
}

void Marks::toggle(std::uint64_t row)
{
    if (m_marks.erase(row) == 0) {
        if (m_marks.size() == maxMarks)
            return;
        m_marks.emplace(row, QString());
    }
    Q_EMIT changed();
}

void Marks::setNote(std::uint64_t row, const QString &note)
{
    if (m_marks.size() == maxMarks && !contains(row))
        return;
    QString &kept = m_marks[row];
    kept = note.left(maxNote);
    Q_EMIT changed();
}

void Marks::restore(const std::map<std::uint64_t, QString> &kept)
{
    const std::size_t before = m_marks.size();
    for (const auto &mark : kept) {
        if (m_marks.size() < maxMarks)
            m_marks.insert(mark);
    }
    if (m_marks.size() != before)
        Q_EMIT changed();
}

void Marks::removeBelow(std::uint64_t row)
{
    const auto end = m_marks.lower_bound(row);
    if (end == m_marks.begin())
        return;
    m_marks.erase(m_marks.begin(), end);
    Q_EMIT changed();
}

void Marks::clear()
{
    if (m_marks.empty())
        return;
    m_marks.clear();
    Q_EMIT changed();
}

} // namespace sluice
