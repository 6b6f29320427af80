#include "receiver/CutelogStream.h"

#include <array>
#include <utility>

namespace sluice {

namespace {

constexpr std::string_view commandPrefix = "!!cutelog!!";

struct FormatWord
{
    std::string_view word;
    CutelogDecoder::Format format;
};

constexpr std::array formats = {
    FormatWord{"pickle", CutelogDecoder::Format::Pickle},
    FormatWord{"json", CutelogDecoder::Format::Json},
    FormatWord{"msgpack", CutelogDecoder::Format::MessagePack},
    FormatWord{"cbor", CutelogDecoder::Format::Cbor},
};

} // namespace

CutelogDecoder::CutelogDecoder(CutelogWorkshop &shared) : FrameWorkshop(shared.maxFrame), m_shared(shared)
{
    buffers = shared.buffers;
}

bool CutelogDecoder::decode(FrameRun run)
{
    const Nanoseconds received = wallClock();
    std::shared_ptr<LogRecordBatch> batch;
    const auto deliver = [&] {
        std::shared_ptr<LogRecordBatch> full = std::exchange(batch, nullptr);
        return !full || full->empty() || run.sink->accept(std::move(full), *run.peer);
    };
    for (std::size_t at = 0; at < run.bytes.size();) {
        const std::size_t size = frameBytes(run.bytes.substr(at));
        const std::string_view frame = run.bytes.substr(at + framePrefixBytes, size);
        at += framePrefixBytes + size;
        if (frame.empty())
            continue;
        if (batch && batch->size() == maxBatchRecords && !deliver())
            return false;
        if (!batch) {
            batch = m_shared.batches.acquire();
            batch->retain(run.owner);
        }
        const Status status = frame.starts_with(commandPrefix) ? obey(frame.substr(commandPrefix.size()))
                                                               : decodeFrame(frame, received, *batch);
        if (!status)
            rejectFrame(*run.sink, *run.peer, status.error().text, frame);
    }
    return deliver();
}

Status CutelogDecoder::obey(std::string_view command)
{
    const std::size_t equals = command.find('=');
    if (equals == std::string_view::npos)
        return Error{"A command to cutelog has no value."};
    if (command.substr(0, equals) != "format")
        return {}; // as cutelog does with what it does not know
    for (const auto &[word, format] : formats) {
        if (command.substr(equals + 1) == word) {
            m_format = format;
            return {};
        }
    }
    return Error{"The format that was asked for is none of pickle, json, msgpack and cbor."};
}

Status CutelogDecoder::decodeFrame(std::string_view frame, Nanoseconds received, LogRecordBatch &batch)
{
    const Result<Value> dict = value(frame, batch.arena());
    if (!dict)
        return dict.error();
    const Value fields = m_shared.fields.read(*dict, batch.arena(), received);
    Status status = m_shared.builder.build(fields, batch.add(), batch.arena(), received);
    if (!status)
        batch.removeLast();
    else if (m_format != Format::Pickle)
        RecordBuilder::adoptArguments(batch.records().back());
    return status;
}

Result<Value> CutelogDecoder::value(std::string_view frame, Arena &arena)
{
    switch (m_format) {
    case Format::Json:
        return m_shared.json.read(frame, arena);
    case Format::MessagePack:
        return m_shared.messagePack.read(frame, arena);
    case Format::Cbor:
        return m_shared.cbor.read(frame, arena);
    case Format::Pickle:
        break;
    }
    return m_shared.pickle.read(frame, arena);
}

} // namespace sluice
