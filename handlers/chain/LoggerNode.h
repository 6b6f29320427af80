#pragma once

#include "node/Node.h"

#include <string>
#include <vector>

namespace sluice {

/// A logger with Python's rules. All Logger nodes of a chain are one tree, as in a Python process: a
/// record that comes to any of them is looked up in the tree by its logger's name.
struct LoggerConfig
{
    std::string name;
    LevelValue level;
    bool propagate = true;
    bool disabled = false;
    std::vector<std::string> filters;
};

} // namespace sluice
