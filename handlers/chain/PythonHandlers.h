#pragma once

#include <QStringView>

#include <cstddef>
#include <string_view>
#include <vector>

namespace sluice {

/// A handler class of Python's logging or logging.handlers: how a configuration names it and what it takes.
/// https://docs.python.org/3/library/logging.handlers.html
struct PythonHandler
{
    std::string_view module; ///< "logging" or "logging.handlers"
    std::string_view name;
    std::vector<std::string_view> parameters; ///< of its constructor, in order
    std::size_t required = 0;                 ///< how many of them have no default
    std::vector<std::string_view> attributes; ///< that a configuration sets on the handler once it is made

    bool takes(std::string_view parameter) const;
};

/// Whether a dotted path leads into one of the two modules.
bool isInLoggingModule(QStringView path);

/// The class at a dotted path ("logging.handlers.SysLogHandler"). Null if Python has none there.
const PythonHandler *pythonHandlerAt(QStringView path);

/// The class of a name, whichever module it is in. Null if Python has none.
const PythonHandler *pythonHandlerNamed(std::string_view name);

} // namespace sluice
