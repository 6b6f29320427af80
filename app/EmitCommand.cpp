#include "EmitCommand.h"

#include "Arguments.h"
#include "RecordGenerator.h"
#include "handler/DatagramHandler.h"
#include "handler/SysLogHandler.h"
#include "wire/NumberText.h"

#include <QString>
#include <QSysInfo>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <optional>
#include <thread>

namespace sluice {

namespace {

constexpr char usage[] =
    "usage: sluicectl emit [OPTION…]\n"
    "Sends generated records as Python's handlers do.\n\n"
    "  --wire WIRE         pickle and json go over TCP as SocketHandler sends them, datagram as DatagramHandler;\n"
    "                      syslog goes over UDP, syslog-tcp over TCP (pickle)\n"
    "  --syslog FORM       python, rfc3164 or rfc5424; the latter two with octets counted on TCP (python)\n"
    "  --host HOST         where to (127.0.0.1)\n"
    "  --port PORT         port of the receiver (9020; datagram 9021; syslog 514)\n"
    "  --unix PATH         a Unix socket, instead of host and port\n"
    "  --count N           how many records (1000, unless --seconds)\n"
    "  --seconds S         for how long, instead of a count\n"
    "  --rate R            records per second; 0: as fast as they are taken (0)\n"
    "  --size BYTES        length of a message, about (60)\n"
    "  --logger NAME,…     loggers, which take turns at random\n"
    "  --level D,I,W,E,C   shares of the five levels (30,55,10,4,1), or one level's name\n"
    "  --exceptions SHARE  of the records from ERROR on, those with a traceback, 0 to 1 (0.01)\n"
    "  --extras N          further fields of each record (0)\n"
    "  --seed N            the same seed sends the same records (1)\n";

constexpr std::string_view valuedOptions[] = {"--host",       "--port",   "--count",  "--seconds",
                                              "--rate",       "--size",   "--logger", "--level",
                                              "--exceptions", "--extras", "--seed",
                                              "--wire",       "--syslog", "--unix"};
constexpr std::string_view flags[] = {"--help", "-h"};

struct EmitOptions
{
    std::string wire = "pickle";
    std::string syslog = "python";
    std::string host = "127.0.0.1"; ///< or the path of a Unix socket
    std::optional<std::uint16_t> port;
    std::uint64_t count = 1000;
    double seconds = 0; ///< 0: until `count`
    double rate = 0;
    RecordGenerator::Options records;
};

std::vector<std::string> split(const std::string &text)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

/// Reads what the options say; says itself what is wrong with them.
class OptionReader
{
public:
    explicit OptionReader(const Arguments &arguments) : m_arguments(arguments) {}

    void choice(std::string_view option, std::span<const std::string_view> choices, std::string &out)
    {
        if (!m_arguments.has(option))
            return;
        out = m_arguments.value(option);
        if (std::ranges::find(choices, out) != choices.end())
            return;
        std::string words;
        for (const std::string_view choice : choices)
            words += (words.empty() ? "" : ", ") + std::string(choice);
        refuse(option, ("one of " + words).c_str());
    }

    template<typename Integer>
    void integer(std::string_view option, Integer &out)
    {
        if (!m_arguments.has(option))
            return;
        const std::string text = m_arguments.value(option);
        Integer number{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc() || end != text.data() + text.size())
            return refuse(option, "a whole number of this range");
        out = number;
    }

    void real(std::string_view option, double most, double &out)
    {
        if (!m_arguments.has(option))
            return;
        const auto number = floatFromText(m_arguments.value(option));
        if (!number || !(*number >= 0 && *number <= most))
            return refuse(option, "a number of this range");
        out = *number;
    }

