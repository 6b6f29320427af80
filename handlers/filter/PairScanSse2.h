#pragma once

#include "filter/PairScan.h"

#include <bit>
#include <emmintrin.h>

namespace sluice {

inline const char *findPairOneByOne(const BytePair &pair, const char *begin, const char *end)
{
    for (; begin < end; ++begin) {
        if ((static_cast<unsigned char>(*begin) | pair.firstFold) == pair.first &&
            (static_cast<unsigned char>(begin[pair.distance]) | pair.secondFold) == pair.second)
            return begin;
    }
    return end;
}

/// 16 places at once, which every 64-bit processor of Intel's kind can.
inline const char *findPairSse2(const BytePair &pair, const char *begin, const char *end)
{
    const __m128i first = _mm_set1_epi8(static_cast<char>(pair.first));
    const __m128i second = _mm_set1_epi8(static_cast<char>(pair.second));
    const __m128i firstFold = _mm_set1_epi8(static_cast<char>(pair.firstFold));
    const __m128i secondFold = _mm_set1_epi8(static_cast<char>(pair.secondFold));
    for (; end - begin >= 16; begin += 16) {
        const __m128i a = _mm_loadu_si128(reinterpret_cast<const __m128i *>(begin));
        const __m128i b = _mm_loadu_si128(reinterpret_cast<const __m128i *>(begin + pair.distance));
        const __m128i both = _mm_and_si128(_mm_cmpeq_epi8(_mm_or_si128(a, firstFold), first),
                                           _mm_cmpeq_epi8(_mm_or_si128(b, secondFold), second));
        if (const auto bits = static_cast<unsigned>(_mm_movemask_epi8(both)))
            return begin + std::countr_zero(bits);
    }
    return findPairOneByOne(pair, begin, end);
}

} // namespace sluice
