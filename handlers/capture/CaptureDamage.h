#pragma once

#include <cstdint>
#include <mutex>
#include <string>

namespace sluice {

/// What a capture has lost to damage in its files, and where. Thread-safe.
class CaptureDamage
{
public:
    /// `place`: "NAME is damaged at byte N", without a full stop.
    void addPlace(std::string place);
    void addRows(std::uint64_t rows);

    std::uint64_t rows() const;
    std::uint64_t places() const;
    /// One sentence for people, with the first place; empty if there is no damage.
    std::string sentence() const;

private:
    mutable std::mutex m_mutex;
    std::uint64_t m_rows = 0;
    std::uint64_t m_places = 0;
    std::string m_first;
};

} // namespace sluice