    void levels(std::string_view option, std::array<double, 5> &out)
    {
        if (!m_arguments.has(option))
            return;
        constexpr std::string_view names[] = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"};
        const std::vector<std::string> parts = split(m_arguments.value(option));
        if (parts.size() == 1) {
            for (std::size_t i = 0; i < out.size(); ++i) {
                if (parts[0] == names[i]) {
                    out = {};
                    out[i] = 1;
                    return;
                }
            }
        }
        double total = 0;
        for (std::size_t i = 0; i < out.size() && parts.size() == out.size(); ++i) {
            const auto share = floatFromText(parts[i]);
            if (!share || !(*share >= 0 && *share <= 1e9))
                return refuse(option, "five shares or the name of a level");
            out[i] = *share;
            total += *share;
        }
        if (!(total > 0))
            refuse(option, "five shares or the name of a level");
    }

    void loggers(std::string_view option, std::vector<std::string> &out)
    {
        if (m_arguments.has(option))
            out = split(m_arguments.value(option));
    }

    bool ok() const { return m_ok; }

private:
    void refuse(std::string_view option, const char *expected)
    {
        std::fprintf(stderr, "sluicectl emit: %s is to be %s, not %s\n", std::string(option).c_str(),
                     expected, m_arguments.value(option).c_str());
        m_ok = false;
    }

    const Arguments &m_arguments;
    bool m_ok = true;
};

std::optional<EmitOptions> read(const Arguments &arguments)
{
    EmitOptions options;
    OptionReader reader(arguments);
    static constexpr std::string_view wires[] = {"pickle", "json", "datagram", "syslog", "syslog-tcp"};
    static constexpr std::string_view forms[] = {"python", "rfc3164", "rfc5424"};
    reader.choice("--wire", wires, options.wire);
    reader.choice("--syslog", forms, options.syslog);
    options.port = options.wire == "datagram" ? 9021 : options.wire.starts_with("syslog") ? 514 : 9020;
    if (arguments.has("--unix") && (arguments.has("--host") || arguments.has("--port"))) {
        std::fputs("sluicectl emit: --unix stands instead of --host and --port\n", stderr);
        return std::nullopt;
    }
    options.host = arguments.value("--host", options.host);
    std::uint16_t port = *options.port;
    reader.integer("--port", port);
    options.port = port;
    if (arguments.has("--unix")) {
        options.host = arguments.value("--unix");
        options.port.reset();
    }
    if (arguments.has("--seconds"))
        options.count = std::numeric_limits<std::uint64_t>::max();
    reader.integer("--count", options.count);
    reader.real("--seconds", 1e9, options.seconds);
    reader.real("--rate", 1e9, options.rate);
    reader.integer("--size", options.records.messageBytes);
    reader.loggers("--logger", options.records.loggers);
    reader.levels("--level", options.records.levels);
    reader.real("--exceptions", 1, options.records.exceptions);
    reader.integer("--extras", options.records.extras);
    reader.integer("--seed", options.records.seed);
    if (options.records.messageBytes > 16 * 1024 * 1024 || options.records.extras > 10000) {
        std::fputs("sluicectl emit: --size goes up to 16 MiB, --extras to 10000\n", stderr);
        return std::nullopt;
    }
    return reader.ok() ? std::optional(options) : std::nullopt;
}

SyslogWriter::Options syslogOptions(const EmitOptions &options, bool isStream)
{
    SyslogWriter::Options writer;
    writer.hostname = QSysInfo::machineHostName().toStdString();
    if (options.syslog != "python") {
        writer.format = options.syslog == "rfc5424" ? SyslogWriter::Format::Rfc5424 : SyslogWriter::Format::Rfc3164;
        if (isStream)
            writer.framing = SyslogWriter::Framing::OctetCounted;
    }
    return writer;
}

/// What sends. A receiver that holds back its sender is waited for, as long as it takes.
std::unique_ptr<Handler> makeHandler(const EmitOptions &options)
{
    constexpr PeerTimeout patience{86400};
    if (options.wire.starts_with("syslog")) {
        const bool isStream = options.wire == "syslog-tcp";
        SysLogHandler::Options syslog;
        syslog.host = options.host;
        syslog.port = options.port;
        if (isStream)
            syslog.socktype = SysLogHandler::SocketType::Stream;
        syslog.timeout = patience;
        syslog.writer = syslogOptions(options, isStream);
        return std::make_unique<SysLogHandler>(std::move(syslog));
    }
    SocketHandler::Options socket;
    socket.host = options.host;
    socket.port = options.port;
    socket.timeout = patience;
    if (options.wire == "json")
        socket.format = SocketHandler::Format::Json;
    if (options.wire == "datagram")
        return std::make_unique<DatagramHandler>(std::move(socket));
    return std::make_unique<SocketHandler>(std::move(socket));
}

class Emitter
{
public:
    explicit Emitter(const EmitOptions &options)
        : m_options(options), m_generator(options.records), m_handler(makeHandler(options))
    {
        m_handler->setErrorObserver([this](const Handler &, const LogRecord *, const Error &error) {
            if (m_lost++ == 0)
                m_error = error.text;
        });
    }

