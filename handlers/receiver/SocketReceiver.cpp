#include "receiver/SocketReceiver.h"

#include "node/Node.h"
#include "receiver/FrameDecodingThread.h"
#include "receiver/FrameStream.h"
#include "receiver/IoThread.h"
#include "receiver/SocketConnection.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QTcpServer>
#include <QTimer>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace sluice {

namespace {

constexpr int retryMilliseconds = 500;

std::string endpointText(const std::string &host, std::uint16_t port)
{
    const bool needsBrackets = host.find(':') != std::string::npos;
    return (needsBrackets ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::optional<QHostAddress> addressOf(const std::string &host)
{
    // Nothing listens beyond this machine unasked, and an empty field asks for nothing.
    if (host.empty() || host == "localhost")
        return QHostAddress(QHostAddress::LocalHost);
    const QString name = QString::fromStdString(host);
    if (const QHostAddress address(name); !address.isNull())
        return address;
    const QList<QHostAddress> found = QHostInfo::fromName(name).addresses();
    if (found.isEmpty())
        return std::nullopt;
    return found.first();
}

std::string listenError(const QTcpServer &server, const SocketReceiverConfig &config)
{
    const std::string port = "Port " + std::to_string(config.port);
    switch (server.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return port + " on " + config.host + " is in use by another program.";
    case QAbstractSocket::SocketAccessError:
        return port + " on " + config.host + " may not be listened on with this user's rights.";
    case QAbstractSocket::SocketAddressNotAvailableError:
        return config.host + " is no address of this machine.";
    default:
        return port + " on " + config.host + " cannot be listened on: " + server.errorString().toStdString() +
               ".";
    }
}

} // namespace

/// Accepts connections. Lives on the I/O thread.
class SocketReceiver::Server final : public QTcpServer
{
public:
    Server(const SocketReceiverConfig &config, RecordSink &sink)
        : m_config(config), m_sink(sink), m_workshop(config.maxFrame)
    {
        // QTcpServer stops accepting then; most likely there are too many open files, which passes.
        connect(this, &QTcpServer::acceptError, this, [this] {
            m_sink.setFault("A connection could not be accepted: " + errorString().toStdString() + ".");
            m_hasFault = true;
            QTimer::singleShot(retryMilliseconds, this, [this] { resumeAccepting(); });
        });
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        std::string peer = socketio::peerAddress(descriptor);
        if (m_connections.size() >= m_config.maxConnections) {
            socketio::close(descriptor);
            m_sink.setFault("A connection from " + peer + " was refused, since " +
                            std::to_string(m_config.maxConnections) + " are open already.");
            m_hasFault = true;
            return;
        }
        clearFault();
        const std::uint64_t number = m_nextNumber++;
        m_connections.push_back({number, std::make_unique<SocketConnection>(
                                             descriptor, m_workshop, m_sink, std::move(peer),
                                             // Queued: the connection is still in its own function.
                                             [this, number] {
                                                 QMetaObject::invokeMethod(
                                                     this, [this, number] { remove(number); },
                                                     Qt::QueuedConnection);
                                             })});
    }

private:
    struct Numbered
    {
        std::uint64_t number = 0;
        std::unique_ptr<SocketConnection> connection;
    };

    void remove(std::uint64_t number)
    {
        std::erase_if(m_connections, [&](const Numbered &one) { return one.number == number; });
        clearFault();
    }

    void clearFault()
    {
        if (std::exchange(m_hasFault, false))
            m_sink.setFault({});
    }

    const SocketReceiverConfig &m_config;
    RecordSink &m_sink;
    FrameDecodingThread m_workshop;
    std::vector<Numbered> m_connections;
    std::uint64_t m_nextNumber = 0;
    bool m_hasFault = false;
};

struct SocketReceiver::Running
{
    std::unique_ptr<Server> server; ///< made and deleted on the thread
    IoThread thread;
};

SocketReceiver::SocketReceiver(SocketReceiverConfig config) : m_config(std::move(config)) {}

SocketReceiver::~SocketReceiver() { stop(); }

Status SocketReceiver::start(RecordSink &sink)
{
    stop();
    const std::optional<QHostAddress> address = addressOf(m_config.host);
    if (!address)
        return Error{"The host " + m_config.host + " is not known."};

    auto running = std::make_unique<Running>();
    std::optional<Error> error;
    running->thread.call([&] {
        running->server = std::make_unique<Server>(m_config, sink);
        if (running->server->listen(*address, m_config.port)) {
            m_port = running->server->serverPort();
        } else {
            error = Error{listenError(*running->server, m_config)};
            running->server.reset();
        }
    });
    if (error)
        return *error;
    m_endpoint = endpointText(m_config.host.empty() ? "127.0.0.1" : m_config.host, m_port);
    m_running = std::move(running);
    return {};
}

void SocketReceiver::stop()
{
    if (!m_running)
        return;
    m_running->thread.call([this] { m_running->server.reset(); });
    m_running.reset();
}

namespace nodes {

const NodeType &SocketReceiver()
{
    using Config = SocketReceiverConfig;
    static const auto node =
        Node<Config>(
            NodeKind::Receiver, "SocketReceiver", "Receives records from Python's SocketHandler over TCP",
            Params<Config>()
                .param(&Config::host, "host",
                       "Address to listen on; 0.0.0.0 or :: takes connections from other machines")
                .param(&Config::port, "port", "Port to listen on; 0 takes any that is free")
                .range(0, 65535)
                .param(&Config::maxFrame, "maxFrame", "Longest pickle that is read; longer ones are rejected")
                .range(1024, 1024.0 * 1024 * 1024)
                .unit("bytes")
                .param(&Config::maxConnections, "maxConnections", "Connections at a time; more are refused")
                .range(1, 100000),
            [](const Config &config, const NodeContext &) -> Result<NodeType::Instance> {
                return NodeType::Instance(
                    std::shared_ptr<Receiver>(std::make_shared<sluice::SocketReceiver>(config)));
            })
            .describedBy([](const Config &config) { return endpointText(config.host, config.port); });
    return node;
}

} // namespace nodes
} // namespace sluice
