#include "receiver/DatagramListener.h"

#include "base/StringHash.h"
#include "receiver/DatagramIo.h"
#include "receiver/IoThread.h"
#include "receiver/UnixSocketFile.h"

#include <QSocketNotifier>
#include <QTimer>

#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sluice {

namespace {

/// What UDP can carry, and how many of that are read at a time.
constexpr std::size_t udpBytes = 64 * 1024;
constexpr std::size_t udpSlots = 32;
/// A Unix datagram may be as large as the sender's buffer.
constexpr std::size_t unixBytes = 1024 * 1024;
constexpr std::size_t unixSlots = 8;

/// More names than this only an attack has; they are then made anew.
constexpr std::size_t maxPeers = 4096;

constexpr int dropCheckMilliseconds = 500;

/// Who sent what never reached us is not known.
constexpr std::string_view unknownPeer = "unknown senders";

} // namespace

/// Lives on the I/O thread.
class DatagramListener::Server final : public QObject
{
public:
    Server(RecordSink &sink, Take take) : m_sink(sink), m_take(std::move(take)) {}

    ~Server() override
    {
        if (m_notifier) {
            m_notifier->setEnabled(false);
            // What was there when the end came; a sender that never stops is not waited for.
            for (int rounds = 0; rounds < 4096 && readOnce(); ++rounds) {
            }
            checkDrops();
        }
        if (m_owned)
            socketio::close(*m_owned);
    }

    Result<std::uint16_t> listenAt(const QHostAddress &host, const ListenAddress &address, std::size_t receiveBuffer)
    {
        std::uint16_t port = 0;
        const auto descriptor = datagramio::openUdp(host, address, port);
        if (!descriptor)
            return descriptor.error();
        m_owned = *descriptor;
        begin(*descriptor, udpSlots, udpBytes, receiveBuffer);
        return port;
    }

    Status listenAtPath(const ListenAddress &address, std::size_t receiveBuffer)
    {
        auto file = UnixSocketFile::bind(address, UnixSocketFile::Kind::Datagram);
        if (!file)
            return file.error();
        m_file = std::move(*file);
        m_pathPeer = std::make_shared<const std::string>(address.name);
        begin(m_file->descriptor(), unixSlots, unixBytes, receiveBuffer);
        return {};
    }

private:
    void begin(socketio::Descriptor descriptor, std::size_t slots, std::size_t bytes, std::size_t receiveBuffer)
    {
        m_descriptor = descriptor;
        datagramio::setReceiveBuffer(descriptor, receiveBuffer);
        m_memory = std::make_unique_for_overwrite<char[]>(slots * bytes);
        m_slots.resize(slots);
        for (std::size_t i = 0; i < slots; ++i)
            m_slots[i].room = std::span(m_memory.get() + i * bytes, bytes);
        m_notifier = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { read(); });
        connect(&m_dropTimer, &QTimer::timeout, this, [this] { checkDrops(); });
        m_dropTimer.start(dropCheckMilliseconds);
    }

    void read()
    {
        // A flood is read on without a way through the event loop each time, but others get their turn.
        constexpr int readsAtATime = 16;
        for (int i = 0; i < readsAtATime && readOnce(); ++i) {
        }
    }

    /// Whether there may be more.
    bool readOnce()
    {
        const std::size_t count = datagramio::receive(m_descriptor, m_slots);
        m_datagrams.clear();
        for (const datagramio::Slot &slot : std::span(m_slots).first(count)) {
            std::shared_ptr<const std::string> peer = peerOf(slot);
            if (slot.isCut)
                m_sink.reject(*peer, "A datagram is longer than " + std::to_string(slot.room.size()) + " bytes.", {});
            else
                m_datagrams.push_back({slot.bytes, std::move(peer)});
        }
        if (!m_datagrams.empty() && !m_take(m_datagrams)) {
            m_notifier->setEnabled(false);
            return false;
        }
        return count == m_slots.size();
    }

    std::shared_ptr<const std::string> peerOf(const datagramio::Slot &slot)
    {
        if (m_pathPeer)
            return m_pathPeer;
        const std::string_view address(slot.address.data(), slot.addressBytes);
        const auto known = m_peers.find(address);
        if (known != m_peers.end())
            return known->second;
        if (m_peers.size() >= maxPeers)
            m_peers.clear();
        return m_peers
            .emplace(std::string(address), std::make_shared<const std::string>(datagramio::addressText(address)))
            .first->second;
    }

    void checkDrops()
    {
        const std::uint32_t dropped = datagramio::dropped(m_descriptor);
        const std::uint32_t more = dropped - std::exchange(m_dropped, dropped); // right even when the count turns over
        if (more)
            m_sink.lost(unknownPeer, more, "The system dropped datagrams, since they came faster than they were taken.");
    }

    RecordSink &m_sink;
    const Take m_take;
    std::unique_ptr<UnixSocketFile> m_file;
    std::optional<socketio::Descriptor> m_owned;
    socketio::Descriptor m_descriptor = -1;
    std::unique_ptr<char[]> m_memory;
    std::vector<datagramio::Slot> m_slots;
    std::vector<Datagram> m_datagrams;
    std::shared_ptr<const std::string> m_pathPeer;
    std::unordered_map<std::string, std::shared_ptr<const std::string>, StringHash, std::equal_to<>> m_peers;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_dropTimer;
    std::uint32_t m_dropped = 0;
};

DatagramListener::DatagramListener(IoThread &thread, RecordSink &sink, Take take) : m_thread(thread)
{
    m_thread.call([&] { m_server = std::make_unique<Server>(sink, std::move(take)); });
}

DatagramListener::~DatagramListener()
{
    m_thread.call([this] { m_server.reset(); });
}

Status DatagramListener::listen(const ListenAddress &address, std::size_t receiveBuffer)
{
    Status status;
    if (!address.path.empty()) {
        m_thread.call([&] { status = m_server->listenAtPath(address, receiveBuffer); });
        m_endpoint = address.name;
        if (status)
            m_held.emplace(Transport::Datagram, address);
        return status;
    }
    const Result<QHostAddress> host = listenHost(address.host);
    if (!host)
        return host.error();
    m_thread.call([&] {
        const Result<std::uint16_t> port = m_server->listenAt(*host, address, receiveBuffer);
        if (port)
            m_port = *port;
        else
            status = port.error();
    });
    m_endpoint = endpointText(address.host.empty() ? "127.0.0.1" : address.host, m_port);
    if (status) {
        ListenAddress bound = address;
        bound.port = m_port;
        m_held.emplace(Transport::Datagram, std::move(bound));
    }
    return status;
}

} // namespace sluice
