#include "receiver/DatagramFrames.h"

#include <algorithm>
#include <cstring>

namespace sluice {

bool DatagramFrames::take(std::span<const Datagram> datagrams)
{
    for (const Datagram &datagram : datagrams) {
        if (const std::string reason = problem(datagram.bytes); !reason.empty()) {
            rejectFrame(m_sink, *datagram.peer, reason, datagram.bytes);
            continue;
        }
        const bool fits = m_buffer && m_buffer->size() - m_end >= datagram.bytes.size();
        if ((!fits || datagram.peer != m_peer) && !decode())
            return false;
        if (!fits) {
            m_buffer = datagram.bytes.size() <= StreamBuffer::bufferBytes
                           ? m_workshop.buffers.acquire()
                           : std::make_shared<std::vector<char>>(datagram.bytes.size());
            m_begin = m_end = 0;
        }
        m_peer = datagram.peer;
        std::memcpy(m_buffer->data() + m_end, datagram.bytes.data(), datagram.bytes.size());
        m_end += datagram.bytes.size();
    }
    return decode();
}

bool DatagramFrames::decode()
{
    if (m_begin == m_end)
        return true;
    const std::string_view bytes(m_buffer->data() + m_begin, m_end - m_begin);
    m_begin = m_end;
    return m_workshop.decode({m_buffer, bytes, m_peer, &m_sink});
}

std::string DatagramFrames::problem(std::string_view datagram)
{
    if (datagram.size() < framePrefixBytes)
        return "A datagram of " + std::to_string(datagram.size()) + " bytes is too short for a length and a pickle.";
    const std::size_t said = frameBytes(datagram);
    const std::size_t come = datagram.size() - framePrefixBytes;
    if (said != come)
        return "A datagram says that " + std::to_string(said) + " bytes follow its length, and " +
               std::to_string(come) + " did.";
    if (come == 0)
        return "A datagram holds no pickle.";
    return {};
}

} // namespace sluice
