#pragma once

#include "base/Result.h"
#include "receiver/Receiver.h"

#include <string>

namespace sluice {

/// Gives a sink the records of a log file, packed or not, whose format is recognised, to its end or until the sink refuses some. Fails
/// if it cannot be read, or, after what could be, if it is cut off or damaged.
Status readLogText(const std::string &path, RecordSink &sink);

} // namespace sluice
