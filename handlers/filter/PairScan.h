#pragma once

#include <cstddef>

// The innermost loop of text search; one file for each kind of processor has it.
namespace sluice {

/// Two bytes that stand `distance` apart. A byte of the text is or-ed with the fold before it is compared: 0x20
/// makes a small letter of a capital one, 0 leaves it as it is.
struct BytePair
{
    unsigned char first = 0;
    unsigned char second = 0;
    unsigned char firstFold = 0;
    unsigned char secondFold = 0;
    std::size_t distance = 0;
};

/// The first place in [begin, end) where the pair stands, or `end`. [begin, end + distance) is readable.
const char *findPair(const BytePair &pair, const char *begin, const char *end);

} // namespace sluice
