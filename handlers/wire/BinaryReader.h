#pragma once

#include "base/Arena.h"
#include "base/Result.h"
#include "record/Value.h"
#include "wire/UniqueKeys.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// What bounds the reading of one binary message (MessagePack, CBOR).
struct BinaryLimits
{
    /// Containers within containers, tags included.
    std::size_t maxDepth = 200;
    /// Members of all containers.
    std::size_t maxValues = 1'000'000;
};

/// What the readers of self-describing binary formats have in common: a place in the message, and the members of
/// containers under construction. Keeps its memory between messages. Not thread-safe.
class BinaryReader
{
public:
    /// The value of the whole message. Text and bytes point into `message` where they can, all else lives in
    /// `arena`. Errors name the byte, from 0.
    Result<Value> read(std::string_view message, Arena &arena);

protected:
    explicit BinaryReader(BinaryLimits limits) : m_limits(limits) {}
    ~BinaryReader() = default;

    virtual bool value(Value &out, std::size_t depth) = 0;

    // Parts of the message. They set the error if it ends first.
    bool byte(std::uint8_t &out);
    bool number(unsigned bytes, std::uint64_t &out); ///< big-endian
    bool take(std::uint64_t count, std::string_view &bytes);

    bool sequence(std::uint64_t count, std::size_t depth, Value &out);
    bool dict(std::uint64_t count, std::size_t depth, Value &out);
    bool enter(std::size_t depth);
    /// A key and its value.
    bool entry(std::size_t depth);
    bool item(std::size_t depth);
    /// Makes a container of the members since there were so many.
    Value sequenceFrom(std::size_t first);
    Value dictFrom(std::size_t first);

    Value unsignedInteger(std::uint64_t number);
    /// -1 - number
    Value negativeInteger(std::uint64_t number);
    /// Python's msgpack and cbor2 refuse text that is no UTF-8; here it is mended, since it is somebody's message.
    Value text(std::string_view bytes);
    /// "<before hexadecimal>", cut off at a length.
    Value inert(std::string before, std::string_view bytes);
    bool fail(const char *sentence);

    std::size_t left() const { return m_message.size() - m_at; }

    const BinaryLimits m_limits;
    std::string_view m_message;
    std::size_t m_at = 0;
    Arena *m_arena = nullptr;
    std::vector<Value> m_items;
    std::vector<Field> m_entries;

private:
    std::size_t m_count = 0;
    std::string m_error;
    UniqueKeys m_keys;
};

} // namespace sluice
