#pragma once

#include "chain/RouterStatus.h"

#include <vector>

namespace sluice {

class ConsoleView;
class Session;

/// What empty views say of the project that runs.
namespace HintControls {

/// Shows how a Python program connects, or why it cannot. `statuses`: of the session's runs, the project's first. True if
/// there are lines that connect.
bool refresh(const Session &session, const std::vector<RouterStatus> &statuses, const std::vector<ConsoleView *> &views);

} // namespace HintControls
} // namespace sluice
