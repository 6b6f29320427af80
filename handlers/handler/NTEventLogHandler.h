#pragma once

#include "handler/EventLog.h"
#include "handler/Handler.h"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace sluice {

/// Reports each record as an event to the event log of Windows.
/// https://docs.python.org/3/library/logging.handlers.html#nteventloghandler
///
/// A text longer than an event can hold (EventLog::longest) is cut and ends with " [cut off here]"; NUL characters
/// become "␀". Records that come before open() or after it failed are dropped with its reason.
class NTEventLogHandler : public Handler
{
public:
    struct Options
    {
        std::string appname;             ///< the source in the event log
        std::string dllname;             ///< file with the messages' texts; empty: EventLog::standardMessageFile()
        std::string logtype = "Application"; ///< or "System", "Security"
    };

    explicit NTEventLogHandler(Options options);
    ~NTEventLogHandler() override;

    /// Writes the registry entry and opens the log. Fails where there is none.
    Status open();

    /// The type of an event by the record's levelno; what is not in it is of type EventLog::ErrorEvent. Python's typemap: change it
    /// before the first record.
    std::map<std::int64_t, std::uint16_t> typemap;

    /// How many records were cut off so far.
    std::uint64_t shortened() const { return m_shortened; }

protected:
    /// Opens the log that events go to.
    virtual Result<std::unique_ptr<EventLog>> openLog();

    Status emit(const LogRecord &record) override;

    /// The message in the message file: 1. Override it for message files of your own.
    virtual std::uint32_t getMessageID(const LogRecord &record) const;
    /// 0, which is none.
    virtual std::uint16_t getEventCategory(const LogRecord &record) const;
    /// By the typemap.
    virtual std::uint16_t getEventType(const LogRecord &record) const;

    /// Makes `text` what an event can hold; whether something was cut off.
    static bool fit(std::string &text);

private:
    const Options m_options;
    std::unique_ptr<EventLog> m_log;
    std::string m_text; ///< reused
    std::atomic<std::uint64_t> m_shortened = 0;
};

} // namespace sluice
