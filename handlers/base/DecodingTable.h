#pragma once

#include "base/CodecRuns.h"
#include "base/CodecTables.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// The table of a codec for reading, unpacked for use. The same on every system, and as CPython decodes. Immutable.
class DecodingTable
{
public:
    /// The table, unpacked at its first use and kept as long as anybody holds it. Thread-safe.
    static std::shared_ptr<const DecodingTable> load(const codecs::Table &table);

    /// Whether line ends, digits and letters are the bytes that they are in ASCII; not so in EBCDIC.
    bool keepsAscii() const;

    /// Appends the text as UTF-8. A byte that begins no character becomes U+FFFD.
    void decode(std::string_view bytes, std::string &out) const;

private:
    struct Character
    {
        char32_t point;
        std::size_t bytes;
    };

    explicit DecodingTable(const codecs::Table &table);
    Character next(std::string_view bytes) const;
    char32_t longCharacter(std::uint32_t code) const;

    std::vector<char32_t> m_short; // by codes of one byte, or of two; 0xFFFFFFFF: none
    std::vector<CodecRun> m_long;  // by codes of three and four bytes
    bool m_threeBytes = false;     // EUC-JP's third set
    bool m_fourBytes = false;      // GB 18030
};

} // namespace sluice