    int run();

private:
    using Clock = std::chrono::steady_clock;

    double elapsed() const { return std::chrono::duration<double>(Clock::now() - m_began).count(); }
    std::uint64_t dueNow() const;

    const EmitOptions &m_options;
    RecordGenerator m_generator;
    const std::unique_ptr<Handler> m_handler;
    LogRecordBatch m_batch;
    std::vector<const LogRecord *> m_records;
    std::uint64_t m_lost = 0;
    std::string m_error; ///< the first
    Clock::time_point m_began;
};

/// How many records are to have been sent by now.
std::uint64_t Emitter::dueNow() const
{
    if (m_options.rate <= 0)
        return m_options.count;
    const double due = std::min(elapsed(), m_options.seconds > 0 ? m_options.seconds : 1e18) * m_options.rate;
    return static_cast<std::uint64_t>(std::min(due, static_cast<double>(m_options.count)));
}

int Emitter::run()
{
    constexpr std::size_t recordsAtOnce = 500;
    constexpr std::size_t bytesAtOnce = 128 * 1024;
    const std::size_t atOnce =
        std::clamp<std::size_t>(bytesAtOnce / (m_options.records.messageBytes + 400), 1, recordsAtOnce);
    m_began = Clock::now();
    std::uint64_t sent = 0;
    while (m_lost == 0 && sent < m_options.count) {
        const bool timeIsUp = m_options.seconds > 0 && elapsed() >= m_options.seconds;
        const std::uint64_t due = dueNow();
        if (timeIsUp && (m_options.rate <= 0 || sent >= due))
            break;
        if (sent >= due) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            continue;
        }
        m_batch.clear();
        m_records.clear();
        const Nanoseconds now = wallClock();
        for (std::size_t i = 0; i < atOnce && sent < due; ++i, ++sent)
            m_generator.next(m_batch, now);
        for (const LogRecord &record : std::as_const(m_batch).records())
            m_records.push_back(&record);
        m_handler->handle(m_records);
    }
    const double took = std::max(elapsed(), 1e-9);
    m_handler->close();
    sent -= m_lost;
    std::fprintf(stderr, "%llu records in %.3f s, %.0f records/s\n", static_cast<unsigned long long>(sent),
                 took, static_cast<double>(sent) / took);
    if (m_lost > 0) {
        std::fprintf(stderr, "sluicectl emit: %s\n", m_error.c_str());
        return exitStatus::recordsLost;
    }
    return exitStatus::delivered;
}

} // namespace

int emitCommand(std::span<const std::string> words)
{
    const Result<Arguments> arguments = Arguments::parse(words, flags, valuedOptions);
    if (!arguments) {
        std::fprintf(stderr, "sluicectl emit: %s\n%s", arguments.error().text.c_str(), usage);
        return exitStatus::usage;
    }
    if (arguments->has("--help") || arguments->has("-h")) {
        std::fputs(usage, stdout);
        return exitStatus::delivered;
    }
    if (!arguments->rest.empty()) {
        std::fprintf(stderr, "sluicectl emit: %s is too much\n%s", arguments->rest.front().c_str(), usage);
        return exitStatus::usage;
    }
    const std::optional<EmitOptions> options = read(*arguments);
    return options ? Emitter(*options).run() : exitStatus::usage;
}

} // namespace sluice
