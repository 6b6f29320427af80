#include "receiver/TextStream.h"

#include "base/Utf8.h"
#include "wire/ShortRepr.h"

#include <algorithm>
#include <cstring>

namespace sluice {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t rawBytes = 64 * 1024;
/// With so much text a format can be told without waiting for more.
constexpr std::size_t enoughToRecognize = 4096;

bool isBlank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

} // namespace

TextStream::TextStream(RecordSink &sink, std::string peer, const TextStreamOptions &options, TextDecoder decoder)
    : m_sink(sink), m_peer(std::move(peer)), m_options(options), m_decoder(std::move(decoder)), m_context(options.zone),
      m_format(options.format), m_isSettled(options.format != nullptr)
{
    m_context.defaultLevel = m_options.defaultLevel;
}

std::span<char> TextStream::space()
{
    if (!m_decoder.isWide())
        return m_buffer.space(0);
    m_raw.resize(rawBytes);
    return m_raw;
}

bool TextStream::take(std::size_t bytes)
{
    const std::size_t before = m_buffer.pending().size();
    if (m_decoder.isWide()) {
        m_converted.clear();
        m_decoder.convert(std::string_view(m_raw.data(), bytes), m_converted);
        for (std::string_view rest = m_converted; !rest.empty();) {
            const std::span<char> room = m_buffer.space(0);
            const std::size_t count = std::min(room.size(), rest.size());
            std::memcpy(room.data(), rest.data(), count);
            m_buffer.commit(count);
            rest.remove_prefix(count);
        }
    } else {
        m_buffer.commit(bytes);
    }
    if (!m_isSettled && m_sample.size() < TextFormatRecognizer::sampleBytes)
        m_sample += m_buffer.pending().substr(before, TextFormatRecognizer::sampleBytes - m_sample.size());
    return work(false, false);
}

bool TextStream::flush(Flush what) { return work(true, what == Flush::All); }

std::size_t TextStream::held() const
{
    const std::string_view pending = m_buffer.pending();
    return m_decoder.isWide() ? m_decoder.rawSize(pending) : pending.size();
}

void TextStream::recognize(std::string_view sample, bool isWhole)
{
    if (m_isSettled)
        return;
    if (m_decoder.isWide()) {
        auto decoder = TextDecoder::create(m_options.encoding);
        if (decoder)
            decoder->convert(sample, m_sample);
    } else {
        m_sample = sample;
    }
    if (m_sample.empty())
        return;
    const auto answer = TextFormatRecognizer::recognize(m_sample, isWhole);
    m_format = answer.format;
    m_decidedAt = m_sample.size();
    m_isSettled = answer.isSure || m_sample.size() >= TextFormatRecognizer::sampleBytes;
}

bool TextStream::chooseFormat(bool isFlushed)
{
    if (m_isSettled)
        return true;
    // A program may begin with words of another kind, so the first answer is no last one.
    const bool isWorthIt = m_sample.size() > m_decidedAt + m_decidedAt / 2 || m_sample.size() >= TextFormatRecognizer::sampleBytes;
    if (!isWorthIt || (!isFlushed && m_sample.size() < enoughToRecognize))
        return m_format != nullptr;
    const auto answer = TextFormatRecognizer::recognize(m_sample, isFlushed);
    m_format = answer.format;
    m_decidedAt = m_sample.size();
    m_isSettled = answer.isSure || m_sample.size() >= TextFormatRecognizer::sampleBytes;
    if (m_isSettled)
        m_sample = {};
    return true;
}

