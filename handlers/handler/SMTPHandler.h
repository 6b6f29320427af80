#pragma once

#include "handler/DeadlineThread.h"
#include "handler/Handler.h"
#include "handler/HeldMail.h"
#include "handler/MailTransport.h"
#include "handler/TlsOptions.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace sluice {

class MailWriter;

/// Mails each record. https://docs.python.org/3/library/logging.handlers.html#smtphandler
///
/// A mail has the bytes of Python's; each goes over a connection of its own, and handle() returns when the server has
/// taken it or the time is over. Beyond Python: one mail for a whole batch, and a limit for mails in a period, whose surplus
/// is collected into one mail.
class SMTPHandler : public Handler
{
public:
    struct Options
    {
        MailTransport::Options server;
        TlsOptions tls;
        std::string fromaddr;
        std::vector<std::string> toaddrs;
        std::string subject;
        /// One mail for the records of one handle(), which is what MemoryHandler passes on.
        bool digest = false;
        /// Mails in a period; 0: no limit. Records beyond are held, and go out as one mail when the period is over or at
        /// close().
        int rateLimit = 0;
        std::chrono::milliseconds ratePeriod{60000};
        /// Records that are held; more are reported as dropped.
        std::size_t maxHeld = 1000;
    };

    explicit SMTPHandler(Options options);
    ~SMTPHandler() override;

    /// Checks the addresses and the names of files; connects to nobody. The first record does it if nobody else has.
    Status open();

    /// Mails what is held. May be used again afterwards. Not to be called with the handler's lock taken.
    void close() override;

    std::size_t pending() const override { return m_held.size(); }
    bool keepsTogether() const override { return m_options.digest; }

protected:
    /// The subject for a record. For several records in one mail it is asked for the most severe, and their number is
    /// added. Override to change it.
    virtual std::string getSubject(const LogRecord &record) const;

    /// Hands a mail with so many records to the server.
    virtual Result<MailTransport::Receipt> deliver(std::string_view mail, const std::string &subject, Nanoseconds date, std::size_t records);

    Status emit(const LogRecord &record) override;
    void emitBatch(RecordSpan records) override;

private:
    using Clock = DeadlineThread::Clock;

    void mailTogether(RecordSpan records);
    void hold(RecordSpan records);
    void mailHeld();
    void reportHeld(const Error &error);
    Status prepare();
    Clock::time_point time(const LogRecord &record) const;
    bool mayMailNow(const LogRecord &record);
    Status send(std::string subject, Nanoseconds date, std::string_view text, std::size_t records);

    const Options m_options;
    std::unique_ptr<MailWriter> m_writer;
    std::unique_ptr<MailTransport> m_transport;
    std::string m_text;
    std::string m_digestText;
    std::vector<const LogRecord *> m_together;
    HeldMail m_held;
    std::string m_heldSubject; ///< of the most severe record that is held
    int m_heldWorst = 0;
    Clock::time_point m_periodEnd{};
    int m_mailsInPeriod = 0;
    DeadlineThread m_periodOver; ///< last: it uses all that stands before it
};

} // namespace sluice
