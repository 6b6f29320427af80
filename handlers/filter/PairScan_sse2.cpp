#include "filter/PairScanSse2.h"

// For Windows: its calling convention keeps no stack on which AVX's registers could be put aside
// (https://gcc.gnu.org/bugzilla/show_bug.cgi?id=54412).
namespace sluice {

const char *findPair(const BytePair &pair, const char *begin, const char *end) { return findPairSse2(pair, begin, end); }

} // namespace sluice
