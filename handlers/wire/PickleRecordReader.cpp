#include "wire/PickleRecordReader.h"

#include "base/Utf8.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace sluice {

namespace {

/// The name of an attribute as two masked words, so that the expected key is compared with two loads.
struct KeyWords
{
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::uint64_t lowMask = 0;
    std::uint64_t highMask = 0;
    std::uint32_t size = 0;
};

constexpr std::size_t maxKeySize = 16;

std::uint64_t load64(const char *at)
{
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    return word;
}

std::uint32_t load32(const char *at)
{
    const auto byte = [&](int i) { return std::uint32_t{static_cast<unsigned char>(at[i])}; };
    return byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
}

double loadBigEndianReal(const char *at)
{
    const auto byte = [&](int i) { return std::uint64_t{static_cast<unsigned char>(at[i])}; };
    return std::bit_cast<double>(byte(0) << 56 | byte(1) << 48 | byte(2) << 40 | byte(3) << 32 |
                                 byte(4) << 24 | byte(5) << 16 | byte(6) << 8 | byte(7));
}

const std::array<KeyWords, attributeCount> &attributeKeys()
{
    static const auto keys = [] {
        std::array<KeyWords, attributeCount> made;
        for (std::size_t i = 0; i < attributeCount; ++i) {
            const std::string_view name = attributeName(static_cast<Attribute>(i));
            char padded[maxKeySize] = {};
            char mask[maxKeySize] = {};
            std::memcpy(padded, name.data(), name.size());
            std::memset(mask, 0xFF, name.size());
            made[i] = {load64(padded), load64(padded + 8), load64(mask), load64(mask + 8),
                       static_cast<std::uint32_t>(name.size())};
        }
        return made;
    }();
    return keys;
}

/// Whether text is UTF-8; most texts of records are short and ASCII.
inline bool isText(const char *at, std::size_t size)
{
    const char *const end = at + size;
    std::uint64_t high = 0;
    while (end - at >= 8) {
        high |= load64(at);
        at += 8;
    }
    for (; at != end; ++at)
        high |= static_cast<unsigned char>(*at);
    return (high & 0x8080808080808080ull) == 0 || utf8::isValid({end - size, size});
}

/// Reads the flat dictionaries. Every function answers false at the first byte that is not of this shape.
class FlatPickle
{
public:
    FlatPickle(std::string_view pickle, std::array<Value, 256> &memo)
        : m_at(pickle.data()), m_end(pickle.data() + pickle.size()), m_memo(memo)
    {
    }

    bool open()
    {
        // The shortest record is longer than all that is looked at here.
        if (left() < 32)
            return false;
        if (*m_at == '\x80') {
            if (m_at[1] < 3 || m_at[1] > 5)
                return false;
            m_at += 2;
            if (*m_at == '\x95') {
                if (load64(m_at + 1) != left() - 9)
                    return false;
                m_at += 9;
            }
        }
        if (*m_at++ != '}')
            return false;
        return skipMemo(Value()) && *m_at++ == '(';
    }

    bool atEnd() const { return *m_at == 'u'; }
    bool close() { return left() >= 2 && m_at[1] == '.'; }

    /// Expects this key and moves behind it, or stays where it is.
    bool takeKey(const KeyWords &key)
    {
        if (left() < 5 + (key.size > 8 ? maxKeySize : maxKeySize / 2))
            return false;
        const char *text = m_at;
        if (*text == 'X') {
            if (load32(text + 1) != key.size)
                return false;
            text += 5;
        } else if (*text == '\x8C') {
            if (static_cast<unsigned char>(text[1]) != key.size)
                return false;
            text += 2;
        } else {
            return false;
        }
        if ((load64(text) & key.lowMask) != key.low ||
            (key.size > 8 && (load64(text + 8) & key.highMask) != key.high))
            return false;
        const char *const before = m_at;
        m_at = text + key.size;
        if (skipMemo(Value::text({text, key.size})))
            return true;
        m_at = before;
        return false;
    }

    bool takeValue(Value &value)
    {
        if (left() < 2)
            return false;
        switch (static_cast<unsigned char>(*m_at++)) {
        case 'X': {
            if (left() < 4)
                return false;
            const std::uint32_t size = load32(m_at);
            m_at += 4;
            return takeText(size, value);
        }
        case 0x8C: {
            const auto size = static_cast<unsigned char>(*m_at++);
            return takeText(size, value);
        }
        case 'h': {
            const auto index = static_cast<unsigned char>(*m_at++);
            if (index >= m_memoCount || index == 0)
                return false;
            value = m_memo[index];
            m_shared += value.chars().size();
            return m_shared <= maxShared;
        }
        case 'N':
            value = Value::none();
            return true;
        case ')':
            value = Value::sequence(Value::Kind::Tuple, {});
            return true;
        case 0x88:
            value = Value::boolean(true);
            return true;
        case 0x89:
            value = Value::boolean(false);
            return true;
        case 'K':
            value = Value::integer(static_cast<unsigned char>(*m_at++));
            return true;
        case 'M':
            if (left() < 2)
                return false;
            value = Value::integer(static_cast<unsigned char>(m_at[0]) | static_cast<unsigned char>(m_at[1])
                                                                             << 8);
            m_at += 2;
            return true;
        case 'J':
            if (left() < 4)
                return false;
            value = Value::integer(static_cast<std::int32_t>(load32(m_at)));
            m_at += 4;
            return true;
        case 'G':
            if (left() < 8)
                return false;
            value = Value::real(loadBigEndianReal(m_at));
            m_at += 8;
            return true;
        case 'I':
            if (left() < 3 || m_at[0] != '0' || (m_at[1] != '0' && m_at[1] != '1') || m_at[2] != '\n')
                return false;
            value = Value::boolean(m_at[1] == '1');
            m_at += 3;
            return true;
        case 'L':
            return takeLong(value);
        case 0x8A:
            return takeLong1(value);
        default:
            return false;
        }
    }

