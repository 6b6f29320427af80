#include "handler/SocketHandler.h"

#include "format/Formatter.h"
#include "handler/RehearsedSocketHandler.h"
#include "handler/SocketHandlerConfig.h"
#include "wire/JsonWriter.h"

#include <condition_variable>
#include <thread>
#include <typeinfo>

namespace sluice {

namespace {

/// Bytes that are given to the socket in one call, about.
constexpr std::size_t maxBytesAtOnce = 256 * 1024;
/// A buffer that one large record has made larger than this is given back.
constexpr std::size_t maxBytesKept = 4 * 1024 * 1024;

} // namespace

/// The thread that sends what is kept.
struct SocketHandler::Resender
{
    std::thread thread;
    std::condition_variable_any changed;
    bool stopping = false;
};

SocketHandler::SocketHandler(Options options)
    : m_options(std::move(options)), m_retry(m_options.retry), m_backlog(m_options.keepUnsent)
{
}

SocketHandler::~SocketHandler()
{
    stopResender();
    m_backlog.dropAll({});
}

Result<std::unique_ptr<PeerSocket>> SocketHandler::makeSocket()
{
    return m_options.port ? connectTcp(m_options.host, *m_options.port, m_options.timeout)
                          : connectUnixStream(m_options.host, m_options.timeout);
}

void SocketHandler::createSocket()
{
    if (m_retry.isDue())
        connect();
}

void SocketHandler::connect()
{
    const auto began = m_retry.now();
    auto made = makeSocket();
    if (made) {
        m_socket = std::move(*made);
        m_fresh = true;
    } else {
        m_socketError = made.error();
        m_retry.failed(began);
    }
}

void SocketHandler::disconnect(const Error &error)
{
    m_socketError = error;
    m_socket.reset();
    if (m_fresh)
        m_retry.failed(m_retry.now());
}

Status SocketHandler::makePickle(const LogRecord &record, std::string &out)
{
    // Exception information that came as text is what CPython's formatter would have made of a real one.
    const Value information = record[Attribute::ExcInfo];
    if (!information.isText() || record[Attribute::ExcText].truth())
        return m_writer.makePickle(record, out);
    LogRecord copy = record;
    copy.set(Attribute::ExcText, information);
    return m_writer.makePickle(copy, out);
}

Status SocketHandler::appendJsonLine(const LogRecord &record, std::string &out)
{
    m_message.clear();
    if (Status status = appendMessage(record, m_message); !status)
        return status;
    LogRecord copy = record;
    copy.set(Attribute::Msg, Value::text(m_message));
    copy.set(Attribute::Args, Value::none());
    appendJson(copy, out);
    out += '\n';
    return {};
}

Status SocketHandler::emit(const LogRecord &record)
{
    const LogRecord *const one = &record;
    emitBatch(RecordSpan(&one, 1));
    return {};
}

void SocketHandler::emitBatch(RecordSpan records)
{
    const auto sendAll = [this] {
        if (!m_ends.empty())
            sendFrames();
        m_ends.clear();
        m_frames.clear();
        if (m_frames.capacity() > maxBytesKept)
            m_frames = {};
    };
    for (const LogRecord *record : records) {
        const Status status = m_options.format == Format::Json ? appendJsonLine(*record, m_frames)
                                                               : makePickle(*record, m_frames);
        if (!status) {
            // What came before leaves before: the error may close the connection.
            sendAll();
            handleError(record, status.error());
            continue;
        }
        m_ends.push_back({record, m_frames.size()});
        if (m_frames.size() >= maxBytesAtOnce)
            sendAll();
    }
    sendAll();
}

std::string_view SocketHandler::frame(std::size_t index) const
{
    const std::size_t begin = index == 0 ? 0 : m_ends[index - 1].end;
    return std::string_view(m_frames).substr(begin, m_ends[index].end - begin);
}

void SocketHandler::sendFrames()
{
    if (m_socket && m_socket->hasEnded())
        m_socket.reset();
    keepOrLose(sendBacklog() ? sendFrom(0) : 0);
}

/// Sends frames from `first` on, and returns which is the first that has to wait.
std::size_t SocketHandler::sendFrom(std::size_t first)
{
    while (first < m_ends.size()) {
        if (!m_socket)
            createSocket();
        if (!m_socket)
            break;
        const std::size_t begin = m_ends[first].end - frame(first).size();
        const PeerSocket::Sent sent = m_socket->send(std::string_view(m_frames).substr(begin));
        for (; first < m_ends.size() && m_ends[first].end <= begin + sent.bytes; ++first) {
            m_fresh = false;
            m_retry.succeeded();
        }
        if (sent.status)
            continue;
        disconnect(sent.status.error());
        // Python's loss: the record whose sending has failed. The next one tries anew.
        if (m_options.keepUnsent == 0)
            handleError(m_ends[first++].record, m_socketError);
    }
    return first;
}

/// Sends what is kept; whether nothing is left of it.
bool SocketHandler::sendBacklog()
{
    while (!m_backlog.empty()) {
        if (!m_socket)
            createSocket();
        if (!m_socket)
            return false;
        m_resent.clear();
        m_backlog.copyFront(m_resent, maxBytesAtOnce);
        const PeerSocket::Sent sent = m_socket->send(m_resent);
        if (m_backlog.sent(sent.bytes) > 0) {
            m_fresh = false;
            m_retry.succeeded();
        }
        if (!sent.status)
            disconnect(sent.status.error());
    }
    return true;
}

void SocketHandler::keepOrLose(std::size_t first)
{
    if (first < m_ends.size() && m_options.keepUnsent > 0)
        startResender();
    for (; first < m_ends.size(); ++first) {
        if (m_options.keepUnsent == 0) {
            handleError(m_ends[first].record, m_socketError);
            continue;
        }
        m_backlog.add(frame(first), *m_ends[first].record, [this](const LogRecord &record) {
            handleError(&record, Error{"There was no more room to keep it until it could be sent. " +
                                       m_socketError.text});
        });
    }
}

void SocketHandler::handleError(const LogRecord *record, const Error &error)
{
    if (m_options.closeOnError)
        m_socket.reset();
    Handler::handleError(record, error);
}

void SocketHandler::flush()
{
    const Lock guard = lock();
    sendBacklog();
}

void SocketHandler::close()
{
    stopResender();
    const Lock guard = lock();
    if (!m_backlog.empty()) {
        if (!m_socket)
            connect();
        if (m_socket)
            sendBacklog();
        m_backlog.dropAll([this](const LogRecord &record) {
            handleError(&record, Error{"It had not been sent when the handler was closed. " + m_socketError.text});
        });
    }
    m_socket.reset();
}

void SocketHandler::takeOver(Handler &before)
{
    auto *other = dynamic_cast<SocketHandler *>(&before);
    if (!other || typeid(*other) != typeid(*this) || other->m_options.format != m_options.format || m_options.keepUnsent == 0)
        return;
    other->stopResender();
    const Lock mine = lock();
    const Lock theirs = other->lock();
    m_backlog.takeToFront(other->m_backlog, [this](const LogRecord &record) {
        handleError(&record, Error{"There was no more room to keep it until it could be sent."});
    });
    if (!m_backlog.empty())
        startResender();
}

void SocketHandler::startResender()
{
    if (m_resender)
        return;
    m_resender = std::make_shared<Resender>();
    m_resender->thread = std::thread([this, run = m_resender] { resend(run); });
}

void SocketHandler::stopResender()
{
    std::shared_ptr<Resender> run;
    {
        const Lock guard = lock();
        run = std::move(m_resender);
        m_resender.reset();
        if (!run)
            return;
        run->stopping = true;
        run->changed.notify_all();
    }
    // It may be this very thread, where an observer of errors closes the handler.
    if (run->thread.get_id() == std::this_thread::get_id())
        run->thread.detach();
    else
        run->thread.join();
}

void SocketHandler::resend(const std::shared_ptr<Resender> &run)
{
    Lock guard = lock();
    while (!run->stopping) {
        const auto period = std::chrono::duration<double>(std::max(m_retry.period(), 0.01));
        run->changed.wait_for(guard, period);
        if (!run->stopping)
            sendBacklog();
    }
}

namespace nodes {

namespace {

struct SocketHandlerConfig : SocketConfig
{
    std::optional<int> port = 9020;
    double timeout = 1;
    double retryStart = 1;
    double retryFactor = 2;
    double retryMax = 30;
    std::string format = "pickle";
    std::int64_t keepUnsent = 0;
};

NodeGuarantee guarantee(const SocketHandlerConfig &config, bool)
{
    using Loss = NodeGuarantee::Loss;
    const std::string unread = "is not told of what a connection took and the peer never read";
    NodeGuarantee guarantee;
    if (config.keepUnsent == 0) {
        guarantee.deadPeer = {Loss::Unbounded, "drops what it cannot send at once, counted, and " + unread};
        return guarantee;
    }
    const std::string room = bytesInWords(static_cast<std::uint64_t>(config.keepUnsent));
    guarantee.crash = {Loss::Bounded, "keeps up to " + room + " in memory while its peer is away", 0, room + " that could not be sent"};
    guarantee.deadPeer = {Loss::Unbounded, "keeps " + room + " and sends that later, drops the oldest beyond, counted, and " + unread};
    return guarantee;
}

sluice::SocketHandler::Options optionsOf(const SocketHandlerConfig &config, const NodeContext &context)
{
    sluice::SocketHandler::Options options;
    options.host = hostOrPath(config.host, config.port.has_value(), context);
    options.port = config.port;
    options.closeOnError = config.closeOnError;
    options.timeout = {config.timeout};
    options.retry.start = config.retryStart;
    options.retry.factor = config.retryFactor;
    options.retry.most = config.retryMax;
    options.format = config.format == "json" ? sluice::SocketHandler::Format::Json : sluice::SocketHandler::Format::Pickle;
    options.keepUnsent = static_cast<std::size_t>(config.keepUnsent);
    return options;
}

} // namespace

const NodeType &SocketHandler()
{
    static const auto node =
        handlerNode<SocketHandlerConfig>(
            "SocketHandler", "Sends records over TCP or a Unix socket, for a SocketReceiver or a program in Python",
            socketParams<SocketHandlerConfig>()
                .param(&SocketHandlerConfig::port, "port", "Port of the receiver; null for a Unix socket")
                .usual()
                .hint(ParamSpec::Hint::Port)
                .range(1, 65535)
                .param(&SocketHandlerConfig::timeout, "timeout", "How long the peer may take to answer and to read")
                .range(0.001, 3600)
                .unit("s")
                .param(&SocketHandlerConfig::retryStart, "retryStart",
                       "Time until a connection that failed is tried again")
                .range(0, 86400)
                .unit("s")
                .param(&SocketHandlerConfig::retryFactor, "retryFactor", "By how much that time grows each time")
                .range(1, 1000)
                .param(&SocketHandlerConfig::retryMax, "retryMax", "The longest time it grows to")
                .range(0, 86400)
                .unit("s")
                .param(&SocketHandlerConfig::format, "format",
                       "What is sent: pickle as Python does, or json, an object a line")
                .usual()
                .suggest({{"pickle", "as Python does"}, {"json", "an object a line"}})
                .oneOf({"pickle", "json"})
                .param(&SocketHandlerConfig::keepUnsent, "keepUnsent",
                       "Memory for records that cannot be sent now and are sent later; 0: they are dropped")
                .range(0, 1e12)
                .unit("bytes"),
            [](const SocketHandlerConfig &config, const NodeContext &context) -> Result<std::shared_ptr<Handler>> {
                return std::shared_ptr<Handler>(std::make_shared<sluice::SocketHandler>(optionsOf(config, context)));
            })
            .waitsForOthers()
            .guarantees(&guarantee)
            .rehearsedBy(configured<SocketHandlerConfig>(
                [](const SocketHandlerConfig &config, const NodeContext &context) -> Result<std::shared_ptr<Handler>> {
                    return std::shared_ptr<Handler>(std::make_shared<RehearsedSocketHandler>(
                        optionsOf(config, context), RehearsedSocketHandler::Kind::Stream, context.rehearsedOutput(context.id)));
                }))
            .triedBy("Test connection", tryConnection<SocketHandlerConfig>)
            .takesTestRecords(hurryUp<SocketHandlerConfig>)
            .describedBy([](const SocketHandlerConfig &config) { return peerInWords(config.host, config.port); });
    return node;
}

} // namespace nodes
} // namespace sluice
