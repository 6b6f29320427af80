#include "wire/UniqueKeys.h"

#include <algorithm>
#include <compare>

namespace sluice {

namespace {

/// What Python compares a key by. `group` keeps kinds apart that never equal each other.
struct KeyView
{
    enum Group { None, Integer, Real, BigInteger, Text, Bytes, Incomparable };

    explicit KeyView(const Value &value)
    {
        switch (value.kind()) {
        case Value::Kind::None:
            group = None;
            break;
        case Value::Kind::Bool:
        case Value::Kind::Int:
            group = Integer;
            integer = value.asInt();
            break;
        case Value::Kind::Float: {
            const double number = value.asReal();
            constexpr double limit = 9223372036854775808.0; // 2^63
            if (number >= -limit && number < limit && number == static_cast<double>(value.asInt())) {
                group = Integer;
                integer = value.asInt();
            } else if (number == number) {
                group = Real;
                real = number;
            }
            break;
        }
        case Value::Kind::BigInt:
            group = BigInteger;
            break;
        case Value::Kind::Text:
            group = Text;
            break;
        case Value::Kind::Bytes:
            group = Bytes;
            break;
        default:
            break;
        }
        chars = value.chars();
    }

    bool comparable() const { return group != Incomparable; }

    std::weak_ordering operator<=>(const KeyView &other) const
    {
        if (group != other.group)
            return group <=> other.group;
        if (group == Integer)
            return integer <=> other.integer;
        if (group == Real)
            return real < other.real   ? std::weak_ordering::less
                   : real > other.real ? std::weak_ordering::greater
                                       : std::weak_ordering::equivalent;
        return chars <=> other.chars;
    }

    Group group = Incomparable;
    std::int64_t integer = 0;
    double real = 0;
    std::string_view chars;
};

const Value &keyOf(const Field &field) { return field.key; }
const Value &keyOf(const Value &value) { return value; }

void replace(Field &first, const Field &later) { first.value = later.value; }
void replace(Value &, const Value &) {}

} // namespace

std::size_t UniqueKeys::uniteEntries(std::span<Field> entries) { return unite(entries); }

std::size_t UniqueKeys::uniteMembers(std::span<Value> members) { return unite(members); }

template<typename T>
std::size_t UniqueKeys::unite(std::span<T> items)
{
    if (items.size() < 2)
        return items.size();
    m_order.resize(items.size());
    for (std::uint32_t i = 0; i < items.size(); ++i)
        m_order[i] = i;
    std::ranges::sort(m_order, [&](std::uint32_t a, std::uint32_t b) {
        const auto order = KeyView(keyOf(items[a])) <=> KeyView(keyOf(items[b]));
        return order != 0 ? order < 0 : a < b;
    });

    bool repeated = false;
    m_first.resize(items.size());
    for (std::size_t i = 0; i < m_order.size(); ++i) {
        const std::uint32_t at = m_order[i];
        m_first[at] = at;
        if (i == 0)
            continue;
        const std::uint32_t before = m_order[i - 1];
        const KeyView key(keyOf(items[at]));
        if (key.comparable() && (key <=> KeyView(keyOf(items[before]))) == 0) {
            m_first[at] = m_first[before];
            repeated = true;
        }
    }
    if (!repeated)
        return items.size();

    for (std::uint32_t i = 0; i < items.size(); ++i) {
        if (m_first[i] != i)
            replace(items[m_first[i]], items[i]);
    }
    std::size_t kept = 0;
    for (std::uint32_t i = 0; i < items.size(); ++i) {
        if (m_first[i] == i)
            items[kept++] = items[i];
    }
    return kept;
}

} // namespace sluice
