#pragma once

#include "base/Result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sluice {

/// The event log of Windows, as one source sees it. On other systems open() fails: "The Windows event log needs Windows."
/// https://learn.microsoft.com/en-us/windows/win32/eventlog/event-logging
class EventLog
{
public:
    /// EVENTLOG_…_TYPE of the Windows API.
    enum Type : std::uint16_t { ErrorEvent = 1, WarningEvent = 2, InformationEvent = 4, AuditSuccess = 8, AuditFailure = 16 };

    /// Most characters (UTF-16 units) that one string of an event may have.
    static constexpr std::size_t longest = 31'839;

    /// Writes the registry entry of `source` in the log `logtype`, so that viewers find the texts of its messages in `dllname`;
    /// where that is denied, an entry that is there already does as well. Then opens the log. UTF-8.
    static Result<std::unique_ptr<EventLog>> open(const std::string &source, const std::string &dllname,
                                                  const std::string &logtype);

    /// sluice-messages.dll beside this program, whose message 1 is the event's text. Empty on other systems.
    static std::string standardMessageFile();

    virtual ~EventLog() = default;

    /// `text` is UTF-8 without NUL characters.
    virtual Status report(std::uint16_t type, std::uint16_t category, std::uint32_t messageId, std::string_view text) = 0;
};

} // namespace sluice