    /// Whether an entry or the end can be here at all.
    bool hasMore() const { return left() >= 2; }

private:
    /// What may be referred to again in all before it is PickleReader's to judge.
    static constexpr std::size_t maxShared = 64 * 1024;

    std::size_t left() const { return static_cast<std::size_t>(m_end - m_at); }

    bool takeText(std::size_t size, Value &value)
    {
        if (size > left() || !isText(m_at, size))
            return false;
        value = Value::text({m_at, size});
        m_at += size;
        return skipMemo(value);
    }

    bool skipMemo(const Value &value)
    {
        if (m_memoCount >= m_memo.size() || left() < 2)
            return false;
        if (*m_at == 'q') {
            if (static_cast<unsigned char>(m_at[1]) != m_memoCount)
                return false;
            m_at += 2;
        } else if (*m_at == '\x94') {
            ++m_at;
        } else {
            return false;
        }
        m_memo[m_memoCount++] = value;
        return true;
    }

    bool takeLong(Value &value)
    {
        const bool negative = *m_at == '-';
        m_at += negative;
        std::int64_t number = 0;
        int digits = 0;
        while (m_at != m_end && *m_at >= '0' && *m_at <= '9' && digits < 18) {
            number = number * 10 + (*m_at++ - '0');
            ++digits;
        }
        if (digits == 0 || left() < 2 || m_at[0] != 'L' || m_at[1] != '\n')
            return false;
        m_at += 2;
        value = Value::integer(negative ? -number : number);
        return true;
    }

    bool takeLong1(Value &value)
    {
        const auto size = static_cast<unsigned char>(*m_at++);
        if (size == 0 || size > 8 || left() < size)
            return false;
        std::uint64_t bits = 0;
        for (unsigned i = 0; i < size; ++i)
            bits |= std::uint64_t{static_cast<unsigned char>(m_at[i])} << 8 * i;
        if (size < 8 && (m_at[size - 1] & 0x80))
            bits |= ~std::uint64_t{0} << 8 * size;
        m_at += size;
        value = Value::integer(static_cast<std::int64_t>(bits));
        return true;
    }

    const char *m_at;
    const char *const m_end;
    std::array<Value, 256> &m_memo;
    std::size_t m_memoCount = 0;
    std::size_t m_shared = 0;
};

} // namespace

Status PickleRecordReader::read(std::string_view pickle, LogRecordBatch &batch, Nanoseconds received)
{
    m_tookShortWay = readFlat(pickle, batch, received);
    if (m_tookShortWay)
        return {};
    const Result<Value> dict = m_reader.read(pickle, batch.arena());
    if (!dict)
        return dict.error();
    if (Status status = m_builder.build(*dict, batch.add(), batch.arena(), received); !status) {
        batch.removeLast();
        return status;
    }
    return {};
}

bool PickleRecordReader::readFlat(std::string_view pickle, LogRecordBatch &batch, Nanoseconds received)
{
    constexpr std::size_t maxExtra = 64;
    FlatPickle flat(pickle, m_memo);
    if (!flat.open())
        return false;

    const auto &keys = attributeKeys();
    LogRecord &record = batch.add();
    m_extra.clear();
    std::uint32_t given = 0;
    std::size_t expected = 0;
    const auto giveUp = [&] {
        batch.removeLast();
        return false;
    };
    for (;;) {
        if (!flat.hasMore())
            return giveUp();
        if (flat.atEnd())
            break;
        std::optional<Attribute> attribute;
        Value key;
        if (expected < attributeCount && flat.takeKey(keys[expected])) {
            attribute = static_cast<Attribute>(expected++);
        } else {
            if (!flat.takeValue(key) || !key.isText())
                return giveUp();
            attribute = attributeFromName(key.chars());
            if (attribute)
                expected = static_cast<std::size_t>(*attribute) + 1;
        }
        Value value;
        if (!flat.hasMore() || !flat.takeValue(value))
            return giveUp();
        if (attribute) {
            record.attributes[static_cast<std::size_t>(*attribute)] = value;
            given |= attributeBit(*attribute);
        } else {
            const auto same = std::ranges::find(m_extra, key, &Field::key);
            if (same != m_extra.end())
                same->value = value;
            else if (m_extra.size() < maxExtra)
                m_extra.push_back({key, value});
            else
                return giveUp();
        }
    }
    if (!flat.close())
        return giveUp();

    for (const Attribute typed : {Attribute::Levelno, Attribute::Created}) {
        if (given & attributeBit(typed))
            record.set(typed, record.attributes[static_cast<std::size_t>(typed)]);
    }
    if (!m_extra.empty()) {
        const std::span<Field> extra = batch.arena().allocateArray<Field>(m_extra.size());
        std::ranges::copy(m_extra, extra.begin());
        record.extra = extra;
    }
    RecordBuilder::complete(record, given, batch.arena(), received);
    return true;
}

} // namespace sluice
