#include "RunCommand.h"

#include "Arguments.h"
#include "LedgerFile.h"
#include "ProblemReport.h"
#include "Terminal.h"
#include "TerminalConsole.h"
#include "chain/Configuration.h"
#include "chain/Router.h"

#include <QDir>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>

namespace sluice {

namespace {

constexpr char usage[] = R"(usage: sluicectl run [CONFIG] [--input FILE|-] [--clock wall|records] [--ledger FILE|-]

Runs a project (.sluice), a Python dictConfig (JSON) or fileConfig (INI) until it is interrupted or its input ends.
What a Python configuration has that is code of its own is said and left alone: what reaches it is dropped, and counted.
Without CONFIG: the default project, which listens on 127.0.0.1 for Python's SocketHandler (9020), DatagramHandler (9021) and
HTTPHandler (9022), for syslog (5140) and for cutelog's clients (19996).

  --input FILE|-   LogRecord dictionaries, one JSON object a line, instead of the project's receivers
  --clock records  handlers' clock is each record's own time (a replay); default: wall
  --ledger FILE    the account of all records, as JSON, when it ends

Exit status: 0 all delivered, 1 wrong configuration, 2 usage, 3 records were dropped or failed.
)";

bool hasReceiver(const Chain &chain)
{
    return std::ranges::any_of(chain.nodes(), [](const ChainNode &node) { return node.type->kind() == NodeKind::Receiver; });
}

bool isAnyFailed(const RouterStatus &status)
{
    for (const NodeStatus &node : status.nodes) {
        if (node.state == NodeStatus::State::Failed)
            return true;
    }
    return false;
}

void report(const RouterStatus &status)
{
    for (const SourceStatus &source : status.sources) {
        for (const DropStatus &drop : source.drops)
            std::fprintf(stderr, "sluicectl: %s dropped %llu records from %s: %s\n", drop.node.c_str(),
                         static_cast<unsigned long long>(drop.count), source.peer.c_str(), drop.reason.c_str());
        if (source.rejected > 0)
            std::fprintf(stderr, "sluicectl: %s: %llu arrivals from %s were no records; the last: %s\n",
                         source.receiver.c_str(), static_cast<unsigned long long>(source.rejected), source.peer.c_str(),
                         source.lastRejection.c_str());
    }
}

} // namespace

int runCommand(std::span<const std::string> words)
{
    static constexpr std::array<std::string_view, 2> flags = {"--help", "-h"};
    static constexpr std::array<std::string_view, 3> valued = {"--input", "--clock", "--ledger"};
    const Result<Arguments> arguments = Arguments::parse(words, flags, valued);
    if (!arguments || arguments->rest.size() > 1) {
        std::fprintf(stderr, "sluicectl run: %s\n%s",
                     arguments ? "One configuration can be run." : arguments.error().text.c_str(), usage);
        return exitStatus::usage;
    }
    if (arguments->has("--help") || arguments->has("-h")) {
        std::fputs(usage, stdout);
        return exitStatus::delivered;
    }
    const std::string clock = arguments->value("--clock", "wall");
    if (clock != "wall" && clock != "records") {
        std::fprintf(stderr, "sluicectl run: --clock is wall or records, not %s\n", clock.c_str());
        return exitStatus::usage;
    }

    Configuration configuration;
    if (arguments->rest.empty()) {
        configuration.chain = defaultChain();
        configuration.baseDirectory = QDir::currentPath().toStdString();
    } else {
        configuration = loadConfiguration(arguments->rest.front());
    }
    printProblems(arguments->rest.front(), configuration.problems);
    if (!configuration.ok())
        return exitStatus::wrongConfiguration;
    printProblems(arguments->rest.front(), configuration.unsupported);

    RouterOptions options;
    options.baseDirectory = configuration.baseDirectory;
    options.recordClock = clock == "records";
    options.console = std::make_shared<TerminalConsole>();
    if (const std::string input = arguments->value("--input"); input == "-")
        options.input = input;
    else if (!input.empty())
        options.input = QDir::cleanPath(QDir::current().absoluteFilePath(QString::fromStdString(input))).toStdString();
    else if (configuration.isPython())
        addDefaultReceiver(configuration.chain);
    else if (!hasReceiver(configuration.chain)) {
        std::fprintf(stderr, "%s: There is no receiver in this project, and no --input, so nothing can come in.\n",
                     arguments->rest.front().c_str());
        return exitStatus::wrongConfiguration;
    }

    static std::atomic<bool> isInterrupted{false};
    onInterrupt([] { isInterrupted = true; });
    Router router(std::move(configuration.chain), std::move(options));
    router.start();

    const RouterStatus started = router.status();
    for (const NodeStatus &node : started.nodes) {
        const ChainNode *described = router.chain().node(node.id);
        if (described && described->type->isUnsupported())
            continue; // said already, with its place
        if (node.state == NodeStatus::State::Failed)
            std::fprintf(stderr, "sluicectl: %s: %s\n", node.id.c_str(), node.reason.c_str());
        else if (!node.endpoint.empty() && isTerminal(stderr))
            std::fprintf(stderr, "sluicectl: %s: %s\n", node.id.c_str(), node.endpoint.c_str());
    }
    constexpr int interruptionPollMs = 50;
    while (!isInterrupted && !router.waitUntilFinished(interruptionPollMs)) {
    }
    router.stop();

    const RouterStatus status = router.status();
    report(status);
    if (const std::string path = arguments->value("--ledger"); !path.empty()) {
        if (const Status written = writeLedger(status, path); !written) {
            std::fprintf(stderr, "sluicectl: %s\n", written.error().text.c_str());
            return exitStatus::recordsLost;
        }
    }
    const SourceStatus total = status.total();
    const bool isLost = total.dropped > 0 || total.pending > 0 || total.rejected > 0 || isAnyFailed(status);
    return isLost ? exitStatus::recordsLost : exitStatus::delivered;
}

} // namespace sluice
