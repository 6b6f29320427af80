#pragma once

#include "receiver/BatchPool.h"
#include "receiver/ConnectionStream.h"
#include "receiver/FrameStream.h"
#include "receiver/FrameWorkshop.h"
#include "wire/CborReader.h"
#include "wire/CutelogFields.h"
#include "wire/JsonReader.h"
#include "wire/MessagePackReader.h"
#include "wire/PickleReader.h"
#include "wire/RecordBuilder.h"

#include <cstddef>
#include <memory>
#include <string_view>

namespace sluice {

/// What all connections of a CutelogReceiver share. For one thread, but buffers and batches come back from others.
struct CutelogWorkshop
{
    explicit CutelogWorkshop(std::size_t maxFrame) : maxFrame(maxFrame) {}

    const std::size_t maxFrame;
    BufferPool buffers = StreamBuffer::makePool();
    BatchPool batches = makeBatchPool();
    PickleReader pickle;
    JsonReader json;
    MessagePackReader messagePack;
    CborReader cbor;
    CutelogFields fields;
    RecordBuilder builder;
};

/// The frames of one connection, in the format that it has chosen last: a frame "!!cutelog!!format=json" does so.
class CutelogDecoder final : public FrameWorkshop
{
public:
    enum class Format { Pickle, Json, MessagePack, Cbor };

    /// `shared` outlives it.
    explicit CutelogDecoder(CutelogWorkshop &shared);

    bool decode(FrameRun run) override;

private:
    /// What is wrong with it.
    Status obey(std::string_view command);
    Status decodeFrame(std::string_view frame, Nanoseconds received, LogRecordBatch &batch);
    Result<Value> value(std::string_view frame, Arena &arena);

    CutelogWorkshop &m_shared;
    Format m_format = Format::Pickle;
};

/// The stream of one of cutelog's clients. For one thread.
class CutelogStream final : public ConnectionStream
{
public:
    /// `shared` and `sink` outlive the stream.
    CutelogStream(CutelogWorkshop &shared, RecordSink &sink, std::string peer)
        : m_decoder(shared), m_frames(m_decoder, sink, std::move(peer))
    {
    }

    std::span<char> space() override { return m_frames.space(); }
    bool take(std::size_t bytes) override
    {
        const std::uint64_t before = m_frames.completed();
        const bool taken = m_frames.take(bytes);
        if (m_frames.completed() != before)
            completeOne();
        return taken;
    }
    void end(std::string_view reason) override { m_frames.end(reason); }
    std::size_t held() const override { return m_frames.held(); }

private:
    CutelogDecoder m_decoder;
    FrameStream m_frames;
};

} // namespace sluice
