#include "base/DecodingTable.h"

#include "base/Utf8.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>

namespace sluice {

namespace {

constexpr char32_t none = 0xFFFFFFFF;
constexpr char32_t replacement = 0xFFFD;
constexpr std::uint32_t fourByteForms = 0x1000000;

std::uint32_t byteAt(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

bool isDigit(std::uint32_t byte) { return byte >= 0x30 && byte <= 0x39; }
bool isLead(std::uint32_t byte) { return byte >= 0x81 && byte <= 0xFE; }

} // namespace

std::shared_ptr<const DecodingTable> DecodingTable::load(const codecs::Table &table)
{
    static std::mutex mutex;
    static std::map<std::string_view, std::weak_ptr<const DecodingTable>> loaded;
    const std::lock_guard guard(mutex);
    auto &known = loaded[table.name];
    if (auto kept = known.lock())
        return kept;
    const std::shared_ptr<const DecodingTable> made(new DecodingTable(table));
    known = made;
    return made;
}

DecodingTable::DecodingTable(const codecs::Table &table)
    : m_short(table.multibyte ? 0x10000 : 0x100, none), m_threeBytes(table.name == "euc_jp"),
      m_fourBytes(table.name == "gb18030")
{
    for (const CodecRun &run : unpackRuns(table.packed)) {
        if (run.to >= m_short.size()) {
            m_long.push_back({run.to, run.length, run.from});
            continue;
        }
        for (std::uint32_t i = 0; i < run.length && run.to + i < m_short.size(); ++i) {
            char32_t &point = m_short[run.to + i];
            if (point == none)
                point = run.from + i;
        }
    }
    std::ranges::sort(m_long, {}, &CodecRun::from);
    for (const CodecRun &run : unpackRuns(table.decoding)) {
        for (std::uint32_t i = 0; i < run.length; ++i) {
            const std::uint32_t code = run.from + i;
            const char32_t point = run.to + i;
            if (code < m_short.size())
                m_short[code] = point == replacement ? none : point;
            else
                m_long.insert(std::ranges::upper_bound(m_long, code, {}, &CodecRun::from), {code, 1, point});
        }
    }
}

bool DecodingTable::keepsAscii() const
{
    return std::ranges::all_of(std::string_view("\n 09AZaz"), [this](char c) {
        return m_short[static_cast<unsigned char>(c)] == static_cast<char32_t>(c);
    });
}

void DecodingTable::decode(std::string_view bytes, std::string &out) const
{
    for (std::size_t at = 0; at < bytes.size();) {
        const Character found = next(bytes.substr(at));
        utf8::append(out, found.point);
        at += found.bytes;
    }
}

/// Of one byte or more.
DecodingTable::Character DecodingTable::next(std::string_view bytes) const
{
    const std::uint32_t first = byteAt(bytes, 0);
    if (m_short[first] != none)
        return {m_short[first], 1};
    if (m_short.size() == 0x100 || bytes.size() < 2)
        return {replacement, 1};
    const std::uint32_t second = byteAt(bytes, 1);
    const std::uint32_t pair = first << 8 | second;
    if (m_short[pair] != none)
        return {m_short[pair], 2};
    if (m_threeBytes && first == 0x8F && bytes.size() > 2) {
        if (const char32_t point = longCharacter(pair << 8 | byteAt(bytes, 2)); point != none)
            return {point, 3};
    }
    if (m_fourBytes && bytes.size() > 3 && isLead(first) && isDigit(second)) {
        const std::uint32_t third = byteAt(bytes, 2);
        const std::uint32_t fourth = byteAt(bytes, 3);
        if (isLead(third) && isDigit(fourth)) {
            const std::uint32_t place =
                (((first - 0x81) * 10 + second - 0x30) * 126 + third - 0x81) * 10 + fourth - 0x30;
            if (const char32_t point = longCharacter(fourByteForms + place); point != none)
                return {point, 4};
        }
    }
    return {replacement, 1};
}

char32_t DecodingTable::longCharacter(std::uint32_t code) const
{
    auto run = std::ranges::upper_bound(m_long, code, {}, &CodecRun::from);
    if (run == m_long.begin())
        return none;
    --run;
    return code - run->from < run->length ? run->to + (code - run->from) : none;
}

} // namespace sluice
