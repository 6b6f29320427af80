#include "base/PathWatch.h"

namespace sluice {

struct PathWatch::System
{
};

PathWatch::PathWatch() = default;
PathWatch::~PathWatch() = default;

// Windows has no files that are replaced while they are open. On macOS, kqueue sees a file and its folder but not what is mounted.
bool PathWatch::begin(const std::string &) { return false; }
void PathWatch::end() {}
bool PathWatch::isQuiet() const { return false; }

} // namespace sluice
