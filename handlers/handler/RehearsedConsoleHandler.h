#pragma once

#include "handler/Handler.h"
#include "handler/RehearsedOutput.h"

#include <memory>
#include <string>

namespace sluice {

/// Stands in for a ConsoleHandler in a rehearsal: shows nothing, and formats what it would show.
class RehearsedConsoleHandler final : public Handler
{
public:
    explicit RehearsedConsoleHandler(std::shared_ptr<RehearsedOutput> output) : m_output(std::move(output))
    {
        m_output->setPiece("record shown", "records shown");
    }

protected:
    Status emit(const LogRecord &record) override
    {
        m_text.clear();
        if (Status status = format(record, m_text); !status)
            return status;
        m_output->add(record.created, 1, m_text);
        return {};
    }

private:
    const std::shared_ptr<RehearsedOutput> m_output;
    std::string m_text;
};

} // namespace sluice
