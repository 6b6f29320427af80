#pragma once

#include "wire/BinaryReader.h"

namespace sluice {

/// Reads CBOR, RFC 8949, as Python's cbor2.loads does: definite and indefinite lengths, floats of all sizes,
/// integers of any size up to 4300 digits. Tags: 0 and 1 (times) give the text and the number they are made of, 2
/// and 3 are integers, 258 is a set, 55799 means nothing; other tags are ignored, and their content stands for
/// itself. `undefined` is None; other simple values become Inert text.
class CborReader final : public BinaryReader
{
public:
    explicit CborReader(BinaryLimits limits = {}) : BinaryReader(limits) {}

private:
    bool value(Value &out, std::size_t depth) override;
    bool argument(std::uint8_t info, std::uint64_t &out);
    bool chars(std::uint8_t major, std::uint8_t info, Value &out);
    bool container(std::uint8_t major, std::uint8_t info, std::size_t depth, Value &out);
    bool tagged(std::uint64_t tag, std::size_t depth, Value &out);
    bool simple(std::uint8_t info, Value &out);
    bool bigInteger(std::string_view magnitude, bool negative, Value &out);
    bool takesBreak();

    std::string m_joined; ///< pieces of a text of indefinite length
};

} // namespace sluice