bool TextStream::work(bool flushesLines, bool flushesAll)
{
    if (!chooseFormat(flushesLines) && m_buffer.pending().size() <= m_options.maxLine)
        return true;
    if (!m_format)
        m_format = textFormats::plain();
    if (m_isAtStart && m_buffer.pending().size() >= byteOrderMark.size()) {
        m_isAtStart = false;
        if (!m_decoder.isWide() && m_buffer.pending().starts_with(byteOrderMark))
            m_buffer.consume(byteOrderMark.size());
    }
    const std::string_view pending = m_buffer.pending();
    std::size_t recordBegin = 0;
    bool isTaken = true;
    m_emitted = m_delivered = 0;
    const auto emitUpTo = [&](std::size_t end) {
        isTaken = isTaken && emitRecord(pending.substr(recordBegin, end - recordBegin));
        m_emitted = recordBegin = end;
    };
    while (isTaken) {
        const std::size_t end = pending.find('\n', m_scanned);
        const bool isWhole = end != std::string_view::npos;
        const std::size_t lineEnd = isWhole ? end + 1 : pending.size();
        const std::string_view line = pending.substr(m_lineBegin, lineEnd - m_lineBegin);
        const bool isLong = line.size() > m_options.maxLine;
        if (!isWhole && !isLong && !m_skips) {
            m_scanned = pending.size();
            break;
        }
        if (m_skips) {
            m_emitted = recordBegin = lineEnd;
            m_skips = !isWhole;
        } else {
            if (m_lineBegin > recordBegin &&
                (isLong || lineEnd - recordBegin > m_options.maxLine || m_format->begins(line)))
                emitUpTo(m_lineBegin);
            if (isLong) {
                rejectLong(line);
                isTaken = isTaken && emitRecord(line.substr(0, m_options.maxLine));
                m_emitted = recordBegin = lineEnd;
                m_skips = !isWhole;
            }
        }
        m_lineBegin = m_scanned = lineEnd;
        if (!isWhole)
            break;
    }
    if (flushesLines && m_lineBegin > recordBegin)
        emitUpTo(m_lineBegin);
    if (flushesAll && pending.size() > recordBegin) {
        emitUpTo(pending.size());
        m_lineBegin = m_scanned = pending.size();
    }
    isTaken = isTaken && deliver();
    m_buffer.consume(m_delivered); // what the sink did not take is still held
    m_lineBegin -= recordBegin;
    m_scanned -= recordBegin;
    m_buffer.release();
    return isTaken;
}

bool TextStream::emitRecord(std::string_view lines)
{
    if (isBlank(lines))
        return true;
    if (m_batch && m_batch->size() == maxBatchRecords && !deliver())
        return false;
    if (!m_batch) {
        m_batch = m_batches.acquire();
        m_batch->retain(m_buffer.owner());
        m_batch->retain(m_format); // names of its fields are those of the records
        m_context.defaultName = m_batch->arena().copy(m_options.defaultName);
    }
    m_format->parse(m_decoder.isWide() ? lines : m_decoder.decode(lines, m_batch->arena()), *m_batch, m_context);
    if (!m_options.labels.empty())
        addLabels(m_batch->records().back(), m_batch->arena());
    return true;
}

void TextStream::addLabels(LogRecord &record, Arena &arena)
{
    const std::span<Field> extra = arena.allocateArray<Field>(record.extra.size() + m_options.labels.size());
    auto to = std::ranges::copy(record.extra, extra.begin()).out;
    for (const auto &label : m_options.labels) {
        const bool isThere = std::ranges::any_of(
            record.extra, [&](const Field &field) { return field.key.chars() == label.first; });
        if (!isThere)
            *to++ = {Value::text(arena.copy(label.first)), Value::text(arena.copy(label.second))};
    }
    record.extra = extra.first(std::size_t(to - extra.begin()));
}

bool TextStream::deliver()
{
    std::shared_ptr<LogRecordBatch> full = std::exchange(m_batch, nullptr);
    if (full && !full->empty() && !m_sink.accept(std::move(full), m_peer))
        return false;
    m_delivered = m_emitted;
    return true;
}

void TextStream::rejectLong(std::string_view line)
{
    ShortRepr sample(200);
    const std::string beginning = utf8::sanitized(line.substr(0, 100));
    sample.append(Value::text(beginning));
    m_sink.reject(m_peer,
                  "A line is longer than the limit of " + std::to_string(m_options.maxLine) +
                      " bytes; its beginning was kept.",
                  sample.text());
}

} // namespace sluice
