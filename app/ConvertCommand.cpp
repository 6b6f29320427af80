#include "ConvertCommand.h"

#include "Arguments.h"
#include "base/Secret.h"
#include "chain/Configuration.h"
#include "chain/DictConfigWriter.h"

#include <QFileInfo>
#include <QSaveFile>

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

/// Projects do not hold secrets themselves.
void findSecrets(const std::vector<ParamSpec> &specs, const QJsonObject &params, const std::string &id, Problems &leftOut)
{
    for (const ParamSpec &spec : specs) {
        const QJsonValue value = params.value(QString::fromStdString(spec.key));
        if (spec.secret && !value.toString().isEmpty() && !Secret{value.toString().toStdString()}.isReference())
            leftOut.push_back({id, "Its " + spec.key + " is a secret, which is written into no project: say ${env:NAME} or ${file:PATH}."});
        else if (spec.type == ParamSpec::Type::Group)
            findSecrets(spec.members, value.toObject(), id, leftOut);
    }
}

Status saveText(const std::string &text, const std::string &path)
{
    QSaveFile file(QString::fromStdString(path));
    file.setDirectWriteFallback(false);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) < 0 || !file.commit())
        return Error{path + " cannot be written: " + file.errorString().toStdString() + "."};
    return {};
}

void print(const char *how, const std::string &file, const Problems &problems)
{
    for (const Problem &problem : problems)
        std::fprintf(stderr, "%s: %s: %s%s\n", file.c_str(), problem.place.c_str(), how, problem.text.c_str());
}

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
    print("", in, configuration.problems);
    if (!configuration.ok())
        return exitStatus::wrongConfiguration;
    print("unsupported, and kept: ", in, configuration.unsupported);

    Status saved;
    WrittenDictConfig written;
    if (suffix == u"sluice") {
        if (arguments->has("--listen") && configuration.isPython())
            addDefaultReceiver(configuration.chain);
        for (const ChainNode &node : configuration.chain.nodes())
            findSecrets(node.type->params(), node.params, node.id, written.leftOut);
        saved = saveProject(configuration.chain, out);
    } else {
        written = dictConfigText(configuration.chain);
        saved = saveText(written.text, out);
    }
    if (!saved) {
        std::fprintf(stderr, "sluicectl convert: %s\n", saved.error().text.c_str());
        return exitStatus::wrongConfiguration;
    }
    print("left out: ", out, written.leftOut);
    print("", out, written.remarks);
    return written.leftOut.empty() ? exitStatus::delivered : exitStatus::recordsLost;
}

} // namespace sluice
