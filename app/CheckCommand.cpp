#include "CheckCommand.h"

#include "Arguments.h"
#include "ProblemReport.h"
#include "chain/Configuration.h"
#include "chain/ProjectSecrets.h"
#include "chain/RouteGuarantee.h"

#include <cstdio>

namespace sluice {

namespace {

constexpr char usage[] = R"(usage: sluicectl check CONFIG

Says every problem of a project, a dictConfig or a fileConfig, with its place, what of it cannot be run here because it is code
of its own, and secrets that stand in a project itself. If there is none: for each route from a receiver to its last handler,
what a crash of the program, a full disk and a dead peer would cost there, and which node is the weakest link.

Exit status: 0 no problems, 1 there are some, 2 usage.
)";

void printRoute(const RouteGuarantee &route)
{
    std::string way;
    for (const std::string &node : route.nodes)
        way += (way.empty() ? "" : " → ") + node;
    std::printf("\n%s\n  crash:      %s\n  full disk:  %s\n  dead peer:  %s\n", way.c_str(), route.crash.sentence.c_str(),
                route.fullDisk.sentence.c_str(), route.deadPeer.sentence.c_str());
    if (!route.weakest.empty())
        std::printf("  weakest:    %s (%s)\n", route.weakest.c_str(), route.weakestFailure.c_str());
}

/// Python has no other way to say a secret; a project has.
Problems problemsOf(const Configuration &configuration)
{
    if (!configuration.ok() || configuration.isPython())
        return configuration.problems;
    const std::vector<LiteralSecret> secrets = literalSecrets(configuration.chain);
    Problems problems;
    for (const LiteralSecret &secret : secrets)
        problems.push_back({configuration.chain.pathOf(secret.node) + ".params." + secret.key(),
                            "A secret stands in the file itself: say ${keychain:NAME}, ${env:NAME} or ${file:PATH}."});
    return problems;
}

} // namespace

int checkCommand(std::span<const std::string> arguments)
{
    if (arguments.size() != 1 || arguments[0].starts_with("--")) {
        const bool isHelp = arguments.size() == 1 && arguments[0] == "--help";
        std::fputs(usage, isHelp ? stdout : stderr);
        return isHelp ? exitStatus::delivered : exitStatus::usage;
    }
    const Configuration configuration = loadConfiguration(arguments[0]);
    const Problems problems = problemsOf(configuration);
    printProblems(arguments[0], problems, "", stdout);
    printProblems(arguments[0], configuration.unsupported, "unsupported: ", stdout);
    if (!problems.empty() || !configuration.unsupported.empty())
        return exitStatus::wrongConfiguration;
    std::printf("%s: %zu nodes, %zu wires, no problems\n", arguments[0].c_str(), configuration.chain.nodes().size(),
                configuration.chain.wires().size());
    const ChainGuarantee guarantee = guaranteeOf(configuration.chain);
    for (const RouteGuarantee &route : guarantee.routes)
        printRoute(route);
    if (guarantee.isCut)
        std::printf("\nThere are more routes than these %zu.\n", guarantee.routes.size());
    return exitStatus::delivered;
}

} // namespace sluice
