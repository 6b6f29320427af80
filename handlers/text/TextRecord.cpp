#include "text/TextRecord.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr std::string_view tracebackLine = "Traceback (most recent call last):";
constexpr std::string_view groupLine = "  + Exception Group Traceback (most recent call last):";
constexpr std::string_view stackLine = "Stack (most recent call last):";

/// The line behind a line end at which one of Python's traces begins; npos if there is none.
std::size_t traceAt(std::string_view text, std::string_view first, std::string_view second = {})
{
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) {
        const std::string_view line = text.substr(end + 1);
        if (line.starts_with(first) || (!second.empty() && line.starts_with(second)))
            return end + 1;
    }
    return std::string_view::npos;
}

std::string_view withoutLineEnd(std::string_view text)
{
    while (text.ends_with('\n') || text.ends_with('\r'))
        text.remove_suffix(1);
    return text;
}

} // namespace

TextRecord::TextRecord(std::string_view text, LogRecordBatch &batch, TextContext &context)
    : m_text(text), m_batch(batch), m_context(context), m_record(&batch.add())
{
    m_context.extra.clear();
    if (m_context.fields)
        m_context.fields->clear();
}

void TextRecord::reset()
{
    m_batch.removeLast();
    m_record = &m_batch.add();
    m_given = 0;
    m_time.reset();
    m_context.extra.clear();
    if (m_context.fields)
        m_context.fields->clear();
}

void TextRecord::setLevel(TextLevel level, std::string_view word)
{
    set(Attribute::Levelno, Value::integer(level.number));
    set(Attribute::Levelname, Value::text(level.name));
    note(attributeName(Attribute::Levelname), word);
}

void TextRecord::setTime(Nanoseconds time, std::string_view word)
{
    m_time = time;
    note(attributeName(Attribute::Created), word);
}

bool TextRecord::setTime(const TimeParts &parts, std::string_view word)
{
    const auto time = m_context.zone.timeOf(parts, m_context.reference);
    if (time)
        setTime(*time, word);
    return time.has_value();
}

void TextRecord::setMessage(std::string_view message, std::string_view whole)
{
    const auto toEnd = static_cast<std::size_t>(whole.data() + whole.size() - message.data());
    std::string_view text(message.data(), toEnd);
    if (toEnd > message.size()) {
        const std::size_t stack = traceAt(text, stackLine);
        if (stack != std::string_view::npos) {
            setText(Attribute::StackInfo, text.substr(stack));
            text = withoutLineEnd(text.substr(0, stack));
        }
        const std::size_t trace = traceAt(text, tracebackLine, groupLine);
        if (trace != std::string_view::npos) {
            setText(Attribute::ExcText, text.substr(trace));
            text = withoutLineEnd(text.substr(0, trace));
        }
    }
    setText(Attribute::Msg, text);
}

void TextRecord::setMessageBefore(std::string_view message, std::string_view further)
{
    if (further.empty()) {
        setText(Attribute::Msg, message);
        return;
    }
    const std::span<char> joined = arena().allocateArray<char>(message.size() + further.size());
    std::ranges::copy(further, std::ranges::copy(message, joined.begin()).out);
    const std::string_view whole(joined.data(), joined.size());
    setMessage(whole.substr(0, message.size()), whole);
    note(attributeName(Attribute::Msg), message);
}

void TextRecord::finish()
{
    const Nanoseconds time = m_time.value_or(m_context.lastTime);
    m_context.lastTime = time;
    if (m_isComplete)
        return;
    set(Attribute::Created, Value::real(toSeconds(time)));
    if (!has(Attribute::Levelno))
        setLevel(pythonLevel(m_context.defaultLevel), {});
    if (!m_context.defaultName.empty() && !has(Attribute::Name))
        set(Attribute::Name, Value::text(m_context.defaultName));
    if (!m_context.extra.empty()) {
        const std::span<Field> extra = arena().allocateArray<Field>(m_context.extra.size());
        std::ranges::copy(m_context.extra, extra.begin());
        m_record->extra = extra;
    }
    RecordBuilder::complete(*m_record, m_given, arena(), time);
    m_record->created = time; // exact, where Python's float is not
}

void TextRecord::replaceBy(LogRecord &record)
{
    m_record = &record;
    m_time = record.created;
    m_isComplete = true;
}

void TextRecord::noteField(std::string_view name, std::string_view place)
{
    const std::less_equal<const char *> notAfter;
    if (place.empty() || !notAfter(m_text.data(), place.data()) ||
        !notAfter(place.data() + place.size(), m_text.data() + m_text.size()))
        return;
    const auto begin = static_cast<std::size_t>(place.data() - m_text.data());
    m_context.fields->push_back({std::string(name), begin, place.size()});
}

} // namespace sluice
