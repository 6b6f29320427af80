#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "text/TimeParts.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace sluice {

/// The zone that dates mean when they do not say one, and the calendar. Copies share nothing. Keeps what it found out
/// about the last hours, so that a date costs no call of the system. For one thread.
class TextZone
{
public:
    /// The zone of the system, or of TZ.
    TextZone();
    ~TextZone();
    TextZone(const TextZone &other);
    TextZone &operator=(const TextZone &other);

    /// "" or "local", "UTC", "+02:00", or a name such as "Europe/Berlin".
    static Result<TextZone> create(std::string_view name);

    /// When that was. `parts` are valid. Without a year: the one that makes it the latest that is not later than a week
    /// after `reference`, but rather soon after it than a year before. Without a date: the last such time that is not
    /// later than an hour after `reference`. Of an hour that a change of clocks repeats, the one nearer to `reference`.
    /// None where the system has no such time.
    std::optional<Nanoseconds> timeOf(const TimeParts &parts, Nanoseconds reference);

private:
    struct Named; ///< a zone of the system's database

    std::optional<Nanoseconds> timeWithYear(const TimeParts &parts, Nanoseconds reference);
    std::optional<std::int64_t> hourStart(const TimeParts &parts, Nanoseconds reference);
    std::optional<std::int64_t> systemHour(const TimeParts &parts, std::int64_t near, bool &isRepeated) const;
    std::optional<std::int64_t> namedHour(const TimeParts &parts, std::int64_t near, bool &isRepeated) const;

    std::optional<int> m_fixedMinutes; ///< east of UTC
    std::unique_ptr<Named> m_named;

    /// Hours that were asked for: day and hour in one number, and when it began.
    struct KnownHour
    {
        std::int64_t hour = -1;
        std::int64_t start = 0;
    };
    KnownHour m_known[4];
};

} // namespace sluice
