#include "base/CodecTable.h"

#include <map>
#include <mutex>

namespace sluice {

namespace {

constexpr std::uint32_t none = 0xFFFFFFFF;
constexpr std::uint32_t fourByteForms = 0x1000000;

} // namespace

std::shared_ptr<const CodecTable> CodecTable::load(const codecs::Table &table)
{
    static std::mutex mutex;
    static std::map<std::string_view, std::weak_ptr<const CodecTable>> loaded;
    const std::lock_guard guard(mutex);
    auto &known = loaded[table.name];
    if (auto kept = known.lock())
        return kept;
    const std::shared_ptr<const CodecTable> made(new CodecTable(table));
    known = made;
    return made;
}

CodecTable::CodecTable(const codecs::Table &table)
    : m_basic(0x10000, none), m_composesHangul(table.name == "euc_kr")
{
    for (const CodecRun &run : unpackRuns(table.packed)) {
        if (run.from >= m_basic.size())
            m_beyond.push_back(run);
        for (std::uint32_t i = 0; i < run.length && run.from + i < m_basic.size(); ++i)
            m_basic[run.from + i] = run.to + i;
    }
}

bool CodecTable::encode(char32_t c, std::string &out) const
{
    const std::uint32_t point = c;
    if (point < m_basic.size()) {
        if (m_basic[point] != none) {
            appendCode(m_basic[point], out);
            return true;
        }
        if (m_composesHangul && point >= 0xAC00 && point <= 0xD7A3) {
            appendHangul(c, out);
            return true;
        }
        return false;
    }
    for (const CodecRun &run : m_beyond) {
        if (point >= run.from && point - run.from < run.length) {
            appendCode(run.to + (point - run.from), out);
            return true;
        }
    }
    return false;
}

void CodecTable::appendCode(std::uint32_t code, std::string &out)
{
    if (code >= fourByteForms) {
        const std::uint32_t place = code - fourByteForms;
        out += static_cast<char>(0x81 + place / 12600);
        out += static_cast<char>(0x30 + place / 1260 % 10);
        out += static_cast<char>(0x81 + place / 10 % 126);
        out += static_cast<char>(0x30 + place % 10);
        return;
    }
    if (code > 0xFFFF)
        out += static_cast<char>(code >> 16);
    if (code > 0xFF)
        out += static_cast<char>(code >> 8 & 0xFF);
    out += static_cast<char>(code & 0xFF);
}

/// KS X 1001:1998, Annex 3: a syllable that has no code of its own is made of a filler and its three letters.
void CodecTable::appendHangul(char32_t syllable, std::string &out)
{
    static constexpr unsigned char initial[19] = {0xa1, 0xa2, 0xa4, 0xa7, 0xa8, 0xa9, 0xb1, 0xb2, 0xb3, 0xb5,
                                                  0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe};
    static constexpr unsigned char final[28] = {0xd4, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa9, 0xaa,
                                                0xab, 0xac, 0xad, 0xae, 0xaf, 0xb0, 0xb1, 0xb2, 0xb4, 0xb5,
                                                0xb6, 0xb7, 0xb8, 0xba, 0xbb, 0xbc, 0xbd, 0xbe};
    const std::uint32_t place = static_cast<std::uint32_t>(syllable) - 0xAC00;
    const unsigned char letters[4] = {0xd4, initial[place / 588],
                                      static_cast<unsigned char>(0xbf + place / 28 % 21), final[place % 28]};
    for (const unsigned char letter : letters) {
        out += '\xa4';
        out += static_cast<char>(letter);
    }
}

} // namespace sluice
