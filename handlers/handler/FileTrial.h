#pragma once

#include "base/Result.h"

#include <string>

namespace sluice {

/// Whether a file could be written at a path (UTF-8, absolute): its folder is there and lets us write, or the file itself does, and
/// how much room there is, in a sentence. Neither makes nor opens anything. `mustBeNew`: a file that is there is a failure.
Result<std::string> tryFile(const std::string &path, bool mustBeNew);

} // namespace sluice
