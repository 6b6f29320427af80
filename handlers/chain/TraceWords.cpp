#include "chain/TraceWords.h"

#include "chain/TestRun.h"
#include "record/Level.h"

namespace sluice::tracewords {

std::string belowLevel(int level) { return "level " + levelName(level) + " is not reached"; }
std::string passesAlone(const std::string &name) { return "its filter passes " + name + " alone"; }
std::string passesOnly(const std::string &words) { return "passes only " + words; }


std::string outcome(const TestStep &step)
{
    switch (step.outcome) {
    case TestStep::Outcome::Working: return "has it in hand";
    case TestStep::Outcome::Waiting: return "waits here";
    case TestStep::Outcome::Passed: return "passed on";
    case TestStep::Outcome::Written: return "written";
    case TestStep::Outcome::Rejected: return "held back: " + step.reason;
    case TestStep::Outcome::Lost: return "lost: " + step.reason;
    }
    return {};
}

} // namespace sluice::tracewords
