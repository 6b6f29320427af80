#pragma once

#include "capture/PageSummary.h"
#include "capture/SourceNames.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What capture files are made of: frames, one behind the other. A frame is a header of fixed size, a summary that
/// tells about its rows, and the rows themselves, each with a checksum of its own, so that a file is opened by
/// its headers and summaries alone, and damage costs the frame that it is in. Numbers are little endian.
namespace sluice::frame {

enum class Kind : std::uint8_t {
    Begin = 1, ///< first in every file: where rows begin; nothing else
    Block = 2, ///< a page of rows
    Part = 3,  ///< rows that have come to a page since the part before
};

/// Eight bytes that no text has.
inline constexpr std::string_view magic = "\x89SLUICE\n";
inline constexpr std::size_t headerBytes = 64;
/// No frame has more, packed or unpacked; who writes keeps pages and records below.
inline constexpr std::size_t maxBytes = std::size_t{80} << 20;

struct Header
{
    Kind kind = Kind::Begin;
    bool isPacked = false;     ///< payload is a zstd frame
    bool beginsSession = false;
    std::uint32_t rowCount = 0;
    std::uint64_t firstRow = 0;
    std::uint32_t summaryBytes = 0;
    std::uint32_t storedBytes = 0; ///< of the payload as it stands in the file
    std::uint32_t textBytes = 0;   ///< of the payload's text; its rows stand behind
    std::uint32_t summaryCrc = 0;
    std::uint32_t payloadCrc = 0;
    std::uint32_t textBase = 0; ///< Part: bytes of text in the parts before
    std::uint32_t rowBase = 0;  ///< Part: rows in the parts before

    std::uint64_t frameBytes() const { return headerBytes + std::uint64_t{summaryBytes} + storedBytes; }
};

void appendHeader(const Header &header, std::string &out);
/// Nothing where no header stands, or a damaged one, or one that says what cannot be.
std::optional<Header> readHeader(std::string_view bytes);

/// A page's summary as it stands in a file: numbers of loggers and sources are the writer's, with what they mean.
struct Summary
{
    struct LoggerName
    {
        std::uint32_t number = 0;
        std::string name;
    };
    struct SourceName
    {
        std::uint32_t number = 0;
        std::string receiver;
        std::string peer;
        std::string process;
    };

    PageSummary page;
    std::vector<LoggerName> loggers;
    std::vector<SourceName> sources;
    /// Rows count from the first of the frame.
    std::vector<SourceNames::Reconnect> reconnects;
};

void appendSummary(const Summary &summary, std::string &out);
std::optional<Summary> readSummary(std::string_view bytes);

std::uint32_t checksum(std::string_view bytes);

} // namespace sluice::frame
