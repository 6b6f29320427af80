#pragma once

#include "handler/NotificationHandler.h"
#include "handler/RehearsedOutput.h"

namespace sluice {

/// Stands in for a NotificationHandler in a rehearsal: shows nothing.
class RehearsedNotificationHandler final : public NotificationHandler
{
public:
    RehearsedNotificationHandler(std::chrono::milliseconds interval, std::shared_ptr<RehearsedOutput> output)
        : NotificationHandler(interval), m_output(std::move(output))
    {
        m_output->setPiece("notification", "notifications");
    }

    void close() override {}

protected:
    Status display(const std::string &title, const std::string &text, bool, Nanoseconds time, std::size_t records) override
    {
        m_output->add(time, records, text, title);
        return {};
    }

private:
    const std::shared_ptr<RehearsedOutput> m_output;
};

} // namespace sluice
