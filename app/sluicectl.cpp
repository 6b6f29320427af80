#include "Arguments.h"
#include "CheckCommand.h"
#include "ConvertCommand.h"
#include "EditCommand.h"
#include "EmitCommand.h"
#include "NodesCommand.h"
#include "QueryCommand.h"
#include "RehearseCommand.h"
#include "RunCommand.h"
#include "SecretCommand.h"
#include "SluiceVersion.h"
#include "TryCommand.h"

#include <QCoreApplication>

#include <cstdio>
#include <string>
#include <vector>

namespace {

struct Command
{
    const char *name;
    const char *help;
    int (*run)(std::span<const std::string>);
};

constexpr Command commands[] = {
    {"run", "run a project or a Python dictConfig or fileConfig", sluice::runCommand},
    {"check", "say every problem of one", sluice::checkCommand},
    {"convert", "write one as a project or as a dictConfig", sluice::convertCommand},
    {"edit", "change a project", sluice::editCommand},
    {"nodes", "say what can be put into a chain", sluice::nodesCommand},
    {"secret", "put a secret into the system's key store", sluice::secretCommand},
    {"query", "write the records of a log that an expression describes", sluice::queryCommand},
    {"rehearse", "say what a chain would do with records, without doing it", sluice::rehearseCommand},
    {"try", "put a test record into a chain, and say where it goes", sluice::tryCommand},
    {"emit", "send generated records", sluice::emitCommand},
};

void printUsage(std::FILE *stream)
{
    std::fputs("usage: sluicectl COMMAND …\n\n", stream);
    for (const Command &command : commands)
        std::fprintf(stream, "  %-8s %s\n", command.name, command.help);
    std::fputs("\n'sluicectl COMMAND --help' says more; 'sluicectl --version' says which this is.\n", stream);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    std::vector<std::string> words;
    for (const QString &word : QCoreApplication::arguments().mid(1))
        words.push_back(word.toStdString());

    const std::string name = words.empty() ? "" : words.front();
    for (const Command &command : commands) {
        if (name == command.name)
            return command.run(std::span(words).subspan(1));
    }
    if (name == "--version") {
        std::printf("sluicectl %s\n", sluice::version);
        return sluice::exitStatus::delivered;
    }
    const bool isHelp = name == "--help" || name == "-h" || name == "help";
    if (!isHelp && !name.empty())
        std::fprintf(stderr, "sluicectl: there is no command %s\n", name.c_str());
    printUsage(isHelp ? stdout : stderr);
    return isHelp ? sluice::exitStatus::delivered : sluice::exitStatus::usage;
}
