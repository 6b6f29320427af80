#include "RehearsalFeed.h"

#include "LogText.h"

#include <algorithm>
#include <utility>

namespace sluice {

RehearsalFeed::RehearsalFeed(const CaptureRehearsalRequest &request)
    : m_edited(request.edited, request.baseDirectory), m_evaluator(request.filter.expression())
{
    if (request.running)
        m_running.emplace(*request.running, request.baseDirectory);
}

Status RehearsalFeed::readFile(const std::string &path) { return readLogText(path, *this); }

bool RehearsalFeed::accept(std::shared_ptr<LogRecordBatch> batch, std::string_view)
{
    LogRecordBatch matching;
    matching.retain(batch);
    for (const LogRecord &record : std::as_const(*batch).records()) {
        m_subject.set(record);
        if (!m_evaluator.matches(m_subject))
            continue;
        matching.addShallowCopy(record);
        if (m_report.records++ == 0)
            m_report.firstTime = m_report.lastTime = record.created;
        m_report.firstTime = std::min(m_report.firstTime, record.created);
        m_report.lastTime = std::max(m_report.lastTime, record.created);
    }
    if (matching.empty())
        return true;
    m_edited.run(matching, {});
    if (m_running)
        m_running->run(matching, {});
    return true;
}

CaptureRehearsalReport RehearsalFeed::take()
{
    m_report.edited = m_edited.result();
    if (m_running) {
        m_report.running = m_running->result();
        m_report.nodes = compareRehearsals(*m_report.running, m_report.edited);
    }
    return std::move(m_report);
}

} // namespace sluice
