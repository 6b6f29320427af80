#include "receiver/ProgramRun.h"

#include "wire/RecordBuilder.h"

#include <QProcessEnvironment>

#include <algorithm>
#include <array>

namespace sluice {

namespace {

constexpr std::chrono::milliseconds unfinishedDelay{2000};
constexpr std::chrono::milliseconds longestPause{60'000};
/// A program that has lived so long has not failed at its start.
constexpr std::chrono::seconds goodLife{10};
constexpr int startMilliseconds = 30'000;

QString qt(const std::string &text) { return QString::fromStdString(text); }

std::string inSeconds(std::chrono::milliseconds time)
{
    std::string text = std::to_string(time.count() / 1000);
    if (const auto rest = time.count() % 1000)
        text += "." + std::to_string(1000 + rest).substr(1);
    return text + " s";
}

} // namespace

ProgramRun::ProgramRun(RecordSink &sink, Options options, MakeStream makeStream)
    : m_sink(sink), m_options(std::move(options)), m_makeStream(std::move(makeStream)), m_nextPause(m_options.firstPause)
{
    m_channels[0].channel = QProcess::StandardOutput;
    m_channels[1].channel = QProcess::StandardError;
    for (Channel &channel : m_channels) {
        channel.quiet.setSingleShot(true);
        connect(&channel.quiet, &QTimer::timeout, this, [this, &channel] { flush(channel); });
    }
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, [this] { restart(); });
}

ProgramRun::~ProgramRun() { stop(); }

Status ProgramRun::start()
{
    m_process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    // Python keeps what it prints into a pipe until there are some KiB of it.
    const QString unbuffered = QStringLiteral("PYTHONUNBUFFERED");
    if (!environment.contains(unbuffered))
        environment.insert(unbuffered, QStringLiteral("1"));
    for (const auto &[name, value] : m_options.command.environment)
        environment.insert(qt(name), qt(value));
    m_process->setProcessEnvironment(environment);
    m_process->setWorkingDirectory(qt(m_options.command.directory));
    m_process->setStandardInputFile(QProcess::nullDevice());
    QStringList arguments;
    for (const std::string &argument : m_options.command.arguments)
        arguments << qt(argument);
    m_group = std::make_unique<ProgramGroup>();
    m_group->prepare(*m_process);

    for (Channel &channel : m_channels) {
        channel.stream = m_makeStream(channel.channel);
        channel.hasFlushedLines = false;
    }
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this, [this] { read(m_channels[0]); });
    connect(m_process.get(), &QProcess::readyReadStandardError, this, [this] { read(m_channels[1]); });
    connect(m_process.get(), &QProcess::finished, this,
            [this](int code, QProcess::ExitStatus status) { ended(code, status == QProcess::CrashExit); });
    m_process->start(qt(m_options.command.program), arguments);
    if (!m_process->waitForStarted(startMilliseconds)) {
        const std::string reason = m_process->errorString().toStdString();
        m_process.reset();
        return Error{"The program " + m_options.command.program + " cannot be started: " + reason + "."};
    }
    m_group->setStarted(*m_process);
    m_id = m_process->processId();
    m_started = std::chrono::steady_clock::now();
    return {};
}

void ProgramRun::stop()
{
    m_isStopping = true;
    m_pause.stop();
    if (!m_process)
        return;
    if (m_process->state() != QProcess::NotRunning) {
        m_group->terminate(*m_process);
        if (!m_process->waitForFinished(int(m_options.killDelay.count()))) {
            m_group->kill(*m_process);
            m_process->waitForFinished(int(m_options.killDelay.count()));
        }
    }
    m_group->kill(*m_process);
    flushAll();
    m_process.reset();
}

void ProgramRun::read(Channel &channel)
{
    if (!m_process || m_isRefused)
        return;
    for (;;) {
        const std::span<char> space = channel.stream->space();
        m_process->setReadChannel(channel.channel);
        const qint64 bytes = m_process->read(space.data(), qint64(space.size()));
        if (bytes <= 0)
            break;
        if (!channel.stream->take(std::size_t(bytes)))
            return refused();
    }
    channel.hasFlushedLines = false;
    if (channel.stream->isPending())
        channel.quiet.start(m_options.joinDelay);
}

void ProgramRun::flush(Channel &channel)
{
    if (m_isRefused)
        return;
    const bool isTaken = channel.stream->flush(channel.hasFlushedLines ? TextStream::Flush::All : TextStream::Flush::Lines);
    if (!isTaken)
        return refused();
    if (!channel.hasFlushedLines && channel.stream->isPending())
        channel.quiet.start(unfinishedDelay);
    channel.hasFlushedLines = true;
}

void ProgramRun::flushAll()
{
    for (Channel &channel : m_channels) {
        channel.quiet.stop();
        if (!m_isRefused && channel.stream && !channel.stream->flush(TextStream::Flush::All))
            refused();
    }
}

void ProgramRun::refused()
{
    // Whoever stopped the sink will stop this too; until then nothing more is read.
    m_isRefused = true;
}

void ProgramRun::ended(int code, bool hasCrashed)
{
    for (Channel &channel : m_channels)
        read(channel);
    flushAll();
    const bool isFailure = hasCrashed || code != 0;
    const bool isRestarted = !m_isStopping && (isFailure ? m_options.restartsAfterFailure : m_options.restartsAfterSuccess);
    if (std::chrono::steady_clock::now() - m_started >= goodLife)
        m_nextPause = m_options.firstPause;
    report(code, hasCrashed, isRestarted ? "; it is started again in " + inSeconds(m_nextPause) : "");
    if (isRestarted) {
        m_pause.start(m_nextPause);
        m_nextPause = std::min(m_nextPause * 2, longestPause);
    } else if (!m_isStopping && !m_isRefused) {
        m_sink.finished();
    }
}

void ProgramRun::restart()
{
    m_process.reset();
    const Status status = start();
    m_sink.setFault(status ? "" : status.error().text);
    if (!status) {
        m_pause.start(m_nextPause);
        m_nextPause = std::min(m_nextPause * 2, longestPause);
    }
}

void ProgramRun::report(int code, bool hasCrashed, const std::string &whatNext)
{
    if (m_isRefused)
        return;
    const bool isFailure = (hasCrashed || code != 0) && !m_isStopping;
    const auto batch = std::make_shared<LogRecordBatch>();
    Arena &arena = batch->arena();
    LogRecord &record = batch->add();
    std::uint32_t given = 0;
    const auto set = [&](Attribute attribute, Value value) {
        record.set(attribute, value);
        given |= attributeBit(attribute);
    };
    set(Attribute::Name, Value::text("sluice.program"));
    set(Attribute::Msg,
        Value::text(arena.copy(m_options.name + " " + ProgramGroup::ending(hasCrashed, code) + whatNext)));
    set(Attribute::Levelno, Value::integer(isFailure ? level::Error : level::Info));
    set(Attribute::Process, Value::integer(m_id));
    const std::span<Field> extra = arena.allocateArray<Field>(1);
    extra[0] = {Value::text(hasCrashed ? "signal" : "exit_status"), Value::integer(code)};
    record.extra = extra;
    RecordBuilder::complete(record, given, arena, wallClock());
    if (!m_sink.accept(batch, m_options.name))
        refused();
}

} // namespace sluice
