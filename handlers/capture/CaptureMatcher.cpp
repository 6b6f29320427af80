#include "capture/CaptureMatcher.h"

#include "filter/Filter.h"

#include <algorithm>
#include <limits>

namespace sluice {

namespace {

constexpr int firstLevel[severityCount] = {std::numeric_limits<int>::min(), level::Info, level::Warning, level::Error,
                                           level::Critical};

ExpressionBounds boundsOf(const PageSummary &summary)
{
    ExpressionBounds bounds;
    bounds.minCreated = summary.minCreated;
    bounds.maxCreated = summary.maxCreated;
    bounds.minLevel = std::numeric_limits<int>::max();
    bounds.maxLevel = std::numeric_limits<int>::min();
    for (int i = 0; i < severityCount; ++i) {
        if (summary.severities[static_cast<std::size_t>(i)] == 0)
            continue;
        bounds.minLevel = std::min(bounds.minLevel, firstLevel[i]);
        bounds.maxLevel = i + 1 < severityCount ? firstLevel[i + 1] - 1 : std::numeric_limits<int>::max();
    }
    return bounds;
}

} // namespace

CaptureMatcher::CaptureMatcher(const CaptureFilter &filter, Nanoseconds now, const LoggerNames &loggers,
                               const SourceNames &sources)
    : m_filter(filter), m_loggers(loggers), m_subject(loggers, sources),
      m_asksSource(!filter.sources.empty() || !filter.mutedSources.empty()),
      m_expression(filter.expression(), now)
{
    m_hasExpression = !m_expression.expression().isEmpty();
    if (std::optional<Expression> always = filter.alwaysExpression())
        m_always.emplace(std::move(*always), now);
    // What is always shown may have other text, or none.
    m_required = m_always ? Expression::any({m_expression.expression(), m_always->expression()}).requiredText()
                          : m_expression.expression().requiredText();
}

CaptureMatcher::CaptureMatcher(const CaptureFilter &filter, const RecordStore &store)
    : CaptureMatcher(filter, wallClock(), store.loggers(), store.sources())
{
}

bool CaptureMatcher::matches(const CaptureSnapshot &snapshot, std::uint64_t row)
{
    const auto &page = snapshot.page(snapshot.pageOf(row));
    if (page != m_page) {
        m_page = page;
        auto block = page->load();
        m_block = block ? std::move(*block) : nullptr;
        if (m_block)
            setBlock(*m_block);
    }
    const std::uint64_t index = row - page->firstRow();
    return m_block && index < m_block->rowCount() && matches(static_cast<std::uint32_t>(index));
}

template <typename Ask>
bool CaptureMatcher::remembered(std::vector<Known> &known, std::uint32_t logger, Ask ask)
{
    if (logger == LoggerNames::other)
        return ask();
    if (logger >= known.size())
        known.resize(logger + 1, Known::Unknown);
    if (known[logger] == Known::Unknown)
        known[logger] = ask() ? Known::Yes : Known::No;
    return known[logger] == Known::Yes;
}

bool CaptureMatcher::matches(std::uint32_t index)
{
    m_subject.setRow(index);
    const Nanoseconds created = m_subject.columns().created;
    if ((m_filter.from && created < *m_filter.from) || (m_filter.until && created >= *m_filter.until))
        return false;
    return passes() || (m_always && m_always->matches(m_subject));
}

bool CaptureMatcher::passes()
{
    const CaptureBlock::Row &row = m_subject.columns();
    if (!m_filter.levels.contains(severityOf(row.levelno)) || !passesLogger(row.logger))
        return false;
    if (m_asksSource && !passesSource(m_subject.sourceNumber()))
        return false;
    return !m_hasExpression || m_expression.matches(m_subject);
}

bool CaptureMatcher::isPickedLogger(std::string_view name) const
{
    return std::ranges::any_of(m_filter.loggers,
                               [&](const std::string &picked) { return isLoggerWithin(name, picked); });
}

bool CaptureMatcher::passesLogger(std::uint32_t number)
{
    if (m_filter.loggers.empty())
        return true;
    return remembered(m_picked, number, [&] { return isPickedLogger(m_subject.logger()); });
}

bool CaptureMatcher::passesSource(std::uint32_t source) const
{
    if (!m_filter.sources.empty() && std::ranges::find(m_filter.sources, source) == m_filter.sources.end())
        return false;
    return std::ranges::find(m_filter.mutedSources, source) == m_filter.mutedSources.end();
}

bool CaptureMatcher::canMatch(const PageSummary &summary)
{
    if ((m_filter.from && summary.maxCreated < *m_filter.from) ||
        (m_filter.until && summary.minCreated >= *m_filter.until))
        return false;
    const ExpressionBounds bounds = boundsOf(summary);
    if (m_always && m_always->canMatch(bounds))
        return true;
    bool hasLevel = false;
    for (int i = 0; i < severityCount; ++i)
        hasLevel |= summary.severities[static_cast<std::size_t>(i)] > 0 && m_filter.levels.contains(Severity(i));
    if (!hasLevel)
        return false;
    const bool hasLogger = m_filter.loggers.empty() || std::ranges::any_of(summary.loggers, [&](const auto &count) {
        return count.logger == LoggerNames::other ||
               remembered(m_picked, count.logger, [&] { return isPickedLogger(m_loggers.name(count.logger)); });
    });
    if (!hasLogger)
        return false;
    const bool hasSource = !m_asksSource || std::ranges::any_of(summary.sources, [&](const auto &count) {
        return passesSource(count.source);
    });
    return hasSource && m_expression.canMatch(bounds);
}

bool CaptureMatcher::hasRequiredText(std::uint32_t logger)
{
    if (logger == LoggerNames::other)
        return true;
    return remembered(m_named, logger, [&] {
        const std::string_view name = m_loggers.name(logger);
        return std::ranges::any_of(m_required->literals, [&](const auto &literal) { return literal->isIn(name); });
    });
}

} // namespace sluice
