#include "record/Attribute.h"

#include <array>

namespace sluice {

namespace {

constexpr std::array<std::string_view, attributeCount> names = {
    "name",     "msg",     "args",    "levelname",       "levelno", "pathname",   "filename",
    "module",   "exc_info", "exc_text", "stack_info",     "lineno",  "funcName",   "created",
    "msecs",    "relativeCreated", "thread", "threadName", "processName", "process", "taskName",
};

} // namespace

std::string_view attributeName(Attribute attribute) { return names[static_cast<std::size_t>(attribute)]; }

std::optional<Attribute> attributeFromName(std::string_view name)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name)
            return static_cast<Attribute>(i);
    }
    return std::nullopt;
}

} // namespace sluice
