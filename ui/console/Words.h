#pragma once

#include "base/Clock.h"
#include "capture/Severity.h"

#include <QString>

#include <cstdint>
#include <string_view>

/// How numbers, times and texts are written everywhere in the window.
namespace sluice::words {

/// "14:03:05.123", local time.
QString timeOfDay(Nanoseconds time);
/// "2026-11-21 14:03:05.123456 +01:00", local time.
QString fullTime(Nanoseconds time);
/// "1,234,567" as the locale groups it.
QString count(std::uint64_t number);
/// "412 MB"; 1024-based, as memory is counted.
QString bytes(std::uint64_t number);
/// "1,234 records", "1 record".
QString counted(std::uint64_t number, const QString &one, const QString &many);

/// From UTF-8; at most `bytes` of it, never in the middle of a character.
QString fromUtf8(std::string_view text, std::size_t bytes = std::string_view::npos);
std::string_view firstLine(std::string_view text);
/// Lines of a text, a last line break not counted; 0 if it is empty.
std::size_t lineCount(std::string_view text);

/// "DEBUG", and its letter.
QString levelName(Severity severity);
QChar levelLetter(Severity severity);

} // namespace sluice::words
