#pragma once

#include "handler/DeadlineThread.h"
#include "handler/DesktopNotifier.h"
#include "handler/Handler.h"

#include <chrono>
#include <memory>
#include <string>

namespace sluice {

/// Shows records as notifications on the desktop; Python has no such handler.
///
/// At most one in an interval. What comes meanwhile is counted, and told in one more notification when the interval is over, or
/// at close(), with the most severe of it. Text is shortened, and never read as markup.
class NotificationHandler : public Handler
{
public:
    explicit NotificationHandler(std::chrono::milliseconds interval);
    ~NotificationHandler() override;

    /// Fails where there is no desktop. The first record tries it if nobody has.
    Status open();

    /// Tells what is held back. May be used again afterwards. Not to be called with the handler's lock taken.
    void close() override;

protected:
    /// What the title says: level and logger. Override to change it.
    virtual std::string title(const LogRecord &record) const;

    /// Shows a text that stands for so many records, the last of which came at `time`.
    virtual Status display(const std::string &title, const std::string &text, bool isUrgent, Nanoseconds time, std::size_t records);

    Status emit(const LogRecord &record) override;

private:
    using Clock = DeadlineThread::Clock;

    Status show(const std::string &title, const std::string &text, int levelno, Nanoseconds time, std::size_t records);
    void showHeldBack();
    Clock::time_point time(const LogRecord &record) const;

    const std::chrono::milliseconds m_interval;
    std::unique_ptr<DesktopNotifier> m_desktop;
    std::string m_text;
    Clock::time_point m_next{};
    std::size_t m_heldBack = 0;
    int m_worst = 0;           ///< of what is held back
    Nanoseconds m_lastTime = 0;
    std::string m_worstTitle;
    std::string m_worstText;
    DeadlineThread m_intervalOver; ///< last: it uses all that stands before it
};

} // namespace sluice
