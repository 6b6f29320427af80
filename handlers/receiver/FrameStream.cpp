#include "receiver/FrameStream.h"

#include "wire/ShortRepr.h"

#include <algorithm>
#include <utility>

namespace sluice {

namespace {

constexpr std::size_t prefixBytes = 4;

std::size_t frameBytes(std::string_view prefix)
{
    const auto byte = [&](std::size_t i) { return std::size_t{static_cast<unsigned char>(prefix[i])}; };
    return byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
}

} // namespace

FrameStream::FrameStream(FrameWorkshop &workshop, RecordSink &sink, std::string peer)
    : m_workshop(workshop), m_sink(sink), m_peer(std::move(peer)), m_buffer(workshop.buffers)
{
}

std::span<char> FrameStream::space()
{
    const std::string_view pending = m_buffer.pending();
    return m_buffer.space(pending.size() < prefixBytes ? 0 : prefixBytes + frameBytes(pending));
}

bool FrameStream::take(std::size_t bytes)
{
    m_buffer.commit(bytes);
    std::shared_ptr<LogRecordBatch> batch;
    const bool taken = decode(batch) && deliver(batch);
    m_buffer.release();
    return taken;
}

bool FrameStream::decode(std::shared_ptr<LogRecordBatch> &batch)
{
    const Nanoseconds received = wallClock();
    for (;;) {
        if (m_skip) {
            const std::size_t skipped = std::min(m_skip, m_buffer.pending().size());
            m_buffer.consume(skipped);
            m_skip -= skipped;
        }
        const std::string_view pending = m_buffer.pending();
        if (pending.size() < prefixBytes)
            return true;
        const std::size_t size = frameBytes(pending);
        if (size > m_workshop.maxFrame) {
            reject("A frame of " + std::to_string(size) + " bytes is longer than the limit of " +
                       std::to_string(m_workshop.maxFrame) + " bytes.",
                   pending);
            m_buffer.consume(prefixBytes);
            m_skip = size;
            continue;
        }
        if (pending.size() - prefixBytes < size)
            return true;
        const std::string_view pickle = pending.substr(prefixBytes, size);
        m_buffer.consume(prefixBytes + size);
        if (size == 0)
            continue;
        if (batch && batch->size() == maxBatchRecords && !deliver(batch))
            return false;
        if (!batch) {
            batch = m_workshop.batches.acquire();
            batch->retain(m_buffer.owner());
        }
        if (const Status status = m_workshop.reader.read(pickle, *batch, received); !status)
            reject(status.error().text, pickle);
    }
}

bool FrameStream::deliver(std::shared_ptr<LogRecordBatch> &batch)
{
    std::shared_ptr<LogRecordBatch> full = std::exchange(batch, nullptr);
    return !full || full->empty() || m_sink.accept(std::move(full), m_peer);
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
    ShortRepr sample(200);
    sample.append(Value::bytes(frame.substr(0, 100)));
    m_sink.reject(m_peer, reason, sample.text());
}

} // namespace sluice
