#pragma once

#include "record/LogRecordBatch.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// How the capture writes a record into memory: what it shares with every record from the same line, thread
/// and process (its site), and what is its own (its text). Both say themselves how long they are. What is
/// read was written here; it is no wire format.
namespace sluice::codec {

/// A Float that is a whole number, as milliseconds are: it takes a byte or two instead of eight.
inline constexpr std::uint8_t wholeFloatTag = 0x40;
/// Wires refuse deeper values; this keeps the stack safe from whoever else builds records.
inline constexpr int maxValueDepth = 201;
/// Values in a site behind the number of its source; and those that may follow message and exc_text, each with a bit
/// that says whether it does, and one more for extra.
inline constexpr std::size_t siteValues = 13;
inline constexpr std::size_t textValues = 7;

/// Appends the number of the source, name, level, place, thread and process.
void appendSite(const LogRecord &record, std::uint32_t source, std::string &out);

/// Appends `message` (msg merged with args) and everything that is not in the site; msg and args only if the
/// message does not say them already.
void appendText(const LogRecord &record, std::string_view message, std::string &out);

std::uint32_t siteSource(const char *site);
/// Writes another number in its place.
void setSiteSource(char *site, std::uint32_t source);
std::string_view siteLevelname(const char *site);
std::string_view siteName(const char *site);
std::string_view textMessage(const char *text);
/// exc_text, if it is text.
std::string_view textException(const char *text);

/// Sets the attributes that stand in the site; everything lives in `arena`.
void decodeSite(const char *site, LogRecord &record, Arena &arena);
/// Whether an attribute stands in the site.
bool isInSite(Attribute attribute);

/// Sets all other attributes, and extras, but `created`.
void decodeText(const char *text, LogRecord &record, Arena &arena);

/// Sets all attributes and extras of `record` but `created`; everything lives in `arena`.
void decode(const char *site, const char *text, LogRecord &record, Arena &arena);

} // namespace sluice::codec
