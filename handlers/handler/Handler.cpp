#include "handler/Handler.h"

#include "filter/Filter.h"
#include "format/Formatter.h"
#include "record/DeliveryTracker.h"

#include <algorithm>
#include <cstdio>

namespace sluice {

namespace {

/// Only written under the lock, so that no bus needs to be locked for it.
void count(std::atomic<std::uint64_t> &counter, std::uint64_t more)
{
    counter.store(counter.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
}

} // namespace

Handler::Handler() : m_formatter(Formatter::standard()) {}

Handler::~Handler() = default;

void Handler::handle(const LogRecord &record)
{
    const LogRecord *const one = &record;
    handle(RecordSpan(&one, 1));
}

void Handler::handle(RecordSpan records)
{
    const Lock guard = lock();
    count(m_received, records.size());
    if (!m_filters.empty()) {
        m_passed.clear();
        std::ranges::copy_if(records, std::back_inserter(m_passed),
                             [this](const LogRecord *record) { return filter(*record); });
        count(m_filtered, records.size() - m_passed.size());
        records = m_passed;
    }
    if (!records.empty())
        emitBatch(records);
}

void Handler::emitBatch(RecordSpan records)
{
    for (const LogRecord *record : records) {
        if (const Status status = emit(*record); !status)
            handleError(record, status.error());
    }
}

void Handler::setFormatter(std::shared_ptr<const Formatter> formatter)
{
    m_formatter = formatter ? std::move(formatter) : Formatter::standard();
}

void Handler::addFilter(std::shared_ptr<const Filter> filter)
{
    const Lock guard = lock();
    m_filters.push_back(std::move(filter));
}

bool Handler::filter(const LogRecord &record) const
{
    return std::ranges::all_of(m_filters, [&](const auto &filter) { return filter->filter(record); });
}

void Handler::setErrorObserver(ErrorObserver observer)
{
    const Lock guard = lock();
    m_errorObserver = std::move(observer);
}

Handler::Counters Handler::counters() const
{
    return {m_received.load(std::memory_order_relaxed), m_filtered.load(std::memory_order_relaxed),
            m_failed.load(std::memory_order_relaxed)};
}

void Handler::handleError(const LogRecord *record, const Error &error)
{
    if (record) {
        count(m_failed, 1);
        if (record->tracker)
            record->tracker->dropped(*record, m_name, error.text);
    }
    if (m_errorObserver) {
        m_errorObserver(*this, record, error);
        return;
    }
    std::fprintf(stderr, "--- Logging error ---\n%s%s%s\n", m_name.c_str(), m_name.empty() ? "" : ": ",
                 error.text.c_str());
    if (record) {
        const std::string_view message = record->text(Attribute::Msg);
        std::fprintf(stderr, "Message: '%.*s'\n", static_cast<int>(std::min<std::size_t>(message.size(), 1000)),
                     message.data());
    }
}

Status Handler::format(const LogRecord &record, std::string &out) const { return m_formatter->format(record, out); }

} // namespace sluice
