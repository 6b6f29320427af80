#include "base/CodecNames.h"

#include "base/CodecTables.h"

#include <algorithm>
#include <cctype>

namespace sluice::codecs {

namespace {

/// Python's lookup of an encoding's name: letters and digits count, and what is between them is one "_".
std::string normalized(std::string_view name)
{
    std::string out;
    bool between = false;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool counts = byte >= 0x80 || std::isalnum(byte) || c == '.';
        if (counts && between && !out.empty())
            out += '_';
        between = !counts;
        if (counts && byte < 0x80)
            out += static_cast<char>(std::tolower(byte));
    }
    return out;
}

} // namespace

std::string moduleFor(std::string_view encoding)
{
    const std::string name = normalized(encoding);
    std::string undotted = name;
    std::ranges::replace(undotted, '.', '_');
    for (const std::string &key : {name, undotted}) {
        const auto found = std::ranges::find(allAliases(), key, &Alias::alias);
        if (found != allAliases().end())
            return std::string(found->name);
    }
    return name;
}

const Table *tableOf(std::string_view module)
{
    const auto tables = allTables();
    const auto table = std::ranges::find(tables, module, &Table::name);
    return table == tables.end() ? nullptr : &*table;
}

} // namespace sluice::codecs
