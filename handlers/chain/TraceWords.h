#pragma once

#include <string>

namespace sluice {
struct TestStep;
}

/// Why a record goes no further, in a few words, the same for a way that is foretold and for one that was gone.
namespace sluice::tracewords {

std::string belowLevel(int level);
/// Of a filter by a logger's name, which a handler or a logger has.
std::string passesAlone(const std::string &name);
/// Of a filter's node, by what it does.
std::string passesOnly(const std::string &words);

/// What became of a test record at a node: "held back: level ERROR is not reached".
std::string outcome(const TestStep &step);

inline const std::string loggerIsDisabled = "the logger is disabled";
inline const std::string hasNoLogger = "it has no logger";
inline const std::string hasNoHandler = "its loggers have no handler, and it is below WARNING";

} // namespace sluice::tracewords
