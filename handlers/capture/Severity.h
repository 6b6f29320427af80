#pragma once

#include "record/Level.h"

#include <cstdint>

namespace sluice {

/// The five bands that the console shows levels in. A level between two of Python's belongs to the lower one.
enum class Severity : std::uint8_t { Debug, Info, Warning, Error, Critical };

inline constexpr int severityCount = 5;

constexpr Severity severityOf(int levelno)
{
    if (levelno >= level::Critical)
        return Severity::Critical;
    if (levelno >= level::Error)
        return Severity::Error;
    if (levelno >= level::Warning)
        return Severity::Warning;
    return levelno >= level::Info ? Severity::Info : Severity::Debug;
}

/// A set of bands; all at first.
class SeveritySet
{
public:
    constexpr bool contains(Severity severity) const { return m_bits & bit(severity); }
    constexpr void set(Severity severity, bool in)
    {
        in ? m_bits |= bit(severity) : m_bits &= ~bit(severity);
    }
    constexpr bool isAll() const { return m_bits == all; }
    bool operator==(const SeveritySet &) const = default;

private:
    static constexpr unsigned all = (1u << severityCount) - 1;
    static constexpr unsigned bit(Severity severity) { return 1u << static_cast<unsigned>(severity); }

    unsigned m_bits = all;
};

} // namespace sluice
