#include "ConvertCommand.h"

#include "Arguments.h"
#include "ProblemReport.h"
#include "base/WholeFile.h"
#include "chain/Configuration.h"
#include "chain/DictConfigWriter.h"
#include "chain/ProjectSecrets.h"

#include <QFileInfo>

#include <array>
#include <cstdio>

namespace sluice {

namespace {

constexpr char usage[] = R"(usage: sluicectl convert [--listen] IN OUT

Writes a project (.sluice), a Python dictConfig (JSON) or fileConfig (INI) as OUT: a project if its name ends in .sluice, a
dictConfig if it ends in .json. What IN is, is told by its content.

  --listen   a project made from a Python configuration gets a receiver for Python's SocketHandler, and a console

What OUT cannot say is left out, and said. Exit status: 0 all of it is there, 1 IN is wrong or OUT cannot be written, 2 usage,
3 something was left out.
)";

} // namespace

int convertCommand(std::span<const std::string> words)
{
    static constexpr std::array<std::string_view, 3> flags = {"--help", "-h", "--listen"};
    const Result<Arguments> arguments = Arguments::parse(words, flags, {});
    if (arguments && (arguments->has("--help") || arguments->has("-h"))) {
        std::fputs(usage, stdout);
        return exitStatus::delivered;
    }
    if (!arguments || arguments->rest.size() != 2) {
        std::fprintf(stderr, "sluicectl convert: %s\n%s", arguments ? "Two files are needed." : arguments.error().text.c_str(), usage);
        return exitStatus::usage;
    }
    const std::string &in = arguments->rest[0];
    const std::string &out = arguments->rest[1];
    const QString suffix = QFileInfo(QString::fromStdString(out)).suffix().toLower();
    if (suffix != u"sluice" && suffix != u"json") {
        std::fprintf(stderr, "sluicectl convert: %s ends neither in .sluice nor in .json\n", out.c_str());
        return exitStatus::usage;
    }
    Configuration configuration = loadConfiguration(in);
    printProblems(in, configuration.problems);
    if (!configuration.ok())
        return exitStatus::wrongConfiguration;
    printProblems(in, configuration.unsupported, "unsupported, and kept: ");

    Status saved;
    WrittenDictConfig written;
    if (suffix == u"sluice") {
        if (arguments->has("--listen") && configuration.isPython())
            addDefaultReceiver(configuration.chain);
        written.leftOut = toProblems(literalSecrets(configuration.chain));
        saved = saveProject(configuration.chain, out, configuration.extras);
    } else {
        written = dictConfigText(configuration.chain);
        if (configuration.extras.hasViews())
            written.leftOut.push_back({"$.views", "Views and highlights are the window's; a dictConfig has none."});
        saved = files::writeWhole(out, written.text);
    }
    if (!saved) {
        std::fprintf(stderr, "sluicectl convert: %s\n", saved.error().text.c_str());
        return exitStatus::wrongConfiguration;
    }
    printProblems(out, written.leftOut, "left out: ");
    printProblems(out, written.remarks);
    return written.leftOut.empty() ? exitStatus::delivered : exitStatus::recordsLost;
}

} // namespace sluice
