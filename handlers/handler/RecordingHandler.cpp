#include "handler/RecordingHandler.h"

namespace sluice {

std::vector<std::string> RecordingHandler::lines() const
{
    const Lock guard = lock();
    return m_lines;
}

void RecordingHandler::failWith(std::string sentence)
{
    const Lock guard = lock();
    m_failure = std::move(sentence);
}

Status RecordingHandler::emit(const LogRecord &record)
{
    if (!m_failure.empty())
        return Error{m_failure};
    std::string line;
    if (Status status = format(record, line); !status)
        return status;
    m_lines.push_back(std::move(line));
    // A copy for a test is no delivery that is still to come: it must not keep trackers alive.
    m_records.addCopy(record).tracker = nullptr;
    return {};
}

} // namespace sluice
