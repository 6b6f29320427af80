#include "filter/PairScan.h"

#include <cstring>

namespace sluice {

const char *findPair(const BytePair &pair, const char *begin, const char *end)
{
    const auto isSecond = [&](const char *at) {
        return (static_cast<unsigned char>(at[pair.distance]) | pair.secondFold) == pair.second;
    };
    if (pair.firstFold == 0) {
        while (begin < end) {
            const void *found = std::memchr(begin, pair.first, static_cast<std::size_t>(end - begin));
            if (!found)
                return end;
            begin = static_cast<const char *>(found);
            if (isSecond(begin))
                return begin;
            ++begin;
        }
        return end;
    }
    for (; begin < end; ++begin) {
        if ((static_cast<unsigned char>(*begin) | pair.firstFold) == pair.first && isSecond(begin))
            return begin;
    }
    return end;
}

} // namespace sluice
