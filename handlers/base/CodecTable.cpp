#include "base/CodecTable.h"

#include <QByteArray>

#include <map>
#include <mutex>

namespace sluice {

namespace {

constexpr std::uint32_t none = 0xFFFFFFFF;
constexpr std::uint32_t fourByteForms = 0x1000000;

/// The numbers of a table, one after the other.
class Numbers
{
public:
    explicit Numbers(std::string_view packed)
        : m_bytes(qUncompress(QByteArray::fromBase64(
              QByteArray::fromRawData(packed.data(), static_cast<qsizetype>(packed.size())))))
    {
    }

    bool atEnd() const { return m_at >= m_bytes.size(); }

    std::uint32_t next()
    {
        std::uint32_t number = 0;
        for (unsigned shift = 0; !atEnd() && shift < 32; shift += 7) {
            const auto byte = static_cast<unsigned char>(m_bytes[m_at++]);
            number |= std::uint32_t{byte & 0x7Fu} << shift;
            if (byte < 0x80)
                break;
        }
        return number;
    }

private:
    QByteArray m_bytes;
    qsizetype m_at = 0;
};

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
    Numbers numbers(table.packed);
    std::uint32_t point = 0;
    std::uint32_t code = 0;
    while (!numbers.atEnd()) {
        point += numbers.next();
        const std::uint32_t length = numbers.next();
        const std::uint32_t step = numbers.next();
        code += step & 1 ? 0 - (step + 1) / 2 : step / 2;
        if (point >= m_basic.size())
            m_beyond.push_back({point, length, code});
        for (std::uint32_t i = 0; i < length && point + i < m_basic.size(); ++i)
            m_basic[point + i] = code + i;
        point += length;
        code += length;
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
    for (const Run &run : m_beyond) {
        if (point >= run.first && point - run.first < run.length) {
            appendCode(run.code + (point - run.first), out);
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
