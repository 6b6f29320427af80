#pragma once

#include "text/TextField.h"
#include "text/TextFormat.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// What a format makes of a text, for a dialog that shows it while the format is being chosen or typed.
struct TextPreview
{
    struct Record
    {
        std::size_t begin = 0; ///< of its lines, in bytes of the text
        std::size_t length = 0;
        bool isRead = false; ///< whether it is of the format
        TextFields fields;   ///< places count from the beginning of the text; only those of text as it stands
        /// Name and value of all that the record has, for people: created as UTC, extras by their keys.
        std::vector<std::pair<std::string, std::string>> values;
    };
    std::vector<Record> records;
    std::size_t unread = 0; ///< records that are not of the format
};

/// Reads the first `maxRecords` records of a text.
TextPreview parsePreview(const TextFormat &format, std::string_view text, TextContext context, std::size_t maxRecords = 100);

} // namespace sluice
