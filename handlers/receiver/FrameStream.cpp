#include "receiver/FrameStream.h"

#include <algorithm>

namespace sluice {

FrameStream::FrameStream(FrameWorkshop &workshop, RecordSink &sink, std::string peer)
    : m_workshop(workshop), m_sink(sink), m_peer(std::make_shared<const std::string>(std::move(peer))),
      m_buffer(workshop.buffers)
{
}

std::span<char> FrameStream::space()
{
    const std::string_view pending = m_buffer.pending();
    return m_buffer.space(pending.size() < framePrefixBytes ? 0 : framePrefixBytes + frameBytes(pending));
}

bool FrameStream::take(std::size_t bytes)
{
    m_buffer.commit(bytes);
    bool taken = true;
    while (taken) {
        if (m_skip) {
            const std::size_t skipped = std::min(m_skip, m_buffer.pending().size());
            m_buffer.consume(skipped);
            m_skip -= skipped;
        }
        const std::string_view pending = m_buffer.pending();
        const std::size_t whole = wholeFrames(pending, m_workshop.maxFrame);
        taken = whole == 0 || m_workshop.decode({m_buffer.owner(), pending.substr(0, whole), m_peer, &m_sink});
        m_buffer.consume(whole);
        if (whole)
            completeOne();
        // What is behind them is the beginning of a frame, or one that is too long.
        const std::string_view rest = pending.substr(whole);
        if (rest.size() < framePrefixBytes || frameBytes(rest) <= m_workshop.maxFrame)
            break;
        reject("A frame of " + std::to_string(frameBytes(rest)) + " bytes is longer than the limit of " +
                   std::to_string(m_workshop.maxFrame) + " bytes.",
               rest);
        m_skip = frameBytes(rest);
        m_buffer.consume(framePrefixBytes);
    }
    m_buffer.release();
    return taken;
}

void FrameStream::end(std::string_view reason)
{
    const std::string_view pending = m_buffer.pending();
    if (!pending.empty() || m_skip)
        reject(std::string(reason) + " in the middle of a frame.", pending);
    m_buffer.consume(pending.size());
    m_buffer.release();
    m_skip = 0;
}

void FrameStream::reject(std::string_view reason, std::string_view frame)
{
    rejectFrame(m_sink, *m_peer, reason, frame);
}

} // namespace sluice
