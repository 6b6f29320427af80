#include "capture/CaptureFilter.h"

#include "filter/Filter.h"

#include <algorithm>

namespace sluice {

CaptureMatcher::CaptureMatcher(CaptureFilter filter) : m_filter(std::move(filter)), m_text(m_filter.text) {}

bool CaptureMatcher::matches(const CaptureSnapshot &snapshot, std::uint64_t row)
{
    if (!m_filter.levels.isAll() && !m_filter.levels.contains(severityOf(snapshot.columns(row).levelno)))
        return false;
    if (m_filter.loggers.empty() && m_text.isEmpty())
        return true;
    const RowView view = snapshot.view(row);
    if (!m_filter.loggers.empty() && !matchesLogger(view.loggerNumber, view.logger))
        return false;
    return m_text.isIn(view.message) || m_text.isIn(view.logger) || m_text.isIn(view.exception);
}

bool CaptureMatcher::matchesLogger(std::uint32_t number, std::string_view name)
{
    const auto ask = [&] {
        return std::ranges::any_of(m_filter.loggers,
                                   [&](const std::string &picked) { return isLoggerWithin(name, picked); });
    };
    if (number == LoggerNames::other)
        return ask();
    if (number >= m_loggers.size())
        m_loggers.resize(number + 1, Known::Unknown);
    if (m_loggers[number] == Known::Unknown)
        m_loggers[number] = ask() ? Known::Yes : Known::No;
    return m_loggers[number] == Known::Yes;
}

} // namespace sluice
