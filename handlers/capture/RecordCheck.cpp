#include "capture/RecordCheck.h"

#include "capture/RecordCodec.h"
#include "record/Value.h"

namespace sluice::codec {

namespace {

/// Moves over what was written; everything false once it would leave the bytes.
class Walk
{
public:
    explicit Walk(std::string_view bytes) : m_at(bytes.data()), m_end(bytes.data() + bytes.size()) {}

    bool varint(std::uint64_t &value)
    {
        value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (m_at == m_end)
                return false;
            const auto byte = static_cast<std::uint8_t>(*m_at++);
            value |= std::uint64_t{byte & 0x7Fu} << shift;
            if (byte < 0x80)
                return true;
        }
        return true; // as it is read: ten bytes at most
    }

    bool skip(std::uint64_t bytes)
    {
        if (bytes > static_cast<std::uint64_t>(m_end - m_at))
            return false;
        m_at += bytes;
        return true;
    }

    bool chars()
    {
        std::uint64_t size;
        return varint(size) && skip(size);
    }

    bool byte(std::uint8_t &value)
    {
        if (m_at == m_end)
            return false;
        value = static_cast<std::uint8_t>(*m_at++);
        return true;
    }

    bool value(int depth = 0)
    {
        std::uint8_t tag;
        std::uint64_t number;
        if (depth > maxValueDepth || !byte(tag))
            return false;
        if (tag == wholeFloatTag)
            return varint(number);
        switch (static_cast<Value::Kind>(tag)) {
        case Value::Kind::None:
            return true;
        case Value::Kind::Bool:
            return skip(1);
        case Value::Kind::Int:
            return varint(number);
        case Value::Kind::Float:
            return skip(sizeof(double));
        case Value::Kind::BigInt:
        case Value::Kind::Text:
        case Value::Kind::Bytes:
        case Value::Kind::Inert:
            return chars();
        case Value::Kind::List:
        case Value::Kind::Tuple:
        case Value::Kind::Set:
        case Value::Kind::FrozenSet:
            return members(1, depth);
        case Value::Kind::Dict:
            return members(2, depth);
        }
        return false;
    }

    /// A dict of texts to values, which is what `extra` is.
    bool extra()
    {
        return m_at != m_end && static_cast<Value::Kind>(*m_at) == Value::Kind::Dict && value();
    }

    std::size_t walked(std::string_view from) const { return static_cast<std::size_t>(m_at - from.data()); }

private:
    bool members(std::uint64_t each, int depth)
    {
        std::uint64_t count;
        // Every member takes a byte at least: nobody is made to allocate more than there is.
        if (!varint(count) || count > static_cast<std::uint64_t>(m_end - m_at) / each)
            return false;
        for (std::uint64_t i = 0; i < count * each; ++i) {
            if (!value(depth + 1))
                return false;
        }
        return true;
    }

    const char *m_at;
    const char *const m_end;
};

} // namespace

std::size_t siteBytes(std::string_view bytes)
{
    Walk walk(bytes);
    if (!walk.skip(sizeof(std::uint32_t)))
        return 0;
    for (std::size_t i = 0; i < siteValues; ++i) {
        if (!walk.value())
            return 0;
    }
    return walk.walked(bytes);
}

std::size_t textBytes(std::string_view bytes)
{
    Walk walk(bytes);
    std::uint8_t present;
    if (!walk.chars() || !walk.chars() || !walk.byte(present))
        return 0;
    for (std::size_t i = 0; i < textValues; ++i) {
        if ((present & (1u << i)) && !walk.value())
            return 0;
    }
    if ((present & (1u << textValues)) && !walk.extra())
        return 0;
    return walk.walked(bytes);
}

} // namespace sluice::codec
