#include "wire/PickleRecordReader.h"

#include "base/Utf8.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

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

std::array<KeyWords, attributeCount> attributeKeys()
{
    std::array<KeyWords, attributeCount> keys;
    for (std::size_t i = 0; i < attributeCount; ++i) {
        const std::string_view name = attributeName(static_cast<Attribute>(i));
        char padded[maxKeySize] = {};
        char mask[maxKeySize] = {};
        std::memcpy(padded, name.data(), name.size());
        std::memset(mask, 0xFF, name.size());
        keys[i] = {load64(padded), load64(padded + 8), load64(mask), load64(mask + 8),
                   static_cast<std::uint32_t>(name.size())};
    }
    return keys;
}

/// What CPython writes for an attribute's key in protocol 1, without its memo entry: X, four bytes of length,
/// the name.
struct UsualKey
{
    std::uint64_t first = 0; ///< no key is shorter than eight bytes
    std::uint64_t second = 0;
    std::uint64_t third = 0;
    std::uint64_t secondMask = 0;
    std::uint64_t thirdMask = 0;
    std::size_t size = 0;
};

std::array<UsualKey, attributeCount> usualKeys()
{
    std::array<UsualKey, attributeCount> keys;
    for (std::size_t i = 0; i < attributeCount; ++i) {
        const std::string_view name = attributeName(static_cast<Attribute>(i));
        char bytes[24] = {'X', static_cast<char>(name.size())};
        char mask[24] = {};
        std::memcpy(bytes + 5, name.data(), name.size());
        std::memset(mask, 0xFF, 5 + name.size());
        keys[i] = {load64(bytes),    load64(bytes + 8), load64(bytes + 16),
                   load64(mask + 8), load64(mask + 16), 5 + name.size()};
    }
    return keys;
}

/// What CPython's records have there as a rule.
enum class UsualValue { Text, None, SmallInteger, Real, Other };

constexpr UsualValue usualValue(Attribute attribute)
{
    switch (attribute) {
    case Attribute::Args:
    case Attribute::ExcInfo:
    case Attribute::ExcText:
    case Attribute::StackInfo:
    case Attribute::TaskName:
        return UsualValue::None;
    case Attribute::Levelno:
    case Attribute::Lineno:
    case Attribute::Process:
        return UsualValue::SmallInteger;
    case Attribute::Created:
    case Attribute::Msecs:
    case Attribute::RelativeCreated:
        return UsualValue::Real;
    case Attribute::Thread:
        return UsualValue::Other;
    default:
        return UsualValue::Text;
    }
}

/// What is inlined for speed: the state of the reading stays in registers.
#define SLUICE_INLINE [[gnu::always_inline]] inline

/// Whether text is UTF-8; most texts of records are short and ASCII. `left`: bytes that may be looked at.
SLUICE_INLINE bool isText(const char *at, std::size_t size, std::size_t left)
{
    constexpr std::uint64_t highBits = 0x8080808080808080ull;
    std::uint64_t high = 0;
    std::size_t i = 0;
    for (; i + 8 <= size; i += 8)
        high |= load64(at + i);
    if (i < size) {
        if (left - i < 8)
            return utf8::isValid({at, size});
        // Bytes behind the end are shifted out.
        if constexpr (std::endian::native == std::endian::little)
            high |= load64(at + i) << (8 - (size - i)) * 8;
        else
            high |= load64(at + i) >> (8 - (size - i)) * 8;
    }
    return (high & highBits) == 0 || utf8::isValid({at, size});
}

/// The number that eight decimal digits stand for; false if they are none.
SLUICE_INLINE bool eightDigits(const char *at, std::uint64_t &number)
{
    if constexpr (std::endian::native != std::endian::little)
        return false;
    std::uint64_t word = load64(at);
    if ((word & 0xF0F0F0F0F0F0F0F0ull) != 0x3030303030303030ull ||
        ((word + 0x0606060606060606ull) & 0xF0F0F0F0F0F0F0F0ull) != 0x3030303030303030ull)
        return false;
    // Neighbours are joined: digits to pairs, pairs to fours, fours to eight.
    word = (word & 0x0F0F0F0F0F0F0F0Full) * 2561 >> 8;
    word = (word & 0x00FF00FF00FF00FFull) * 6553601 >> 16;
    number = (word & 0x0000FFFF0000FFFFull) * 42949672960001ull >> 32;
    return true;
}

/// Reads the flat dictionaries. Every function answers false at the first byte that is not of this shape.
class FlatPickle
{
public:
    /// Where memo entries stand in the pickle: few are ever asked for.
    using Memo = std::array<std::uint32_t, 256>;

    FlatPickle(std::string_view pickle, Memo &memo)
        : m_begin(pickle.data()), m_at(pickle.data()), m_end(pickle.data() + pickle.size()),
          m_memo(memo.data())
    {
    }

    SLUICE_INLINE bool open()
    {
        // The shortest record is longer than all that is looked at here.
        if (left() < 32 || left() > 0xFFFFFFFF)
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
        return *m_at++ == '}' && memoize(m_begin) && *m_at++ == '(';
    }

