#include "receiver/HttpRecordReader.h"

#include "base/Utf8.h"
#include "wire/ShortRepr.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sluice {

namespace {

/// So many bad records of a request are told of one by one; the rest in one number.
constexpr std::size_t maxSamples = 20;

constexpr std::size_t keptArenas = 4;
constexpr std::size_t keptArenaBytes = 1024 * 1024;

std::string_view mediaType(const HttpRequestHead &request)
{
    const std::string_view type = request.header("content-type").value_or("");
    const std::string_view essence = type.substr(0, type.find(';'));
    return essence.substr(0, essence.find_last_not_of(" \t") + 1);
}

} // namespace

HttpRecordReader::HttpRecordReader(RecordSink &sink)
    : m_sink(sink), m_arenas(
                        keptArenas, [] { return std::make_unique<Arena>(); },
                        [](Arena &arena) {
                            arena.reset();
                            return arena.capacity() <= keptArenaBytes;
                        })
{
}

std::optional<HttpRecordReader::Format> HttpRecordReader::formatOf(const HttpRequestHead &request)
{
    constexpr std::array<std::string_view, 5> linesTypes = {"application/x-ndjson", "application/ndjson",
                                                            "application/jsonl", "application/jsonlines",
                                                            "application/x-jsonlines"};
    const std::string_view type = mediaType(request);
    const auto isType = [&](std::string_view one) { return equalsIgnoringCase(type, one); };
    if (isType("application/x-www-form-urlencoded"))
        return Format::Form;
    if (isType("application/json"))
        return request.path.ends_with("/v1/logs") ? Format::Otlp : Format::Json;
    if (std::ranges::any_of(linesTypes, isType))
        return Format::JsonLines;
    return std::nullopt;
}

HttpRecordReader::Outcome HttpRecordReader::read(Format format, std::string_view content,
                                                 const std::shared_ptr<const void> &owner, std::string_view peer)
{
    m_outcome = {};
    m_owner = owner;
    m_arena = m_arenas.acquire();
    m_peer = peer;
    m_received = wallClock();
    // curl says that whatever it is given is a form. No form that was made by a program begins so.
    const std::size_t first = content.find_first_not_of(" \t\r\n");
    if (format == Format::Form && first != std::string_view::npos && (content[first] == '{' || content[first] == '['))
        format = Format::Json;
    switch (format) {
    case Format::Form:
        readForm(content);
        break;
    case Format::Json:
        readJson(content);
        break;
    case Format::JsonLines:
        readJsonLines(content);
        break;
    case Format::Otlp:
        readOtlp(content);
        break;
    }
    deliver();
    rejectRest();
    m_arena.reset();
    m_owner.reset();
    return std::move(m_outcome);
}

void HttpRecordReader::readForm(std::string_view content)
{
    const Result<Value> form = m_forms.read(content, *m_arena);
    if (!form)
        reject(form.error().text, content);
    else if (form->entries().empty())
        reject("The form has no fields.", content);
    else
        add(m_formRecord.read(*form, *m_arena), content);
}

void HttpRecordReader::readJson(std::string_view content)
{
    const Result<Value> value = m_json.read(content, *m_arena);
    if (!value || !value->isSequence()) {
        add(value, content);
        return;
    }
    for (const Value &item : value->items()) {
        if (!add(item, content))
            return;
    }
}

void HttpRecordReader::readJsonLines(std::string_view content)
{
    while (!content.empty()) {
        const std::size_t end = std::min(content.find('\n'), content.size());
        const std::string_view line = content.substr(0, end);
        content.remove_prefix(std::min(end + 1, content.size()));
        if (line.find_first_not_of(" \t\r") != std::string_view::npos && !add(m_json.read(line, *m_arena), line))
            return;
    }
}

void HttpRecordReader::readOtlp(std::string_view content)
{
    const Result<Value> value = m_json.read(content, *m_arena);
    if (!value) {
        reject(value.error().text, content);
        return;
    }
    const Status status =
        m_otlp.read(*value, *m_arena, [&](const Result<Value> &dict) { return add(dict, content); });
    if (!status)
        reject(status.error().text, content);
}

bool HttpRecordReader::add(const Result<Value> &dict, std::string_view content)
{
    if (!dict) {
        reject(dict.error().text, content);
        return true;
    }
    if (m_batch && m_batch->size() == maxBatchRecords && !deliver())
        return false;
    if (!m_batch) {
        m_batch = m_batches.acquire();
        m_batch->retain(m_arena);
        if (m_owner)
            m_batch->retain(m_owner);
    }
    if (const Status status = m_builder.build(*dict, m_batch->add(), m_batch->arena(), m_received); !status) {
        m_batch->removeLast();
        reject(status.error().text, content);
    } else {
        RecordBuilder::adoptArguments(m_batch->records().back());
    }
    return true;
}

bool HttpRecordReader::deliver()
{
    std::shared_ptr<LogRecordBatch> full = std::exchange(m_batch, nullptr);
    if (!full || full->empty())
        return !m_outcome.stopped;
    const std::size_t records = full->size();
    if (m_sink.accept(std::move(full), m_peer))
        m_outcome.accepted += records;
    else
        m_outcome.stopped = true;
    return !m_outcome.stopped;
}

void HttpRecordReader::reject(const std::string &reason, std::string_view content)
{
    if (m_outcome.rejected++ >= maxSamples)
        return;
    if (m_outcome.problem.empty())
        m_outcome.problem = reason;
    ShortRepr sample(200);
    const std::string_view beginning = content.substr(0, 100);
    const std::string clean = utf8::isValid(beginning) ? std::string(beginning) : utf8::sanitized(beginning);
    sample.append(Value::text(clean));
    m_sink.reject(m_peer, reason, sample.text());
}

void HttpRecordReader::rejectRest()
{
    if (m_outcome.rejected > maxSamples)
        m_sink.lost(m_peer, m_outcome.rejected - maxSamples, "More of the same request was no record.");
}

} // namespace sluice
