#include "receiver/ConnectionListener.h"

#include "base/StringHash.h"
#include "receiver/IoThread.h"
#include "receiver/SocketConnection.h"
#include "receiver/TlsConnection.h"
#include "receiver/UnixSocketFile.h"

#include <QNetworkProxy>
#include <QTcpServer>
#include <QTimer>

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sluice {

namespace {

constexpr int retryMilliseconds = 500;

Error listenError(const QTcpServer &server, const ListenAddress &address)
{
    const std::string port = "Port " + std::to_string(address.port);
    switch (server.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return {port + " on " + address.host + " is in use by another program."};
    case QAbstractSocket::SocketAccessError:
        return {port + " on " + address.host + " may not be listened on with this user's rights."};
    case QAbstractSocket::SocketAddressNotAvailableError:
        return {address.host + " is no address of this machine."};
    default:
        return {port + " on " + address.host + " cannot be listened on: " + server.errorString().toStdString() +
                "."};
    }
}

} // namespace

/// Accepts connections. Lives on the I/O thread.
class ConnectionListener::Server final : public QTcpServer
{
public:
    Server(RecordSink &sink, ConnectionLimits limits, MakeStream makeStream)
        : m_sink(sink), m_limits(limits), m_makeStream(std::move(makeStream))
    {
        // A listener has no use for the system's proxy, and asking for it takes its time.
        setProxy(QNetworkProxy::NoProxy);
        // QTcpServer stops accepting then; most likely there are too many open files, which passes.
        connect(this, &QTcpServer::acceptError, this, [this] {
            setFault("A connection could not be accepted: " + errorString().toStdString() + ".");
            QTimer::singleShot(retryMilliseconds, this, [this] { resumeAccepting(); });
        });
        connect(&m_progressTimer, &QTimer::timeout, this, [this] { checkProgress(); });
        m_progressTimer.setInterval(std::clamp<std::chrono::milliseconds>(
            m_limits.stall / 10, std::chrono::milliseconds(50), std::chrono::seconds(5)));
    }

    Status listenAt(const QHostAddress &host, const ListenAddress &address, std::optional<QSslConfiguration> tls)
    {
        m_tls = std::move(tls);
        if (!QTcpServer::listen(host, address.port))
            return listenError(*this, address);
        return {};
    }

    Status listenAtPath(const ListenAddress &address)
    {
        auto file = UnixSocketFile::bind(address, UnixSocketFile::Kind::Stream);
        if (!file)
            return file.error();
        m_file = std::move(*file);
        m_fileName = address.name;
        m_fileNotifier = std::make_unique<QSocketNotifier>(m_file->descriptor(), QSocketNotifier::Read);
        connect(m_fileNotifier.get(), &QSocketNotifier::activated, this, [this] { acceptFromFile(); });
        return {};
    }

    void stopListening()
    {
        if (m_file) {
            m_fileNotifier->setEnabled(false);
            acceptFromFile();
            m_fileNotifier.reset();
            m_file.reset();
            return;
        }
        // Who has connected must not be thrown out before he is heard. Unlike signals, this accepts at once.
        (void)waitForNewConnection(0);
        QTcpServer::close();
    }

protected:
    void incomingConnection(qintptr descriptor) override { add(descriptor, socketio::peerAddress(descriptor)); }

private:
    struct Numbered
    {
        std::uint64_t number = 0;
        std::unique_ptr<Connection> connection;
    };

    void acceptFromFile()
    {
        for (;;) {
            const auto accepted = m_file->accept();
            if (!accepted) {
                setFault(accepted.error().text);
                m_fileNotifier->setEnabled(false);
                QTimer::singleShot(retryMilliseconds, this, [this] {
                    if (m_fileNotifier)
                        m_fileNotifier->setEnabled(true);
                });
                return;
            }
            if (!*accepted)
                return;
            add(**accepted, m_fileName);
        }
    }

    void add(socketio::Descriptor descriptor, std::string peer)
    {
        if (m_connections.size() >= m_limits.connections && !makeRoom()) {
            socketio::close(descriptor);
            setFault("A connection from " + peer + " was refused, since " + std::to_string(m_limits.connections) +
                     " are open already.");
            return;
        }
        clearFault();
        const std::uint64_t number = m_nextNumber++;
        std::shared_ptr<PeerMemory> memory = memoryOf(peer);
        std::unique_ptr<Connection> made;
        if (m_tls)
            made = std::make_unique<TlsConnection>(descriptor, *m_tls, m_sink, std::move(peer), std::move(memory));
        else
            made = std::make_unique<SocketConnection>(descriptor, std::move(peer), std::move(memory));
        Connection &connection = *made;
        m_connections.push_back({number, std::move(made)});
        if (!m_progressTimer.isActive())
            m_progressTimer.start();
        connection.start(m_makeStream(connection), [this, number] {
            // Queued: the connection is still in its own function.
            QMetaObject::invokeMethod(this, [this, number] { remove(number); }, Qt::QueuedConnection);
        });
    }

    /// Takes the place of the oldest connection that has never sent anything whole.
    bool makeRoom()
    {
        const auto now = Connection::Clock::now();
        const auto useless = std::ranges::find_if(
            m_connections, [&](const Numbered &one) { return one.connection->isUseless(now, m_limits.grace); });
        if (useless == m_connections.end())
            return false;
        useless->connection->cutOff("The connection had to make room for another");
        m_connections.erase(useless);
        return true;
    }

    void remove(std::uint64_t number)
    {
        std::erase_if(m_connections, [&](const Numbered &one) { return one.number == number; });
        clearFault();
        if (m_connections.empty()) {
            m_progressTimer.stop();
            m_memories.clear();
        }
    }

    std::shared_ptr<PeerMemory> memoryOf(const std::string &peer)
    {
        std::erase_if(m_memories, [](const auto &entry) { return entry.second.expired(); });
        std::shared_ptr<PeerMemory> memory = m_memories[peer].lock();
        if (!memory) {
            memory = std::make_shared<PeerMemory>(PeerMemory{0, m_limits.peerMemory});
            m_memories[peer] = memory;
        }
        return memory;
    }

    void checkProgress()
    {
        const auto now = Connection::Clock::now();
        for (const Numbered &one : m_connections)
            one.connection->checkProgress(now, m_limits.stall);
    }

    void setFault(const std::string &sentence)
    {
        m_sink.setFault(sentence);
        m_hasFault = true;
    }

    void clearFault()
    {
        if (std::exchange(m_hasFault, false))
            m_sink.setFault({});
    }

    RecordSink &m_sink;
    const ConnectionLimits m_limits;
    const MakeStream m_makeStream;
    std::optional<QSslConfiguration> m_tls;
    std::unique_ptr<UnixSocketFile> m_file;
    std::string m_fileName;
    std::unique_ptr<QSocketNotifier> m_fileNotifier;
    std::unordered_map<std::string, std::weak_ptr<PeerMemory>> m_memories;
    std::vector<Numbered> m_connections; ///< the oldest first
    std::uint64_t m_nextNumber = 0;
    QTimer m_progressTimer;
    bool m_hasFault = false;
};

ConnectionListener::ConnectionListener(IoThread &thread, RecordSink &sink, ConnectionLimits limits,
                                       MakeStream makeStream)
    : m_thread(thread)
{
    m_thread.call([&] { m_server = std::make_unique<Server>(sink, limits, std::move(makeStream)); });
}

ConnectionListener::~ConnectionListener()
{
    m_thread.call([this] { m_server.reset(); });
}

void ConnectionListener::stopListening()
{
    m_thread.call([this] { m_server->stopListening(); });
    m_held.reset();
}

Status ConnectionListener::listen(const ListenAddress &address, std::optional<QSslConfiguration> tls)
{
    Status status;
    if (!address.path.empty()) {
        m_thread.call([&] { status = m_server->listenAtPath(address); });
        m_endpoint = address.name;
        if (status)
            m_held.emplace(Transport::Stream, address);
        return status;
    }
    const Result<QHostAddress> host = listenHost(address.host);
    if (!host)
        return host.error();
    m_thread.call([&] {
        status = m_server->listenAt(*host, address, std::move(tls));
        m_port = m_server->serverPort();
    });
    m_endpoint = endpointText(address.host.empty() ? "127.0.0.1" : address.host, m_port);
    if (status) {
        ListenAddress bound = address;
        bound.port = m_port;
        m_held.emplace(Transport::Stream, std::move(bound));
    }
    return status;
}

} // namespace sluice
