#pragma once

#include <span>
#include <string_view>

/// What generate_codec_tables.py took out of CPython: its codecs' tables and names.
namespace sluice::codecs {

struct Table
{
    std::string_view name; ///< the module in Python's `encodings`
    bool multibyte;        ///< of Python's multibyte family, which words its errors otherwise
    std::string_view packed;
    std::string_view decoding; ///< packed as well: where decoding is other than `packed` read backwards
};

struct Alias
{
    std::string_view alias;
    std::string_view name;
};

std::span<const Table> allTables();
std::span<const Alias> allAliases();
/// Codecs for text that Python has and Sluice has not.
std::span<const std::string_view> allUnsupported();

} // namespace sluice::codecs
