#include "RehearseCommand.h"

#include "Arguments.h"
#include "ProblemReport.h"
#include "RehearsalFeed.h"
#include "base/Utf8.h"
#include "capture/CaptureFile.h"
#include "chain/Configuration.h"

#include <QFileInfo>

#include <array>
#include <cstdio>

namespace sluice {

namespace {

constexpr char usage[] = R"(usage: sluicectl rehearse CONFIG --records FILE [--against CONFIG] [--where EXPRESSION] [--samples]

Takes records through a chain without touching the world: no receiver is opened, nothing is written, sent or shown. Filters, loggers,
formatters, buffers and queues are the real ones, and time is the records' own. Says for each node what it would have done.

  --records FILE      a saved capture, or a log of any format that is recognised
  --against CONFIG    another chain, usually the one that runs: the same records go through it, and what differs is marked with *
  --where EXPRESSION  only records that the filter expression describes
  --samples           show the first lines, frames or mails that would have gone out, and when files would have been begun

Exit status: 0 it was done, 1 a configuration is wrong or the records cannot be read, 2 usage, 3 a node would have dropped records.
)";

/// Whether it can be rehearsed; says why not.
bool load(const std::string &path, Configuration &configuration)
{
    configuration = loadConfiguration(path);
    printProblems(path, configuration.problems);
    return configuration.ok();
}

/// A sample may be a pickle: what is no text is shown as Python would.
std::string printable(const RehearsedOutput::Sample &sample)
{
    std::string out;
    const bool isText = utf8::isValid(sample.bytes);
    for (const char c : sample.bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n' || c == '\t' || (byte >= 0x20 && byte < 0x7F) || (isText && byte >= 0x80)) {
            out += c;
        } else if (c != '\r') {
            char text[8];
            std::snprintf(text, sizeof text, "\\x%02x", byte);
            out += text;
        }
    }
    while (!out.empty() && out.back() == '\n')
        out.pop_back();
    return out + (sample.isCut ? " …" : "");
}

void printOutput(const RehearsedOutput &output)
{
    constexpr std::size_t shown = 3;
    for (std::size_t i = 0; i < output.firstSamples().size() && i < shown; ++i) {
        const RehearsedOutput::Sample &sample = output.firstSamples()[i];
        const std::string title = sample.title.empty() ? std::string() : "[" + sample.title + "] ";
        std::string text = printable(sample);
        for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
            text.insert(at + 1, "      ");
        std::printf("    | %s%s\n", title.c_str(), text.c_str());
    }
    for (const RehearsedOutput::Event &event : output.events())
        std::printf("    + %s\n", event.words.c_str());
    if (output.eventCount() > output.events().size())
        std::printf("    + and %llu more\n", static_cast<unsigned long long>(output.eventCount() - output.events().size()));
}

void printNode(const char *mark, const std::string &id, const RehearsedNode &node, bool withSamples)
{
    std::printf("%s %s: %s\n", mark, id.c_str(), NodeComparison::inWords(node).c_str());
    if (!node.status.reason.empty())
        std::printf("    ! %s\n", node.status.reason.c_str());
    if (node.output && !node.output->caveat().empty())
        std::printf("    ! %s\n", node.output->caveat().c_str());
    if (withSamples && node.output)
        printOutput(*node.output);
}

void print(const CaptureRehearsalReport &report, bool withSamples)
{
    std::printf("%s\n", recordsInWords(report.records).c_str());
    if (!report.running) {
        for (const RehearsedNode &node : report.edited.nodes)
            printNode(" ", node.status.id, node, withSamples);
        return;
    }
    for (const NodeComparison &node : report.nodes) {
        if (!node.differs()) {
            printNode(" ", node.id, *node.edited, withSamples);
        } else {
            std::printf("* %s\n", node.id.c_str());
            if (node.running)
                printNode("  -", "against", *node.running, withSamples);
            else
                std::puts("  - against: no such node");
            if (node.edited)
                printNode("  +", "config", *node.edited, withSamples);
            else
                std::puts("  + config: no such node");
        }
    }
}

} // namespace

int rehearseCommand(std::span<const std::string> words)
{
    static constexpr std::array<std::string_view, 3> flags = {"--help", "-h", "--samples"};
    static constexpr std::array<std::string_view, 3> valued = {"--records", "--against", "--where"};
    const Result<Arguments> arguments = Arguments::parse(words, flags, valued);
    if (arguments && (arguments->has("--help") || arguments->has("-h"))) {
        std::fputs(usage, stdout);
        return exitStatus::delivered;
    }
    if (!arguments || arguments->rest.size() != 1 || !arguments->has("--records")) {
        std::fprintf(stderr, "sluicectl rehearse: %s\n%s", arguments ? "A configuration and --records are needed." : arguments.error().text.c_str(), usage);
        return exitStatus::usage;
    }
    CaptureRehearsalRequest request;
    request.filter.text = arguments->value("--where");
    if (const auto expression = Expression::parse(request.filter.text); !request.filter.text.empty() && !expression) {
        std::fprintf(stderr, "sluicectl rehearse: --where: %s\n", expression.error().text.c_str());
        return exitStatus::usage;
    }
    Configuration configuration;
    Configuration against;
    if (!load(arguments->rest[0], configuration) || (arguments->has("--against") && !load(arguments->value("--against"), against)))
        return exitStatus::wrongConfiguration;
    request.edited = configuration.chain;
    if (arguments->has("--against"))
        request.running = against.chain;
    request.baseDirectory = QFileInfo(QString::fromStdString(arguments->rest[0])).absolutePath().toStdString();

    const std::string path = arguments->value("--records");
    CaptureRehearsalReport report;
    if (CaptureFile::isCapture(path)) {
        const auto capture = CaptureFile::open(path);
        if (!capture) {
            std::fprintf(stderr, "sluicectl rehearse: %s\n", capture.error().text.c_str());
            return exitStatus::wrongConfiguration;
        }
        request.store = *capture;
        request.snapshot = request.store->snapshot();
        report = std::move(*rehearseCapture(request)); // nobody ends it
    } else {
        RehearsalFeed feed(request);
        if (const Status status = feed.readFile(path); !status) {
            std::fprintf(stderr, "sluicectl rehearse: %s\n", status.error().text.c_str());
            return exitStatus::wrongConfiguration;
        }
        report = feed.take();
        if (feed.rejected() > 0)
            std::fprintf(stderr, "sluicectl rehearse: %llu lines were not read whole.\n", static_cast<unsigned long long>(feed.rejected()));
    }
    print(report, arguments->has("--samples"));
    for (const RehearsedNode &node : report.edited.nodes) {
        if (node.status.dropped > 0)
            return exitStatus::recordsLost;
    }
    return exitStatus::delivered;
}

} // namespace sluice
