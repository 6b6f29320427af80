#pragma once

#include "base/StringHash.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluice {

/// Python's hierarchy of loggers: which of them a record of a given logger's name passes, and at which
/// level. https://docs.python.org/3/library/logging.html#logger-objects
///
/// The tree knows loggers by number, in the order they were added, and leaves to its owner what
/// hangs on each (handlers, filters). The root is always there: level WARNING until it is added with
/// another. Not thread-safe: route() caches.
class LoggerTree
{
public:
    struct Logger
    {
        std::string name; ///< "" or "root": the root
        int level = 0;    ///< NOTSET: the level of the next ancestor that has one
        bool propagate = true;
        bool disabled = false;
    };

    /// The way of a record through the tree.
    struct Route
    {
        /// The configured logger that bears exactly this name: its filters apply. Those of ancestors do not.
        std::optional<std::size_t> logger;
        /// Records below do not pass (Logger.isEnabledFor).
        int level = 0;
        bool disabled = false;
        /// The configured loggers whose handlers are called, from the record's own towards the root.
        std::vector<std::size_t> callers;
    };

    /// Returns its number. A second logger of the same name replaces the settings of the first and
    /// gets its number.
    std::size_t add(Logger logger);

    std::span<const Logger> loggers() const { return m_loggers; }

    /// Valid until the next call of route() or add().
    const Route &route(std::string_view name);

private:
    Route makeRoute(std::string_view name) const;
    std::optional<std::size_t> find(std::string_view name) const;

    std::vector<Logger> m_loggers;
    std::unordered_map<std::string, Route, StringHash, std::equal_to<>> m_routes;
};

/// The name without Python's alias for the root: "root" is "".
std::string_view canonicalLoggerName(std::string_view name);

} // namespace sluice
