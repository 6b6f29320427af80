#include "filter/PairScan.h"

#include <bit>
#include <immintrin.h>

// Both bytes are compared at many places at once. SSE2 is there on every 64-bit processor; AVX2 is asked for.
namespace sluice {

namespace {

const char *findOneByOne(const BytePair &pair, const char *begin, const char *end)
{
    for (; begin < end; ++begin) {
        if ((static_cast<unsigned char>(*begin) | pair.firstFold) == pair.first &&
            (static_cast<unsigned char>(begin[pair.distance]) | pair.secondFold) == pair.second)
            return begin;
    }
    return end;
}

const char *findSse2(const BytePair &pair, const char *begin, const char *end)
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
    return findOneByOne(pair, begin, end);
}

__attribute__((target("avx2"))) const char *findAvx2(const BytePair &pair, const char *begin, const char *end)
{
    const __m256i first = _mm256_set1_epi8(static_cast<char>(pair.first));
    const __m256i second = _mm256_set1_epi8(static_cast<char>(pair.second));
    const __m256i firstFold = _mm256_set1_epi8(static_cast<char>(pair.firstFold));
    const __m256i secondFold = _mm256_set1_epi8(static_cast<char>(pair.secondFold));
    const auto standsAt = [&](const char *at) __attribute__((target("avx2"))) {
        const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(at));
        const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(at + pair.distance));
        return _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_or_si256(a, firstFold), first),
                                _mm256_cmpeq_epi8(_mm256_or_si256(b, secondFold), second));
    };
    for (; end - begin >= 64; begin += 64) {
        const __m256i low = standsAt(begin);
        const __m256i high = standsAt(begin + 32);
        if (_mm256_movemask_epi8(_mm256_or_si256(low, high)) == 0)
            continue;
        if (const auto bits = static_cast<unsigned>(_mm256_movemask_epi8(low)))
            return begin + std::countr_zero(bits);
        return begin + 32 + std::countr_zero(static_cast<unsigned>(_mm256_movemask_epi8(high)));
    }
    return findSse2(pair, begin, end);
}

using Find = const char *(*)(const BytePair &, const char *, const char *);

Find bestFind() { return __builtin_cpu_supports("avx2") ? findAvx2 : findSse2; }

} // namespace

const char *findPair(const BytePair &pair, const char *begin, const char *end)
{
    static const Find find = bestFind();
    return find(pair, begin, end);
}

} // namespace sluice
