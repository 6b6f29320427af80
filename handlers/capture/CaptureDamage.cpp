#include "capture/CaptureDamage.h"

namespace sluice {

void CaptureDamage::addPlace(std::string place)
{
    const std::lock_guard lock(m_mutex);
    if (m_places++ == 0)
        m_first = std::move(place);
}

void CaptureDamage::addRows(std::uint64_t rows)
{
    const std::lock_guard lock(m_mutex);
    m_rows += rows;
}

std::uint64_t CaptureDamage::rows() const
{
    const std::lock_guard lock(m_mutex);
    return m_rows;
}

std::uint64_t CaptureDamage::places() const
{
    const std::lock_guard lock(m_mutex);
    return m_places;
}

std::string CaptureDamage::sentence() const
{
    const std::lock_guard lock(m_mutex);
    if (m_places == 0)
        return {};
    std::string text = m_rows == 1 ? "1 record was lost: " : std::to_string(m_rows) + " records were lost: ";
    text += m_first;
    if (m_places > 1)
        text += ", and " + std::to_string(m_places - 1) + (m_places == 2 ? " place" : " places") + " more";
    return text + ".";
}

} // namespace sluice
