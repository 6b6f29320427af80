#include "filter/PairScanSse2.h"

#include <immintrin.h>

// 64 places at once where the processor can; it is asked.
namespace sluice {

namespace {

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
    return findPairSse2(pair, begin, end);
}

using Find = const char *(*)(const BytePair &, const char *, const char *);

Find bestFind() { return __builtin_cpu_supports("avx2") ? findAvx2 : findPairSse2; }

} // namespace

const char *findPair(const BytePair &pair, const char *begin, const char *end)
{
    static const Find find = bestFind();
    return find(pair, begin, end);
}

} // namespace sluice
