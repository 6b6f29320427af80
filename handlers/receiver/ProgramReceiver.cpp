#include "receiver/ProgramReceiver.h"

#include "base/NativeFile.h"
#include "receiver/IoThread.h"
#include "receiver/ReceiverTrial.h"

namespace sluice {

namespace {

std::string nameOf(const std::string &program) { return files::split(program).name; }

} // namespace

ProgramReceiver::ProgramReceiver(Options options) : m_options(std::move(options)) {}

ProgramReceiver::~ProgramReceiver() { stop(); }

Status ProgramReceiver::start(RecordSink &sink)
{
    stop();
    if (const auto decoder = TextDecoder::create(m_options.text.encoding); !decoder)
        return decoder.error();
    const std::string name = nameOf(m_options.command.program);
    const auto makeStream = [this, &sink, name](QProcess::ProcessChannel channel) {
        TextStreamOptions options = m_options.text;
        const bool isError = channel == QProcess::StandardError;
        options.labels.emplace_back("stream", isError ? "stderr" : "stdout");
        if (isError)
            options.defaultLevel = m_options.stderrLevel;
        return std::make_unique<TextStream>(sink, name, options, std::move(*TextDecoder::create(options.encoding)));
    };
    ProgramRun::Options run;
    run.command = m_options.command;
    run.name = name;
    run.restartsAfterSuccess = m_options.restart == Restart::Always;
    run.restartsAfterFailure = m_options.restart != Restart::Never;
    run.firstPause = m_options.firstPause;
    run.joinDelay = m_options.joinDelay;
    run.killDelay = m_options.killDelay;

    m_thread = std::make_unique<IoThread>();
    Status status;
    m_thread->call([&] {
        m_run = std::make_unique<ProgramRun>(sink, std::move(run), makeStream);
        status = m_run->start();
        if (!status)
            m_run.reset();
    });
    if (!status)
        m_thread.reset();
    return status;
}

void ProgramReceiver::stop()
{
    if (!m_thread)
        return;
    m_thread->call([this] { m_run.reset(); });
    m_thread.reset();
}

std::string ProgramReceiver::endpoint() const
{
    std::string line = m_options.command.program;
    for (const std::string &argument : m_options.command.arguments)
        line += " " + argument;
    return line;
}

namespace nodes {

namespace {

/// A name to be looked for, or an absolute path.
std::string programOf(const ProgramReceiverConfig &config, const NodeContext &context)
{
    const bool isPath = config.program.find_first_of(files::separators) != std::string::npos;
    return isPath ? context.resolve(config.program) : config.program;
}

} // namespace

const NodeType &ProgramReceiver()
{
    using Config = ProgramReceiverConfig;
    static const auto node = [] {
        Params<Config> params;
        params.param(&Config::program, "program", "Program to run: a name that is looked for in PATH, or a path").required();
        params.param(&Config::arguments, "arguments", "Its arguments, one each; no shell reads them").usual();
        params.param(&Config::directory, "directory", "Folder it runs in; empty: that of the project")
            .usual()
            .hint(ParamSpec::Hint::Folder);
        params.param(&Config::environment, "environment", "Variables that are added to its environment; a value may be ${env:NAME}, ${file:PATH} or ${keychain:NAME}")
            .secretByName();
        params.param(&Config::restart, "restart", "When to start it again after it has ended")
            .usual()
            .oneOf({"never", "onFailure", "always"})
            .suggest({{"never", "leave it ended"}, {"onFailure", "after a failure"}, {"always", "whenever it ends"}});
        params.param(&Config::stderrLevel, "stderrLevel", "Level of what it writes to standard error without one");
        addTextParams(params);
        params.param(&Config::joinDelay, "joinDelay", "How long a record waits for further lines")
            .range(0.01, 60)
            .unit("seconds");
        params.param(&Config::killDelay, "killDelay", "How long it has to end when it is asked to, before it is killed")
            .range(0, 600)
            .unit("seconds");
        return Node<Config>(
                   NodeKind::Receiver, "ProgramReceiver", "Runs a program and reads what it writes", params,
                   [](const Config &config, const NodeContext &context) -> Result<NodeType::Instance> {
                       auto text = config.options();
                       if (!text)
                           return text.error();
                       using Made = sluice::ProgramReceiver;
                       Made::Options options;
                       options.command = {programOf(config, context), config.arguments, context.resolve(config.directory.text), {}};
                       for (const auto &[name, value] : config.environment) {
                           auto revealed = context.reveal(Secret{value});
                           if (!revealed)
                               return revealed.error();
                           options.command.environment.emplace(name, std::move(*revealed));
                       }
                       options.restart = config.restart == "always"      ? Made::Restart::Always
                                         : config.restart == "onFailure" ? Made::Restart::OnFailure
                                                                         : Made::Restart::Never;
                       options.text = std::move(*text);
                       options.stderrLevel = config.stderrLevel.number;
                       options.joinDelay = std::chrono::milliseconds(std::int64_t(config.joinDelay * 1000));
                       options.killDelay = std::chrono::milliseconds(std::int64_t(config.killDelay * 1000));
                       return NodeType::Instance(std::shared_ptr<Receiver>(std::make_shared<Made>(std::move(options))));
                   })
            .triedBy("Test the program",
                     [](const Config &config, const NodeContext &context) {
                         return receivertrial::tryProgram(programOf(config, context), context.resolve(config.directory.text));
                     })
            .guarantees([](const Config &, bool) -> NodeGuarantee {
                using Loss = NodeGuarantee::Loss;
                return {.crash = {Loss::None, "takes with it what the program had written and nobody had read"},
                        .fullDisk = {},
                        .deadPeer = {},
                        .heldUp = {Loss::None, "reads later, and the program waits"}};
            })
            .describedBy([](const Config &config) {
                std::string line = config.program.empty() ? "no program yet" : config.program;
                for (const std::string &argument : config.arguments)
                    line += " " + argument;
                return line;
            })
            .checkedBy([](const Config &config, const std::string &path, Problems &problems) {
                if (config.program.empty())
                    problems.push_back({path + ".program", "A program is needed."});
                checkTextConfig(config, path, problems);
            });
    }();
    return node;
}

} // namespace nodes
} // namespace sluice
