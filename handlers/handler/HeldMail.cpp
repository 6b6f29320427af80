#include "handler/HeldMail.h"

#include "base/Utf8.h"
#include "record/DeliveryTracker.h"

namespace sluice {

namespace {

constexpr std::size_t maxTexts = 8 * 1024 * 1024;
constexpr std::size_t maxSample = 1000;

/// As much of a record as an account of it needs.
LogRecord shortened(const LogRecord &record)
{
    LogRecord out = record;
    out.extra = {};
    for (const Attribute attribute : {Attribute::Args, Attribute::ExcInfo, Attribute::ExcText, Attribute::StackInfo})
        out.set(attribute, Value::none());
    std::string_view message = record.text(Attribute::Msg);
    if (message.size() > maxSample) {
        std::size_t end = maxSample;
        while ((static_cast<unsigned char>(message[end]) & 0xC0) == 0x80)
            --end;
        message = message.substr(0, end);
        out.set(Attribute::Msg, Value::text(message));
    }
    return out;
}

} // namespace

HeldMail::~HeldMail()
{
    for (const LogRecord &record : m_records.records()) {
        if (record.tracker)
            record.tracker->dropped(record, {}, "It was still to be mailed when the handler ended.");
    }
    release();
}

bool HeldMail::add(const LogRecord &record, std::string_view text)
{
    if (m_records.size() >= m_most || m_texts.size() + text.size() > maxTexts) {
        ++m_overflow;
        return false;
    }
    const LogRecord &kept = m_records.addCopy(shortened(record));
    if (kept.tracker)
        kept.tracker->hold(kept.trackerIndex);
    m_texts += text;
    m_texts += '\n';
    m_size.store(m_records.size(), std::memory_order_relaxed);
    return true;
}

std::string HeldMail::text() const
{
    if (m_overflow == 0)
        return m_texts;
    return m_texts + "(" + std::to_string(m_overflow) + " more had no room here.)\n";
}

void HeldMail::release()
{
    for (const LogRecord &record : m_records.records()) {
        if (record.tracker)
            record.tracker->release(record.trackerIndex);
    }
    m_records.clear();
    m_texts.clear();
    m_overflow = 0;
    m_size.store(0, std::memory_order_relaxed);
}

} // namespace sluice
