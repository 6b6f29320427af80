#pragma once

#include <ctime>
#include <string>
#include <string_view>

namespace sluice {

/// Appends glibc's strftime in the C locale, all of its conversions and flags: msvcrt's knows C89's only, and ends programs
/// over others. The time zone is that of the process, for UTC times too, as CPython writes it on Windows. What is no conversion
/// stays as it is. False, and the text in part, where it is longer than `longest`.
bool appendCalendarText(std::string &out, std::string_view format, const std::tm &parts, std::size_t longest);

} // namespace sluice
