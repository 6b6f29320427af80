#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace sluice {

/// Numbers in a row that go to other numbers in a row: of code points to codes, or of codes to code points.
struct CodecRun
{
    std::uint32_t from;
    std::uint32_t length;
    std::uint32_t to;
};

/// Those that generate_codec_tables.py packed, by `from`.
std::vector<CodecRun> unpackRuns(std::string_view packed);

} // namespace sluice
