#include "EmitCommand.h"

#include "Arguments.h"
#include "RecordGenerator.h"
#include "wire/NumberText.h"
#include "wire/PickleWriter.h"

#include <QTcpSocket>

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
    "Sends generated records as Python's SocketHandler does.\n\n"
    "  --host HOST         where to (127.0.0.1)\n"
    "  --port PORT         port of the receiver (9020)\n"
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
                                              "--exceptions", "--extras", "--seed"};
constexpr std::string_view flags[] = {"--help", "-h"};

struct EmitOptions
{
    std::string host = "127.0.0.1";
    std::uint16_t port = 9020;
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
    options.host = arguments.value("--host", options.host);
    reader.integer("--port", options.port);
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

class Emitter
{
public:
    explicit Emitter(const EmitOptions &options) : m_options(options), m_generator(options.records) {}

    int run();

private:
    using Clock = std::chrono::steady_clock;

    double elapsed() const { return std::chrono::duration<double>(Clock::now() - m_began).count(); }
    std::uint64_t dueNow() const;
    bool write();

    const EmitOptions &m_options;
    RecordGenerator m_generator;
    PickleWriter m_writer;
    LogRecordBatch m_batch;
    QTcpSocket m_socket;
    std::string m_bytes;
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

bool Emitter::write()
{
    if (m_bytes.empty())
        return true;
    m_socket.write(m_bytes.data(), static_cast<qint64>(m_bytes.size()));
    m_bytes.clear();
    while (m_socket.bytesToWrite() > 0) {
        if (!m_socket.waitForBytesWritten(-1))
            return false;
    }
    return m_socket.state() == QAbstractSocket::ConnectedState;
}

int Emitter::run()
{
    m_socket.connectToHost(QString::fromStdString(m_options.host), m_options.port);
    if (!m_socket.waitForConnected(10000)) {
        std::fprintf(stderr, "sluicectl emit: %s:%d does not answer: %s\n", m_options.host.c_str(),
                     m_options.port, qPrintable(m_socket.errorString()));
        return exitStatus::recordsLost;
    }
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);

    constexpr std::size_t writeBytes = 128 * 1024;
    constexpr std::size_t recordsAtOnce = 500;
    m_began = Clock::now();
    std::uint64_t sent = 0;
    bool connected = true;
    while (connected && sent < m_options.count) {
        const bool timeIsUp = m_options.seconds > 0 && elapsed() >= m_options.seconds;
        const std::uint64_t due = dueNow();
        if (timeIsUp && (m_options.rate <= 0 || sent >= due))
            break;
        if (sent >= due) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            continue;
        }
        m_batch.clear();
        const Nanoseconds now = wallClock();
        for (std::size_t i = 0; i < recordsAtOnce && sent < due && m_bytes.size() < writeBytes; ++i, ++sent) {
            if (const Status status = m_writer.makePickle(m_generator.next(m_batch, now), m_bytes); !status) {
                std::fprintf(stderr, "sluicectl emit: %s\n", status.error().text.c_str());
                return exitStatus::recordsLost;
            }
        }
        connected = write();
    }
    const double took = std::max(elapsed(), 1e-9);
    m_socket.disconnectFromHost();
    if (m_socket.state() != QAbstractSocket::UnconnectedState)
        m_socket.waitForDisconnected(10000);
    std::fprintf(stderr, "%llu records in %.3f s, %.0f records/s\n", static_cast<unsigned long long>(sent),
                 took, static_cast<double>(sent) / took);
    if (!connected) {
        std::fprintf(stderr, "sluicectl emit: the connection was lost: %s\n",
                     qPrintable(m_socket.errorString()));
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
