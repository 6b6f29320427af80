#pragma once

#include <cstddef>
#include <cstdint>
#include <ctime>

// What CalendarTime needs of a system; one file for each has it.
namespace sluice {

/// False if the system has no date for that time. `seconds`: since the epoch.
bool calendarParts(std::int64_t seconds, bool utc, std::tm &parts);

/// strftime in the C locale: 0 if the result, with its NUL, does not fit, or is empty.
std::size_t formatParts(char *out, std::size_t room, const char *format, const std::tm &parts);

} // namespace sluice
