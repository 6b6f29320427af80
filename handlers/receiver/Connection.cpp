#include "receiver/Connection.h"

#include <utility>

namespace sluice {

namespace {

/// Who sends this much within the limit is slow, and no more than that.
constexpr std::uint64_t progressBytes = 64 * 1024;

/// So much is read for nothing while closing.
constexpr std::uint64_t maxDiscarded = 4 * 1024 * 1024;

} // namespace

Connection::Connection(std::string peer, std::shared_ptr<PeerMemory> memory)
    : m_peer(std::move(peer)), m_memory(std::move(memory))
{
}

Connection::~Connection() { m_memory->held -= m_held; }

void Connection::start(std::unique_ptr<ConnectionStream> stream, std::function<void()> closed)
{
    m_stream = std::move(stream);
    m_closed = std::move(closed);
    begin();
}

bool Connection::received(std::size_t bytes)
{
    m_drained = false;
    m_received += bytes;
    if (isClosing()) {
        m_discarded += bytes;
        if (m_discarded > maxDiscarded)
            finish({});
        return !m_over;
    }
    if (!m_stream->take(bytes)) {
        finish({});
        return false;
    }
    account();
    if (m_held && m_memory->held > m_memory->limit) {
        finish("The peer's unfinished messages took more than " + std::to_string(m_memory->limit) +
               " bytes, and the connection was cut off");
        return false;
    }
    return !m_over;
}

void Connection::drained()
{
    m_drained = true;
    if (isClosing())
        return;
    if (!m_stream->take(0))
        finish({});
    account();
}

void Connection::account()
{
    const std::size_t held = m_over ? 0 : m_stream->held();
    m_memory->held += held - m_held;
    m_held = held;
}

void Connection::close()
{
    if (m_over || isClosing())
        return;
    m_closingSince = Clock::now();
    leave();
}

void Connection::finish(std::string_view reason)
{
    if (std::exchange(m_over, true))
        return;
    halt();
    if (!reason.empty() && !isClosing())
        m_stream->end(reason);
    account();
    m_closed();
}

bool Connection::isUseless(Clock::time_point now, std::chrono::milliseconds grace)
{
    if (!m_over && now - m_began < grace)
        return false;
    if (!m_over && !isClosing() && m_stream->completed() == 0)
        read();
    return m_over || isClosing() || m_stream->completed() == 0;
}

void Connection::cutOff(std::string_view reason) { finish(reason); }

void Connection::checkProgress(Clock::time_point now, std::chrono::seconds limit)
{
    if (m_over)
        return;
    if (isClosing()) {
        if (now - *m_closingSince >= limit)
            finish({});
        return;
    }
    // What waits for us to read it is not the peer's fault.
    const bool isUnfinished = m_drained && (m_stream->held() > 0 || isSettingUp());
    if (!isUnfinished) {
        m_unfinishedSince.reset();
    } else if (!m_unfinishedSince || m_completedThen != m_stream->completed() ||
               m_received - m_receivedThen >= progressBytes) {
        m_unfinishedSince = now;
        m_completedThen = m_stream->completed();
        m_receivedThen = m_received;
    } else if (now - *m_unfinishedSince >= limit) {
        finish("The connection stood still for " + std::to_string(limit.count()) + " s");
    }
}

} // namespace sluice
