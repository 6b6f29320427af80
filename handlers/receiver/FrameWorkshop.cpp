#include "receiver/FrameWorkshop.h"

#include "wire/ShortRepr.h"

#include <algorithm>
#include <utility>

namespace sluice {

namespace {

/// Who allows long frames wants them read.
PickleLimits limitsFor(std::size_t maxFrameBytes)
{
    PickleLimits limits;
    limits.maxExpandedBytes = std::max(limits.maxExpandedBytes, 2 * maxFrameBytes);
    return limits;
}

} // namespace

std::size_t frameBytes(std::string_view prefix)
{
    const auto byte = [&](std::size_t i) { return std::size_t{static_cast<unsigned char>(prefix[i])}; };
    return byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
}

std::size_t wholeFrames(std::string_view bytes, std::size_t maxFrame)
{
    std::size_t at = 0;
    while (bytes.size() - at >= framePrefixBytes) {
        const std::size_t size = frameBytes(bytes.substr(at));
        if (size > maxFrame || bytes.size() - at - framePrefixBytes < size)
            break;
        at += framePrefixBytes + size;
    }
    return at;
}

void rejectFrame(RecordSink &sink, std::string_view peer, std::string_view reason, std::string_view frame)
{
    ShortRepr sample(200);
    sample.append(Value::bytes(frame.substr(0, 100)));
    sink.reject(peer, reason, sample.text());
}

FrameWorkshop::FrameWorkshop(std::size_t maxFrameBytes) : maxFrame(maxFrameBytes), m_reader(limitsFor(maxFrameBytes)) {}

bool FrameWorkshop::decodeNow(const FrameRun &run)
{
    const Nanoseconds received = wallClock();
    std::shared_ptr<LogRecordBatch> batch;
    const auto deliver = [&] {
        std::shared_ptr<LogRecordBatch> full = std::exchange(batch, nullptr);
        return !full || full->empty() || run.sink->accept(std::move(full), *run.peer);
    };
    for (std::size_t at = 0; at < run.bytes.size();) {
        const std::size_t size = frameBytes(run.bytes.substr(at));
        const std::string_view pickle = run.bytes.substr(at + framePrefixBytes, size);
        at += framePrefixBytes + size;
        if (size == 0)
            continue;
        if (batch && batch->size() == maxBatchRecords && !deliver())
            return false;
        if (!batch) {
            batch = m_batches.acquire();
            batch->retain(run.owner);
        }
        if (const Status status = m_reader.read(pickle, *batch, received); !status)
            rejectFrame(*run.sink, *run.peer, status.error().text, pickle);
    }
    return deliver();
}

} // namespace sluice
