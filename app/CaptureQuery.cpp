#include "CaptureQuery.h"

#include "capture/CaptureFile.h"
#include "capture/PageSearch.h"

#include <algorithm>
#include <atomic>
#include <span>
#include <vector>

namespace sluice {

namespace {

/// Records that are decoded before they are written.
constexpr std::size_t recordsAtOnce = 1000;

} // namespace

Status CaptureQuery::read(const std::string &path)
{
    const auto opened = CaptureFile::open(path);
    if (!opened)
        return opened.error();
    const CaptureFile &capture = **opened;
    const CaptureSnapshot snapshot = capture.snapshot();
    CaptureFilter filter;
    filter.text = m_expression;
    CaptureMatcher matcher(filter, capture);
    const std::atomic<std::uint64_t> generation{0};
    PageSearch search(matcher, generation, 0);
    std::vector<std::uint64_t> rows;
    std::vector<const LogRecord *> found;
    LogRecordBatch batch;
    batch.reserve(recordsAtOnce);
    for (std::size_t page = 0; page < snapshot.pageCount() && !m_output.isBroken(); ++page) {
        rows.clear();
        const std::uint64_t first = snapshot.page(page)->firstRow();
        search.search(*snapshot.page(page), first, first + snapshot.rowsOf(page), rows);
        for (std::span<const std::uint64_t> rest(rows); !rest.empty();) {
            const auto some = rest.first(std::min(rest.size(), recordsAtOnce));
            rest = rest.subspan(some.size());
            batch.clear();
            found.clear();
            for (const std::uint64_t row : some)
                found.push_back(&snapshot.record(row, batch));
            m_output.write(found);
        }
    }
    m_lost = capture.figures().lost;
    return {};
}

} // namespace sluice