    /// Takes entries as long as they come in CPython's order and form. Returns how many there were: the
    /// attributes before that one. It stays before the first entry that is not so.
    std::size_t takeUsual(LogRecord &record)
    {
        static const auto keys = usualKeys();
        Cursor cursor{m_at, m_memoCount};
        const std::size_t count = takeUsual(record, keys, cursor, std::make_index_sequence<attributeCount>());
        m_at = cursor.at;
        m_memoCount = cursor.memoCount;
        return count;
    }

    /// Whether an entry or the end can be here at all.
    SLUICE_INLINE bool hasMore() const { return left() >= 2; }
    SLUICE_INLINE bool atEnd() const { return *m_at == 'u'; }
    SLUICE_INLINE bool close() const { return m_at[1] == '.'; }

    /// Expects this key and moves behind it, or stays where it is.
    SLUICE_INLINE bool takeKey(const KeyWords &key)
    {
        if (left() < 5 + (key.size > 8 ? maxKeySize : maxKeySize / 2))
            return false;
        const char *const opcode = m_at;
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
        const std::uint64_t high = key.size > 8 ? load64(text + 8) & key.highMask : 0;
        if ((((load64(text) & key.lowMask) ^ key.low) | (high ^ key.high)) != 0)
            return false;
        m_at = text + key.size;
        if (memoize(opcode))
            return true;
        m_at = opcode;
        return false;
    }

    /// Any key.
    bool takeKey(std::string_view &key)
    {
        if (!hasMore())
            return false;
        const char *const opcode = m_at;
        if (*m_at == 'h')
            return m_at += 2, recall(static_cast<unsigned char>(opcode[1]), key);
        if (!takeText(m_at, key) || !isText(key.data(), key.size(), key.size()))
            return false;
        m_at = key.data() + key.size();
        return memoize(opcode);
    }

