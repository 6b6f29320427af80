#include "receiver/SyslogWorkshop.h"

#include "base/Utf8.h"
#include "wire/ShortRepr.h"

#include <cstring>
#include <utility>

namespace sluice {

SyslogWorkshop::SyslogWorkshop(RecordSink &sink, std::size_t maxMessageBytes) : maxMessage(maxMessageBytes), m_sink(sink)
{
}

bool SyslogWorkshop::read(std::string_view message, const std::shared_ptr<const void> &owner)
{
    if (!m_batch)
        m_batch = m_batches.acquire();
    if (!m_reader.read(message, *m_batch, wallClock()))
        return false;
    if (m_retained != owner) {
        m_batch->retain(owner);
        m_retained = owner;
    }
    return true;
}

bool SyslogWorkshop::deliver(std::string_view peer)
{
    std::shared_ptr<LogRecordBatch> full = std::exchange(m_batch, nullptr);
    m_retained.reset();
    return !full || full->empty() || m_sink.accept(std::move(full), peer);
}

bool SyslogWorkshop::takeDatagrams(std::span<const Datagram> datagrams)
{
    const Datagram *last = nullptr;
    for (const Datagram &datagram : datagrams) {
        if (((last && last->peer != datagram.peer) || isFull()) && !deliver(*last->peer))
            return false;
        last = &datagram;
        // Records keep their buffer, so messages move from the socket's large places together into a small one.
        const std::span<char> room = m_datagrams.space(datagram.bytes.size());
        if (room.size() < datagram.bytes.size()) {
            const auto own = std::make_shared<std::vector<char>>(datagram.bytes.begin(), datagram.bytes.end());
            read(std::string_view(own->data(), own->size()), own);
            continue;
        }
        std::memcpy(room.data(), datagram.bytes.data(), datagram.bytes.size());
        m_datagrams.commit(datagram.bytes.size());
        if (!read(m_datagrams.pending(), m_datagrams.owner()))
            reject(*datagram.peer, "A datagram holds no message.", datagram.bytes);
        m_datagrams.consume(datagram.bytes.size());
    }
    m_datagrams.release();
    return !last || deliver(*last->peer);
}

void SyslogWorkshop::reject(std::string_view peer, std::string_view reason, std::string_view text)
{
    ShortRepr sample(200);
    const std::string beginning = utf8::sanitized(text.substr(0, 100));
    sample.append(Value::text(beginning));
    m_sink.reject(peer, reason, sample.text());
}

} // namespace sluice
