#pragma once

#include "wire/BinaryReader.h"

namespace sluice {

/// Reads MessagePack as Python's msgpack.unpackb(message, strict_map_key=False) does.
/// https://github.com/msgpack/msgpack/blob/master/spec.md
///
/// A timestamp becomes the seconds since 1970, as a float; other extension types become Inert text that says
/// their number and content.
class MessagePackReader final : public BinaryReader
{
public:
    explicit MessagePackReader(BinaryLimits limits = {}) : BinaryReader(limits) {}

private:
    bool value(Value &out, std::size_t depth) override;
    bool chars(unsigned lengthBytes, bool isText, Value &out);
    bool extension(std::uint64_t size, Value &out);
};

} // namespace sluice
