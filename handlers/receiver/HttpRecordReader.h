#pragma once

#include "receiver/BatchPool.h"
#include "receiver/Receiver.h"
#include "wire/FormReader.h"
#include "wire/HttpRequestHead.h"
#include "wire/JsonReader.h"
#include "wire/OtlpLogs.h"
#include "wire/RecordBuilder.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

/// Makes records of what requests carry, and gives them to the sink. For one thread.
class HttpRecordReader
{
public:
    enum class Format {
        Form,      ///< a record's fields, as CPython's HTTPHandler sends them
        Json,      ///< a record's dictionary, or a list of them
        JsonLines, ///< a dictionary on each line
        Otlp,      ///< an ExportLogsServiceRequest
    };

    struct Outcome
    {
        std::size_t accepted = 0; ///< records that the sink has taken
        std::size_t rejected = 0; ///< what was no record; the sink was told of all
        std::string problem;      ///< the first of them, or why nothing could be read at all
        bool stopped = false;     ///< the sink takes no more
    };

    /// `sink` outlives it.
    explicit HttpRecordReader(RecordSink &sink);

    /// The format that a request's Content-Type and path say, or none that is known.
    static std::optional<Format> formatOf(const HttpRequestHead &request);

    /// `content` lives as long as `owner`, which the records keep; the text of a Form is copied and needs none.
    Outcome read(Format format, std::string_view content, const std::shared_ptr<const void> &owner,
                 std::string_view peer);

private:
    void readForm(std::string_view content);
    void readJson(std::string_view content);
    void readJsonLines(std::string_view content);
    void readOtlp(std::string_view content);
    /// False once the sink has stopped.
    bool add(const Result<Value> &dict, std::string_view content);
    bool deliver();
    void reject(const std::string &reason, std::string_view content);
    void rejectRest();

    RecordSink &m_sink;
    FormReader m_forms;
    FormRecord m_formRecord;
    JsonReader m_json;
    OtlpLogs m_otlp;
    RecordBuilder m_builder;
    BatchPool m_batches = makeBatchPool();

    RecyclingPool<Arena> m_arenas;

    // Of the request under way.
    std::shared_ptr<LogRecordBatch> m_batch;
    std::shared_ptr<const void> m_owner;
    /// What was read and not built into a record yet. Not a batch's arena: the batch may be the sink's already, while
    /// more of the request's records are made.
    std::shared_ptr<Arena> m_arena;
    std::string_view m_peer;
    Nanoseconds m_received = 0;
    Outcome m_outcome;
};

} // namespace sluice
