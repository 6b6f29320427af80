#include "record/LoggerTree.h"

#include "record/Level.h"

#include <algorithm>

namespace sluice {

namespace {

/// Names come from senders: a cache of them has to end somewhere.
constexpr std::size_t maxCachedRoutes = 8192;

} // namespace

std::string_view canonicalLoggerName(std::string_view name) { return name == "root" ? std::string_view() : name; }

std::size_t LoggerTree::add(Logger logger)
{
    m_routes.clear();
    logger.name = canonicalLoggerName(logger.name);
    if (const auto known = find(logger.name)) {
        m_loggers[*known] = std::move(logger);
        return *known;
    }
    m_loggers.push_back(std::move(logger));
    return m_loggers.size() - 1;
}

const LoggerTree::Route &LoggerTree::route(std::string_view name)
{
    name = canonicalLoggerName(name);
    if (const auto cached = m_routes.find(name); cached != m_routes.end())
        return cached->second;
    if (m_routes.size() >= maxCachedRoutes)
        m_routes.clear();
    return m_routes.emplace(name, makeRoute(name)).first->second;
}

std::optional<std::size_t> LoggerTree::find(std::string_view name) const
{
    const auto found = std::ranges::find(m_loggers, name, &Logger::name);
    if (found == m_loggers.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - m_loggers.begin());
}

LoggerTree::Route LoggerTree::makeRoute(std::string_view name) const
{
    Route route;
    route.logger = find(name);
    route.disabled = route.logger && m_loggers[*route.logger].disabled;

    bool hasLevel = false;
    bool propagates = true;
    // Ancestors that are not configured have no level and propagate, so they can be skipped.
    for (std::string_view at = name;;) {
        if (const auto index = find(at)) {
            const Logger &logger = m_loggers[*index];
            if (!hasLevel && logger.level != level::NotSet) {
                hasLevel = true;
                route.level = logger.level;
            }
            if (propagates)
                route.callers.push_back(*index);
            propagates = propagates && logger.propagate;
        }
        if (at.empty())
            break;
        const std::size_t dot = at.rfind('.');
        at = dot == std::string_view::npos ? std::string_view() : at.substr(0, dot);
    }
    if (!hasLevel && !find(""))
        route.level = level::Warning;
    return route;
}

} // namespace sluice
