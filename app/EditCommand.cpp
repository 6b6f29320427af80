#include "EditCommand.h"

#include "Arguments.h"
#include "ProblemReport.h"
#include "chain/ChainCommand.h"
#include "chain/Configuration.h"
#include "chain/ProjectSecrets.h"

#include <QFileInfo>

#include <array>
#include <cstdio>

namespace sluice {

namespace {

constexpr char usage[] = R"(usage: sluicectl edit [--new] [--output FILE] PROJECT EDIT…

Changes a project by edits, each in one argument, and writes it back, or to FILE. All are done, or none.

  sluicectl edit errors.sluice 'add MemoryHandler buffer capacity=100' 'insert buffer python mail'

  --new           begin with an empty project; PROJECT must not be there
  --output FILE   write to FILE and leave PROJECT as it is

)";

constexpr char statuses[] = R"(
Exit status: 0 it is written, 1 the project has problems or an edit is refused, 2 usage.
)";

void printUsage(std::FILE *stream) { std::fprintf(stream, "%s%s%s", usage, chainCommandsHelp().c_str(), statuses); }

} // namespace

int editCommand(std::span<const std::string> words)
{
    static constexpr std::array<std::string_view, 3> flags = {"--help", "-h", "--new"};
    static constexpr std::array<std::string_view, 1> valued = {"--output"};
    const Result<Arguments> arguments = Arguments::parse(words, flags, valued);
    if (arguments && (arguments->has("--help") || arguments->has("-h"))) {
        printUsage(stdout);
        return exitStatus::delivered;
    }
    if (!arguments || arguments->rest.size() < 2) {
        std::fprintf(stderr, "sluicectl edit: %s\n", arguments ? "A project and an edit are needed." : arguments.error().text.c_str());
        printUsage(stderr);
        return exitStatus::usage;
    }
    const std::string &path = arguments->rest[0];
    const bool isNew = arguments->has("--new");
    if (isNew && QFileInfo::exists(QString::fromStdString(path))) {
        std::fprintf(stderr, "sluicectl edit: %s is there already\n", path.c_str());
        return exitStatus::wrongConfiguration;
    }
    Configuration configuration;
    if (!isNew)
        configuration = loadConfiguration(path);
    printProblems(path, configuration.problems);
    if (!configuration.ok())
        return exitStatus::wrongConfiguration;
    if (configuration.isPython() && !arguments->has("--output")) {
        std::fprintf(stderr, "sluicectl edit: %s is Python's configuration; say with --output which project is to be written\n", path.c_str());
        return exitStatus::usage;
    }

    ChainEditor editor(configuration.chain);
    for (std::size_t i = 1; i < arguments->rest.size(); ++i) {
        if (const Status status = runChainCommand(editor, arguments->rest[i]); !status) {
            std::fprintf(stderr, "sluicectl edit: %s: %s\n", arguments->rest[i].c_str(), status.error().text.c_str());
            return exitStatus::wrongConfiguration;
        }
    }
    const Problems secrets = toProblems(literalSecrets(editor.chain()));
    printProblems(path, secrets);
    if (!secrets.empty())
        return exitStatus::wrongConfiguration;
    printProblems(path, editor.chain().check());
    if (const Status status = saveProject(editor.chain(), arguments->value("--output", path), configuration.extras); !status) {
        std::fprintf(stderr, "sluicectl edit: %s\n", status.error().text.c_str());
        return exitStatus::wrongConfiguration;
    }
    return exitStatus::delivered;
}

} // namespace sluice
