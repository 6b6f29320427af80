#pragma once

#include "base/CodecRuns.h"
#include "base/CodecTables.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sluice {

/// The table of a codec, unpacked for use. Immutable.
class CodecTable
{
public:
    /// The table, unpacked at its first use and kept as long as anybody holds it. Thread-safe.
    static std::shared_ptr<const CodecTable> load(const codecs::Table &table);

    /// Appends the bytes of a character; false if the encoding has none for it.
    bool encode(char32_t c, std::string &out) const;

private:
    explicit CodecTable(const codecs::Table &table);
    static void appendCode(std::uint32_t code, std::string &out);
    static void appendHangul(char32_t syllable, std::string &out);

    std::vector<std::uint32_t> m_basic; // codes of U+0000..U+FFFF
    std::vector<CodecRun> m_beyond;
    bool m_composesHangul = false;
};

} // namespace sluice
