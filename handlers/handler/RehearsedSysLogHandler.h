#pragma once

#include "handler/RehearsedOutput.h"
#include "handler/SysLogHandler.h"

namespace sluice {

/// Stands in for a SysLogHandler in a rehearsal: makes its messages, and connects to nobody.
class RehearsedSysLogHandler final : public SysLogHandler
{
public:
    RehearsedSysLogHandler(Options options, std::shared_ptr<RehearsedOutput> output)
        : SysLogHandler(std::move(options)), m_output(std::move(output))
    {
        m_output->setPiece("message", "messages");
    }

protected:
    /// Takes each message as what it is given at once.
    class Listener final : public PeerSocket
    {
    public:
        explicit Listener(const RehearsedSysLogHandler &handler) : m_handler(handler) {}
        Sent send(std::string_view bytes) override
        {
            m_handler.m_output->add(m_handler.m_time, 1, bytes);
            return {bytes.size(), {}};
        }

    private:
        const RehearsedSysLogHandler &m_handler;
    };

    Result<std::unique_ptr<PeerSocket>> makeSocket() override
    {
        return std::unique_ptr<PeerSocket>(std::make_unique<Listener>(*this));
    }

    void emitBatch(RecordSpan records) override
    {
        for (const LogRecord *const &record : records) {
            m_time = record->created;
            SysLogHandler::emitBatch(RecordSpan(&record, 1));
        }
    }

private:
    const std::shared_ptr<RehearsedOutput> m_output;
    Nanoseconds m_time = 0;
};

} // namespace sluice
