#include "handler/EventLog.h"

namespace sluice {

Result<std::unique_ptr<EventLog>> EventLog::open(const std::string &, const std::string &, const std::string &)
{
    return Error{"The Windows event log needs Windows."};
}

std::string EventLog::standardMessageFile() { return {}; }

} // namespace sluice
