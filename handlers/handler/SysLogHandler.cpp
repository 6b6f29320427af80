#include "handler/SysLogHandler.h"

namespace sluice {

namespace {

/// Bytes that are given to a stream in one call, about.
constexpr std::size_t maxBytesAtOnce = 256 * 1024;
constexpr std::size_t maxBytesKept = 4 * 1024 * 1024;

Result<int> numberOf(const SysLogHandler::Code &code, std::optional<int> (*named)(std::string_view), const char *what)
{
    if (const int *number = std::get_if<int>(&code))
        return *number;
    const std::string_view name = std::get<std::string_view>(code);
    if (const std::optional<int> number = named(name))
        return *number;
    return Error{"There is no " + std::string(what) + " " + std::string(name) + " in syslog."};
}

} // namespace

SysLogHandler::SysLogHandler(Options options)
    : m_options(std::move(options)), m_writer(m_options.writer), m_retry(m_options.retry)
{
}

SysLogHandler::~SysLogHandler() = default;

Result<int> SysLogHandler::encodePriority(Code facility, Code priority) const
{
    const Result<int> first = numberOf(facility, &syslog::facilityNumber, "facility");
    if (!first)
        return first;
    const Result<int> second = numberOf(priority, &syslog::priorityNumber, "priority");
    if (!second)
        return second;
    return *first << 3 | *second;
}

std::string_view SysLogHandler::mapPriority(std::string_view levelName) const
{
    static constexpr std::pair<std::string_view, std::string_view> names[] = {{"DEBUG", "debug"},
                                                                              {"INFO", "info"},
                                                                              {"WARNING", "warning"},
                                                                              {"ERROR", "error"},
                                                                              {"CRITICAL", "critical"}};
    for (const auto &[level, priority] : names) {
        if (level == levelName)
            return priority;
    }
    return "warning";
}

Result<std::unique_ptr<PeerSocket>> SysLogHandler::makeSocket()
{
    if (m_options.socktype == SocketType::Tls)
        return connectTls(m_options.host, m_options.port.value_or(6514), m_options.timeout, m_options.tls);
    if (m_options.port) {
        return m_options.socktype == SocketType::Stream
                   ? connectTcp(m_options.host, *m_options.port, m_options.timeout)
                   : openUdp(m_options.host, *m_options.port, m_options.timeout, false);
    }
    if (m_options.socktype != SocketType::Stream) {
        auto made = openUnixDatagram(m_options.host, m_options.timeout, true);
        if (made || m_options.socktype)
            return made;
    }
    m_kind = SocketType::Stream;
    return connectUnixStream(m_options.host, m_options.timeout);
}

Status SysLogHandler::reach()
{
    const Lock guard = lock();
    const auto socket = makeSocket();
    return socket ? Status() : Status(socket.error());
}

void SysLogHandler::createSocket()
{
    if (!m_retry.isDue())
        return;
    const auto began = m_retry.now();
    m_kind = m_options.socktype.value_or(SocketType::Datagram);
    auto made = makeSocket();
    if (made) {
        m_socket = std::move(*made);
        m_retry.succeeded();
        return;
    }
    m_socketError = made.error();
    // A Unix socket costs nothing to try, and Python does so with each record.
    if (m_options.port || m_options.socktype == SocketType::Tls)
        m_retry.failed(began);
}

Status SysLogHandler::append(const LogRecord &record)
{
    const Value levelName = record[Attribute::Levelname];
    if (levelName.kind() == Value::Kind::List || levelName.isDict() || levelName.kind() == Value::Kind::Set)
        return Error{"The name of its level is a container."};
    const Result<int> priority = encodePriority(m_options.facility, mapPriority(record.levelname()));
    if (!priority)
        return priority.error();
    m_text = m_options.ident;
    if (m_options.sendExceptions) {
        if (Status status = format(record, m_text); !status)
            return status;
    } else {
        LogRecord copy = record;
        copy.set(Attribute::ExcInfo, Value::none());
        copy.set(Attribute::ExcText, Value::none());
        if (Status status = format(copy, m_text); !status)
            return status;
    }
    return m_writer.write(*priority, record, m_text, m_messages);
}

Status SysLogHandler::emit(const LogRecord &record)
{
    const LogRecord *const one = &record;
    emitBatch(RecordSpan(&one, 1));
    return {};
}

void SysLogHandler::emitBatch(RecordSpan records)
{
    for (const LogRecord *record : records) {
        if (const Status status = append(*record); !status) {
            handleError(record, status.error());
            continue;
        }
        m_ends.push_back({record, m_messages.size()});
        if (m_messages.size() >= maxBytesAtOnce)
            sendMessages();
    }
    sendMessages();
}

void SysLogHandler::sendMessages()
{
    if (m_socket && m_socket->hasEnded())
        m_socket.reset();
    std::size_t first = 0;
    bool again = false; // the message at `first` is being sent for the second time
    while (first < m_ends.size()) {
        if (!m_socket)
            createSocket();
        if (!m_socket) {
            handleError(m_ends[first++].record, m_socketError);
            again = false;
        } else if (m_kind == SocketType::Datagram) {
            sendDatagram(first++);
        } else {
            const std::size_t before = first;
            if (sendStream(first))
                break;
            m_socket.reset();
            if (first == before && again) {
                // A peer that takes it neither time is not waited for with each message that follows.
                m_retry.failed(m_retry.now());
                handleError(m_ends[first++].record, m_socketError);
                again = false;
            } else {
                again = true;
            }
        }
    }
    m_ends.clear();
    m_messages.clear();
    if (m_messages.capacity() > maxBytesKept)
        m_messages = {};
}

/// Sends from `first` on and moves it behind what was taken; whether that was all.
bool SysLogHandler::sendStream(std::size_t &first)
{
    const std::size_t begin = first == 0 ? 0 : m_ends[first - 1].end;
    const PeerSocket::Sent sent = m_socket->send(std::string_view(m_messages).substr(begin));
    while (first < m_ends.size() && m_ends[first].end <= begin + sent.bytes)
        ++first;
    if (sent.status)
        return true;
    m_socketError = sent.status.error();
    return false;
}

void SysLogHandler::sendDatagram(std::size_t index)
{
    const std::size_t begin = index == 0 ? 0 : m_ends[index - 1].end;
    const std::string_view bytes = std::string_view(m_messages).substr(begin, m_ends[index].end - begin);
    if (const PeerSocket::Sent sent = m_socket->send(bytes); !sent.status)
        handleError(m_ends[index].record, sent.status.error());
}

void SysLogHandler::close()
{
    const Lock guard = lock();
    m_socket.reset();
}

} // namespace sluice
