#pragma once

#include "handler/EventLog.h"
#include "handler/NTEventLogHandler.h"
#include "handler/RehearsedOutput.h"

namespace sluice {

/// Stands in for an NTEventLogHandler in a rehearsal: makes its events, and reports them to nobody.
class RehearsedNTEventLogHandler final : public NTEventLogHandler
{
public:
    RehearsedNTEventLogHandler(Options options, std::shared_ptr<RehearsedOutput> output)
        : NTEventLogHandler(std::move(options)), m_output(std::move(output))
    {
        m_output->setPiece("event", "events");
        if (EventLog::standardMessageFile().empty())
            m_output->setCaveat("The event log of Windows needs Windows: here its records would be dropped.");
    }

protected:
    class Listener final : public EventLog
    {
    public:
        explicit Listener(const RehearsedNTEventLogHandler &handler) : m_handler(handler) {}
        Status report(std::uint16_t type, std::uint16_t, std::uint32_t, std::string_view text) override
        {
            m_handler.m_output->add(m_handler.m_time, 1, text,
                                    type == ErrorEvent ? "Error" : type == WarningEvent ? "Warning" : "Information");
            return {};
        }

    private:
        const RehearsedNTEventLogHandler &m_handler;
    };

    Result<std::unique_ptr<EventLog>> openLog() override { return std::unique_ptr<EventLog>(std::make_unique<Listener>(*this)); }

    Status emit(const LogRecord &record) override
    {
        m_time = record.created;
        return NTEventLogHandler::emit(record);
    }

private:
    const std::shared_ptr<RehearsedOutput> m_output;
    Nanoseconds m_time = 0;
};

} // namespace sluice
