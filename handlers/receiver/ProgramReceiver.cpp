#include "receiver/ProgramReceiver.h"

#include "base/NativeFile.h"
#include "receiver/IoThread.h"

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

const NodeType &ProgramReceiver()
{
    using Config = ProgramReceiverConfig;
    static const auto node = [] {
        Params<Config> params;
        params.param(&Config::program, "program", "Program to run: a name that is looked for in PATH, or a path").required();
        params.param(&Config::arguments, "arguments", "Its arguments, one each; no shell reads them");
        params.param(&Config::directory, "directory", "Folder it runs in; empty: that of the project");
        params.param(&Config::environment, "environment", "Variables that are added to its environment");
        params.param(&Config::restart, "restart", "When to start it again after it has ended")
            .oneOf({"never", "onFailure", "always"});
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
                       const bool isPath = config.program.find_first_of(files::separators) != std::string::npos;
                       options.command = {isPath ? context.resolve(config.program) : config.program, config.arguments,
                                          context.resolve(config.directory.text), config.environment};
                       options.restart = config.restart == "always"      ? Made::Restart::Always
                                         : config.restart == "onFailure" ? Made::Restart::OnFailure
                                                                         : Made::Restart::Never;
                       options.text = std::move(*text);
                       options.stderrLevel = config.stderrLevel.number;
                       options.joinDelay = std::chrono::milliseconds(std::int64_t(config.joinDelay * 1000));
                       options.killDelay = std::chrono::milliseconds(std::int64_t(config.killDelay * 1000));
                       return NodeType::Instance(std::shared_ptr<Receiver>(std::make_shared<Made>(std::move(options))));
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
