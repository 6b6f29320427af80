#include "capture/CaptureRehearsal.h"

#include "capture/CaptureMatcher.h"
#include "capture/PageSearch.h"
#include "capture/SourceNames.h"

#include <algorithm>
#include <atomic>
#include <string>

namespace sluice {

namespace {

/// Records that go through the chains at once; as many as receivers usually give.
constexpr std::size_t recordsAtOnce = 1024;

class CaptureRehearsal
{
public:
    explicit CaptureRehearsal(const CaptureRehearsalRequest &request)
        : m_request(request), m_edited(request.edited, request.baseDirectory)
    {
        if (request.running)
            m_running.emplace(*request.running, request.baseDirectory);
        m_batch.reserve(recordsAtOnce);
    }

    void add(std::uint64_t row)
    {
        const RowView view = m_request.snapshot.view(row);
        if (view.lost) {
            ++m_report.lost;
            return;
        }
        if (m_batch.size() == recordsAtOnce || (view.source != m_source && !m_batch.empty()))
            flush();
        m_source = view.source;
        m_request.snapshot.record(row, m_batch);
        if (m_report.records++ == 0)
            m_report.firstTime = m_report.lastTime = view.created;
        m_report.firstTime = std::min(m_report.firstTime, view.created);
        m_report.lastTime = std::max(m_report.lastTime, view.created);
    }

    void flush()
    {
        if (m_batch.empty())
            return;
        const std::string_view receiver =
            m_source == SourceNames::other ? std::string_view() : m_request.store->sources().name(m_source).receiver;
        m_edited.run(m_batch, receiver);
        if (m_running)
            m_running->run(m_batch, receiver);
        m_batch.clear();
    }

    CaptureRehearsalReport take()
    {
        flush();
        m_report.edited = m_edited.result();
        if (m_running) {
            m_report.running = m_running->result();
            m_report.nodes = compareRehearsals(*m_report.running, m_report.edited);
        }
        return std::move(m_report);
    }

private:
    const CaptureRehearsalRequest &m_request;
    Rehearsal m_edited;
    std::optional<Rehearsal> m_running;
    LogRecordBatch m_batch;
    std::uint32_t m_source = SourceNames::other;
    CaptureRehearsalReport m_report;
};

} // namespace

Result<CaptureRehearsalReport> rehearseCapture(const CaptureRehearsalRequest &request, const RehearsalProgress &progress)
{
    constexpr std::size_t rowsPerReport = 8192;
    CaptureRehearsal rehearsal(request);
    const CaptureSnapshot &snapshot = request.snapshot;
    CaptureMatcher matcher(request.filter, *request.store);
    const std::atomic<std::uint64_t> generation{0};
    PageSearch search(matcher, generation, 0);
    std::vector<std::uint64_t> rows;
    for (std::size_t page = 0; page < snapshot.pageCount(); ++page) {
        rows.clear();
        const std::uint64_t first = snapshot.page(page)->firstRow();
        const std::uint64_t end = first + snapshot.rowsOf(page);
        search.search(*snapshot.page(page), first, end, rows);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (progress && i % rowsPerReport == 0 &&
                !progress(static_cast<double>(rows[i] - snapshot.firstRow()) / static_cast<double>(std::max<std::uint64_t>(1, snapshot.size()))))
                return Error{"The rehearsal was ended before it was done."};
            rehearsal.add(rows[i]);
        }
        if (progress && rows.empty() &&
            !progress(static_cast<double>(end - snapshot.firstRow()) / static_cast<double>(std::max<std::uint64_t>(1, snapshot.size()))))
            return Error{"The rehearsal was ended before it was done."};
    }
    return rehearsal.take();
}

} // namespace sluice
