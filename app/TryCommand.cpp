#include "TryCommand.h"

#include "Arguments.h"
#include "ProblemReport.h"
#include "chain/Configuration.h"
#include "chain/Router.h"
#include "chain/TestRecord.h"
#include "chain/TestRun.h"
#include "chain/TraceWords.h"
#include "record/Level.h"

#include <QProcess>

#include <array>
#include <charconv>
#include <cstdio>

namespace sluice {

namespace {

constexpr char usage[] = R"(usage: sluicectl try [OPTIONS] CONFIG NODE [KEY=VALUE…]

Runs a chain without its receivers, puts one test record in at a node, and says of each node that it comes to what became of it. Outputs
are real: files are written, servers and mailboxes get it. It has the extra field sluice_test, and those that are given.

  --level LEVEL       a name or a number; INFO
  --logger NAME       sluice.test
  --message TEXT

Exit status: 0 nothing of it was lost, 1 the configuration is wrong or there is no such node, 2 usage, 3 it was lost somewhere.
)";

int refuse(const std::string &sentence)
{
    std::fprintf(stderr, "sluicectl try: %s\n%s", sentence.c_str(), usage);
    return exitStatus::usage;
}

Result<TestRecord> recordFrom(const Arguments &arguments)
{
    TestRecord record;
    if (const std::string words = arguments.value("--level"); !words.empty()) {
        const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), record.level);
        if (error != std::errc() || end != words.data() + words.size()) {
            const std::optional<int> number = levelNumber(words);
            if (!number)
                return Error{words + " is no level."};
            record.level = *number;
        }
    }
    record.logger = arguments.value("--logger", record.logger);
    record.message = arguments.value("--message", record.message);
    std::string lines;
    for (std::size_t i = 2; i < arguments.rest.size(); ++i)
        lines += arguments.rest[i] + '\n';
    auto extra = TestRecord::parseExtra(lines);
    if (!extra)
        return extra.error();
    record.extra = std::move(*extra);
    return record;
}

/// Whether nothing was lost.
bool print(const TestRun::State &state)
{
    bool isWhole = true;
    for (const TestStep &step : state.steps) {
        std::printf("%*s%s: %s\n", step.depth * 2, "", step.node.c_str(), tracewords::outcome(step).c_str());
        isWhole = isWhole && step.outcome != TestStep::Outcome::Lost;
    }
    return isWhole;
}

} // namespace

int tryCommand(std::span<const std::string> words)
{
    static constexpr std::array<std::string_view, 2> flags = {"--help", "-h"};
    static constexpr std::array<std::string_view, 3> valued = {"--level", "--logger", "--message"};
    const Result<Arguments> arguments = Arguments::parse(words, flags, valued);
    if (!arguments)
        return refuse(arguments.error().text);
    if (arguments->has("--help") || arguments->has("-h")) {
        std::fputs(usage, stdout);
        return exitStatus::delivered;
    }
    if (arguments->rest.size() < 2)
        return refuse("A configuration and a node are needed.");
    const Result<TestRecord> record = recordFrom(*arguments);
    if (!record)
        return refuse(record.error().text);
    Result<std::shared_ptr<LogRecordBatch>> batch = record->make(wallClock());
    if (!batch)
        return refuse(batch.error().text);

    const std::string &path = arguments->rest[0];
    const Configuration configuration = loadConfiguration(path);
    printProblems(path, configuration.problems);
    if (!configuration.ok())
        return exitStatus::wrongConfiguration;
    RouterOptions options;
    options.baseDirectory = configuration.baseDirectory;
    // In place of receivers, which may be listening in another process at this moment.
    options.input = QProcess::nullDevice().toStdString();
    Router router(configuration.chain, options);
    router.start();
    const auto run = router.sendTest(arguments->rest[1], std::move(*batch));
    if (!run) {
        std::fprintf(stderr, "sluicectl try: %s\n", run.error().text.c_str());
        return exitStatus::wrongConfiguration;
    }
    // What buffers keep is flushed, what waits in queues gets out.
    router.stop();
    return print((*run)->state()) ? exitStatus::delivered : exitStatus::recordsLost;
}

} // namespace sluice