    SLUICE_INLINE bool takeValue(Value &value)
    {
        if (left() < 2)
            return false;
        const char *const opcode = m_at;
        switch (static_cast<unsigned char>(*m_at++)) {
        case 'X':
        case 0x8C: {
            std::string_view text;
            if (!takeText(opcode, text))
                return false;
            m_at = text.data();
            if (!isText(text.data(), text.size(), left()))
                return false;
            m_at += text.size();
            value = Value::text(text);
            return memoize(opcode);
        }
        case 'h': {
            std::string_view text;
            if (!recall(static_cast<unsigned char>(*m_at++), text))
                return false;
            value = Value::text(text);
            return true;
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
            return takeLong(m_at, value);
        case 0x8A:
            return takeLong1(value);
        default:
            return false;
        }
    }

private:
    /// What may be referred to again in all before it is PickleReader's to judge.
    static constexpr std::size_t maxShared = 64 * 1024;
    static constexpr std::size_t memoSize = std::tuple_size_v<Memo>;

    /// The state of takeUsual(), so that it stays in registers.
    struct Cursor
    {
        const char *at;
        std::size_t memoCount;
    };

    template<std::size_t... Is>
    SLUICE_INLINE std::size_t takeUsual(LogRecord &record, const std::array<UsualKey, attributeCount> &keys,
                                        Cursor &cursor, std::index_sequence<Is...>)
    {
        std::size_t count = 0;
        (void)((takeUsualEntry<static_cast<Attribute>(Is)>(record, keys[Is], cursor) && ++count) && ...);
        return count;
    }

    template<Attribute attribute>
    SLUICE_INLINE bool takeUsualEntry(LogRecord &record, const UsualKey &key, Cursor &cursor)
    {
        // Enough for the longest key and any number behind it.
        constexpr std::size_t lookedAt = 40;
        const char *at = cursor.at;
        std::size_t memoCount = cursor.memoCount;
        if (static_cast<std::size_t>(m_end - at) < lookedAt || memoCount + 2 > memoSize)
            return false;
        if (((load64(at) ^ key.first) | ((load64(at + 8) ^ key.second) & key.secondMask) |
             ((load64(at + 16) ^ key.third) & key.thirdMask)) != 0)
            return false;
        m_memo[memoCount] = static_cast<std::uint32_t>(at - m_begin);
        at += key.size;
        if (!isPut(at, memoCount++))
            return false;
        at += 2;

        Value value;
        constexpr UsualValue usual = usualValue(attribute);
        if constexpr (usual == UsualValue::Text) {
            if (*at != 'X')
                return false;
            const std::size_t size = load32(at + 1);
            const char *const text = at + 5;
            const auto left = static_cast<std::size_t>(m_end - text);
            if (size + 2 > left || !isText(text, size, left) || !isPut(text + size, memoCount))
                return false;
            value = Value::text({text, size});
            m_memo[memoCount++] = static_cast<std::uint32_t>(at - m_begin);
            at = text + size + 2;
        } else if constexpr (usual == UsualValue::None) {
            if (*at++ != 'N')
                return false;
        } else if constexpr (usual == UsualValue::SmallInteger) {
            const auto byte = [&](int i) { return static_cast<unsigned char>(at[i]); };
            if (*at == 'K')
                value = Value::integer(byte(1));
            else if (*at == 'M')
                value = Value::integer(byte(1) | byte(2) << 8);
            else
                return false;
            at += *at == 'K' ? 2 : 3;
            if constexpr (attribute == Attribute::Levelno)
                record.levelno = static_cast<int>(value.asInt());
        } else if constexpr (usual == UsualValue::Real) {
            if (*at != 'G')
                return false;
            const double number = loadBigEndianReal(at + 1);
            value = Value::real(number);
            at += 9;
            if constexpr (attribute == Attribute::Created)
                record.created = toNanoseconds(number);
        } else {
            if (*at++ != 'L' || !takeLong(at, value))
                return false;
        }
        record.attributes[static_cast<std::size_t>(attribute)] = value;
        cursor = {at, memoCount};
        return true;
    }

    /// BINPUT of this index.
    SLUICE_INLINE static bool isPut(const char *at, std::size_t index)
    {
        return at[0] == 'q' && static_cast<unsigned char>(at[1]) == index;
    }

    SLUICE_INLINE std::size_t left() const { return static_cast<std::size_t>(m_end - m_at); }

    /// The text of the opcode at `opcode`.
    SLUICE_INLINE bool takeText(const char *opcode, std::string_view &text) const
    {
        const auto behind = static_cast<std::size_t>(m_end - opcode);
        if (*opcode == 'X') {
            if (behind < 5)
                return false;
            const std::size_t size = load32(opcode + 1);
            if (size > behind - 5)
                return false;
            text = {opcode + 5, size};
            return true;
        }
        if (*opcode != '\x8C' || behind < 2)
            return false;
        const std::size_t size = static_cast<unsigned char>(opcode[1]);
        if (size > behind - 2)
            return false;
        text = {opcode + 2, size};
        return true;
    }

    SLUICE_INLINE bool memoize(const char *opcode)
    {
        if (m_memoCount >= memoSize || left() < 2)
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
        m_memo[m_memoCount++] = static_cast<std::uint32_t>(opcode - m_begin);
        return true;
    }

    /// Entry 0 is the dictionary itself, which is no text.
    bool recall(std::size_t index, std::string_view &text)
    {
        if (index == 0 || index >= m_memoCount || !takeText(m_begin + m_memo[index], text))
            return false;
        m_shared += text.size();
        return m_shared <= maxShared;
    }

    /// The digits behind the opcode.
    SLUICE_INLINE bool takeLong(const char *&at, Value &value) const
    {
        const auto left = [&] { return static_cast<std::size_t>(m_end - at); };
        const bool negative = *at == '-';
        at += negative;
        std::uint64_t number = 0;
        int digits = 0;
        if (left() >= 8 && eightDigits(at, number)) {
            at += 8;
            digits = 8;
        }
        while (at != m_end && *at >= '0' && *at <= '9' && digits < 18) {
            number = number * 10 + static_cast<std::uint64_t>(*at++ - '0');
            ++digits;
        }
        if (digits == 0 || left() < 2 || at[0] != 'L' || at[1] != '\n')
            return false;
        at += 2;
        const auto positive = static_cast<std::int64_t>(number);
        value = Value::integer(negative ? -positive : positive);
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

    const char *const m_begin;
    const char *m_at;
    const char *const m_end;
    std::uint32_t *const m_memo;
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

    static const auto keys = attributeKeys();
    LogRecord &record = batch.add();
    m_extra.clear();
    std::size_t expected = flat.takeUsual(record);
    const std::size_t typed = expected; // levelno and created with them
    std::uint32_t given = (1u << expected) - 1;
    std::uint32_t again = 0;
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
        std::string_view key;
        if (expected < attributeCount && flat.takeKey(keys[expected])) {
            attribute = static_cast<Attribute>(expected++);
        } else {
            if (!flat.takeKey(key))
                return giveUp();
            attribute = attributeFromName(key);
            if (attribute)
                expected = static_cast<std::size_t>(*attribute) + 1;
        }
        Value value;
        if (!flat.takeValue(value))
            return giveUp();
        if (attribute) {
            record.attributes[static_cast<std::size_t>(*attribute)] = value;
            again |= given & attributeBit(*attribute);
            given |= attributeBit(*attribute);
        } else {
            const auto same =
                std::ranges::find_if(m_extra, [&](const Field &f) { return f.key.chars() == key; });
            if (same != m_extra.end())
                same->value = value;
            else if (m_extra.size() < maxExtra)
                m_extra.push_back({Value::text(key), value});
            else
                return giveUp();
        }
    }
    if (!flat.close())
        return giveUp();

    for (const Attribute attribute : {Attribute::Levelno, Attribute::Created}) {
        const auto index = static_cast<std::size_t>(attribute);
        if ((given & attributeBit(attribute)) && (index >= typed || again & attributeBit(attribute)))
            record.set(attribute, record.attributes[index]);
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
