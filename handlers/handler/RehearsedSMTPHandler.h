#pragma once

#include "handler/RehearsedOutput.h"
#include "handler/SMTPHandler.h"

namespace sluice {

/// Stands in for an SMTPHandler in a rehearsal: writes its mails, limits them by the records' times, and connects to nobody.
class RehearsedSMTPHandler final : public SMTPHandler
{
public:
    RehearsedSMTPHandler(Options options, std::shared_ptr<RehearsedOutput> output)
        : SMTPHandler(std::move(options)), m_output(std::move(output))
    {
        m_output->setPiece("mail", "mails");
        if (keepsTogether())
            m_output->setCaveat("A mail holds what is passed on together: without a MemoryHandler before it, that is what happens to arrive together.");
    }

    /// What is held at the end of a rehearsal is still held.
    void close() override {}

protected:
    Result<MailTransport::Receipt> deliver(std::string_view mail, const std::string &subject, Nanoseconds date, std::size_t records) override
    {
        m_output->add(date, records, mail, subject);
        return MailTransport::Receipt{};
    }

private:
    const std::shared_ptr<RehearsedOutput> m_output;
};

} // namespace sluice
