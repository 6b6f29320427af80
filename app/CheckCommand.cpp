#include "CheckCommand.h"

#include "Arguments.h"
#include "chain/Configuration.h"

#include <cstdio>

namespace sluice {

int checkCommand(std::span<const std::string> arguments)
{
    if (arguments.size() != 1 || arguments[0].starts_with("--")) {
        const bool isHelp = arguments.size() == 1 && arguments[0] == "--help";
        std::fputs("usage: sluicectl check CONFIG\n\nSays every problem of a project, a dictConfig or a fileConfig, with its "
                   "place, and what of it\ncannot be run here because it is code of its own. Exit status 1 if there is any.\n",
                   isHelp ? stdout : stderr);
        return isHelp ? exitStatus::delivered : exitStatus::usage;
    }
    const Configuration configuration = loadConfiguration(arguments[0]);
    for (const Problem &problem : configuration.problems)
        std::printf("%s: %s: %s\n", arguments[0].c_str(), problem.place.c_str(), problem.text.c_str());
    for (const Problem &problem : configuration.unsupported)
        std::printf("%s: %s: unsupported: %s\n", arguments[0].c_str(), problem.place.c_str(), problem.text.c_str());
    if (!configuration.ok() || !configuration.unsupported.empty())
        return exitStatus::wrongConfiguration;
    std::printf("%s: %zu nodes, %zu wires, no problems\n", arguments[0].c_str(), configuration.chain.nodes().size(),
                configuration.chain.wires().size());
    return exitStatus::delivered;
}

} // namespace sluice
