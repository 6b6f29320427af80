#include "receiver/LineStream.h"

#include "base/Utf8.h"
#include "wire/ShortRepr.h"

#include <utility>

namespace sluice {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

} // namespace

LineStream::LineStream(RecordSink &sink, std::string peer, std::size_t maxLine)
    : m_sink(sink), m_peer(std::move(peer)), m_maxLine(maxLine)
{
}

bool LineStream::take(std::size_t bytes)
{
    m_buffer.commit(bytes);
    std::shared_ptr<LogRecordBatch> batch;
    const bool taken = decode(batch) && deliver(batch);
    m_buffer.release();
    return taken;
}

bool LineStream::end()
{
    const std::string_view rest = m_buffer.pending();
    std::shared_ptr<LogRecordBatch> batch;
    if (!rest.empty()) {
        ++m_number;
        if (!std::exchange(m_skips, false) && !decodeLine(rest, batch))
            return false;
        m_buffer.consume(rest.size());
    }
    const bool taken = deliver(batch);
    m_buffer.release();
    return taken;
}

bool LineStream::decode(std::shared_ptr<LogRecordBatch> &batch)
{
    for (;;) {
        const std::string_view pending = m_buffer.pending();
        const std::size_t end = pending.find('\n', m_searched);
        if (end == std::string_view::npos) {
            m_searched = pending.size();
            if (pending.size() > m_maxLine && !m_skips) {
                ++m_number;
                reject("It is longer than the limit of " + std::to_string(m_maxLine) + " bytes.", pending);
                --m_number;
                m_skips = true;
            }
            if (m_skips) {
                m_buffer.consume(pending.size());
                m_searched = 0;
            }
            return true;
        }
        const std::string_view line = pending.substr(0, end);
        m_buffer.consume(end + 1);
        m_searched = 0;
        ++m_number;
        if (!std::exchange(m_skips, false) && !decodeLine(line, batch))
            return false;
    }
}

bool LineStream::decodeLine(std::string_view line, std::shared_ptr<LogRecordBatch> &batch)
{
    if (m_number == 1 && line.starts_with(byteOrderMark))
        line.remove_prefix(byteOrderMark.size());
    if (line.find_first_not_of(" \t\r") == std::string_view::npos)
        return true;
    if (line.size() > m_maxLine) {
        reject("It is longer than the limit of " + std::to_string(m_maxLine) + " bytes.", line);
        return true;
    }
    if (batch && batch->size() == maxBatchRecords && !deliver(batch))
        return false;
    if (!batch) {
        batch = m_batches.acquire();
        batch->retain(m_buffer.owner());
    }
    const Result<Value> dict = m_reader.read(line, batch->arena());
    if (!dict) {
        reject(dict.error().text, line);
        return true;
    }
    if (const Status status = m_builder.build(*dict, batch->add(), batch->arena(), wallClock()); !status) {
        batch->removeLast();
        reject(status.error().text, line);
    }
    return true;
}

bool LineStream::deliver(std::shared_ptr<LogRecordBatch> &batch)
{
    std::shared_ptr<LogRecordBatch> full = std::exchange(batch, nullptr);
    return !full || full->empty() || m_sink.accept(std::move(full), m_peer);
}

void LineStream::reject(std::string_view reason, std::string_view line)
{
    ShortRepr sample(200);
    const std::string_view beginning = line.substr(0, 100);
    if (utf8::isValid(beginning))
        sample.append(Value::text(beginning));
    else
        sample.append(Value::text(utf8::sanitized(beginning)));
    m_sink.reject(m_peer, "Line " + std::to_string(m_number) + ": " + std::string(reason), sample.text());
}

} // namespace sluice
