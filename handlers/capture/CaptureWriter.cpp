#include "capture/CaptureWriter.h"

#include "base/Clock.h"

#include <algorithm>
#include <cstdio>

namespace sluice {

namespace {

using namespace std::chrono_literals;

/// Between two looks at the unfinished page. What is lost by a sudden end is this, and the time of a write.
constexpr auto tailInterval = 250ms;
/// Between two attempts after a failure.
constexpr auto retryInterval = 1s;
/// More may not wait for the disk: it is what a sudden end loses.
constexpr std::size_t maxWaitingBytes = std::size_t{32} << 20;
constexpr std::string_view segmentSuffix = ".records";
constexpr std::string_view tailSuffix = ".tail";

std::string numbered(std::uint64_t number, std::string_view suffix)
{
    char digits[24];
    std::snprintf(digits, sizeof digits, "%012llu", static_cast<unsigned long long>(number));
    return digits + std::string(suffix);
}

std::optional<std::uint64_t> numberOf(std::string_view name, std::string_view suffix)
{
    if (!name.ends_with(suffix))
        return std::nullopt;
    name.remove_suffix(suffix.size());
    if (name.size() < 12 || name.size() > 19 || name.find_first_not_of("0123456789") != name.npos)
        return std::nullopt;
    std::uint64_t number = 0;
    for (const char digit : name)
        number = number * 10 + static_cast<std::uint64_t>(digit - '0');
    return number;
}

} // namespace

std::string CaptureWriter::segmentName(std::uint64_t number) { return numbered(number, segmentSuffix); }
std::string CaptureWriter::tailName(std::uint64_t firstRow) { return numbered(firstRow, tailSuffix); }
std::optional<std::uint64_t> CaptureWriter::segmentNumber(const std::string &name)
{
    return numberOf(name, segmentSuffix);
}
std::optional<std::uint64_t> CaptureWriter::tailNumber(const std::string &name) { return numberOf(name, tailSuffix); }

CaptureWriter::CaptureWriter(std::string directory, const Limits &limits, std::vector<Segment> segments,
                             std::shared_ptr<const LoggerNames> loggers,
                             std::shared_ptr<const SourceNames> sources, std::function<void()> ticked)
    : m_directory(std::move(directory)), m_limits{limits.segmentBytes, std::min(limits.waitingBytes, maxWaitingBytes)}, m_loggers(std::move(loggers)),
      m_sources(std::move(sources)), m_ticked(std::move(ticked)), m_frames(m_loggers, m_sources),
      m_segments(std::move(segments))
{
    for (const Segment &segment : m_segments)
        m_nextNumber = std::max(m_nextNumber, segment.number + 1);
    m_thread = std::thread([this] { run(); });
}

CaptureWriter::~CaptureWriter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

void CaptureWriter::setCurrent(std::shared_ptr<BlockPage> page, std::shared_ptr<const CaptureBlock> block)
{
    const std::lock_guard lock(m_mutex);
    m_currentPage = std::move(page);
    m_currentBlock = std::move(block);
}

void CaptureWriter::add(std::shared_ptr<BlockPage> page, std::shared_ptr<const CaptureBlock> block)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waitingBytes += block->capacity();
        if (m_currentPage == page) {
            m_currentPage.reset();
            m_currentBlock.reset();
        }
        m_jobs.push_back({Job::Kind::Write, std::move(page), std::move(block), 0});
    }
    m_changed.notify_one();
}

void CaptureWriter::clear(std::uint64_t firstRow)
{
    {
        const std::lock_guard lock(m_mutex);
        m_currentPage.reset();
        m_currentBlock.reset();
        m_jobs.clear();
        m_waitingBytes = 0;
        m_segments.clear();
        m_jobs.push_back({Job::Kind::Clear, nullptr, nullptr, firstRow});
    }
    m_changed.notify_one();
}

std::uint64_t CaptureWriter::retire(std::uint64_t maxBytes, Nanoseconds maxAge, Nanoseconds now)
{
    const std::lock_guard lock(m_mutex);
    std::uint64_t bytes = 0;
    for (const Segment &segment : m_segments)
        bytes += segment.bytes;
    std::uint64_t last = 0;
    // The one that is being written to stays.
    while (m_segments.size() > 1 &&
           (bytes > maxBytes || (maxAge > 0 && m_segments.front().written < now - maxAge))) {
        last = m_segments.front().number;
        bytes -= m_segments.front().bytes;
        m_segments.erase(m_segments.begin());
        m_jobs.push_back({Job::Kind::Remove, nullptr, nullptr, last});
    }
    if (last > 0)
        m_changed.notify_one();
    return last;
}

void CaptureWriter::waitForRoom()
{
    std::unique_lock lock(m_mutex);
    if (m_waitingBytes <= m_limits.waitingBytes) {
        m_givenUp = false;
        return;
    }
    while (m_waitingBytes > m_limits.waitingBytes && m_fault.empty() && !m_givenUp) {
        const std::uint64_t progress = m_progress;
        if (!m_done.wait_for(lock, 1s, [&] { return m_progress != progress || !m_fault.empty(); }))
            m_givenUp = true;
    }
}

bool CaptureWriter::waitUntilWritten(std::chrono::milliseconds atMost)
{
    std::unique_lock lock(m_mutex);
    m_changed.notify_one();
    return m_done.wait_for(lock, atMost, [this] {
        return m_jobs.empty() && (!m_currentPage || m_tailRow >= m_currentPage->endRow());
    });
}

std::string CaptureWriter::fault() const
{
    const std::lock_guard lock(m_mutex);
    if (m_fault.empty() && m_givenUp)
        return "The disk is too slow for the records that come: the newest are in memory only.";
    return m_fault;
}

std::uint64_t CaptureWriter::diskBytes() const
{
    const std::lock_guard lock(m_mutex);
    std::uint64_t bytes = 0;
    for (const Segment &segment : m_segments)
        bytes += segment.bytes;
    return bytes;
}

void CaptureWriter::run()
{
    auto nextTail = std::chrono::steady_clock::now() + tailInterval;
    auto nextTry = std::chrono::steady_clock::time_point::min();
    std::unique_lock lock(m_mutex);
    while (true) {
        const auto mayTry = [&] { return std::chrono::steady_clock::now() >= nextTry; };
        const auto due = m_jobs.empty() || mayTry() ? nextTail : std::min(nextTail, nextTry);
        m_changed.wait_until(lock, due, [&] { return m_stopping || (!m_jobs.empty() && mayTry()); });
        bool failed = false;
        if (!m_jobs.empty() && (m_stopping || mayTry())) {
            const Job job = m_jobs.front();
            lock.unlock();
            failed = !perform(job);
            lock.lock();
            // A clear() may have put others into its place.
            if (!failed && !m_jobs.empty() && m_jobs.front().page == job.page && m_jobs.front().kind == job.kind &&
                m_jobs.front().number == job.number) {
                m_jobs.pop_front();
                if (job.block)
                    m_waitingBytes -= std::min(m_waitingBytes, job.block->capacity());
            }
            if (!failed)
                ++m_progress;
            m_done.notify_all();
        }
        if (const auto now = std::chrono::steady_clock::now(); now >= nextTail || m_stopping) {
            if (const auto page = m_currentPage; page && (m_stopping || mayTry())) {
                const auto block = m_currentBlock;
                lock.unlock();
                failed = !writeTail(*page, block) || failed;
                lock.lock();
                m_tailRow = m_tail.firstRow + m_tail.place.rows;
                m_done.notify_all();
            }
            lock.unlock();
            m_ticked();
            lock.lock();
            nextTail = std::chrono::steady_clock::now() + tailInterval;
        }
        if (failed)
            nextTry = std::chrono::steady_clock::now() + retryInterval;
        if (m_stopping && (m_jobs.empty() || failed))
            return;
    }
}

bool CaptureWriter::perform(const Job &job)
{
    switch (job.kind) {
    case Job::Kind::Write:
        return writePage(job);
    case Job::Kind::Clear:
        removeAll();
        return openSegment(job.number);
    case Job::Kind::Remove:
        // What cannot be removed now is found, and removed, when the capture is opened next.
        (void)files::remove(path(segmentName(job.number)));
        return true;
    }
    return true;
}

bool CaptureWriter::writePage(const Job &job)
{
    if (!job.page->isPinned())
        return true; // it has been lost, or cleared
    if ((!m_file.isOpen() || m_fileBytes >= m_limits.segmentBytes) && !openSegment(job.block->firstRow()))
        return false;
    const std::string_view bytes =
        m_frames.block(*job.block, *job.page->summary(), job.page->beginsSession());
    const std::uint64_t offset = m_fileBytes;
    if (!report(append(m_file, m_fileBytes, bytes)))
        return false;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_segments.empty() && m_segments.back().number == m_segment->number) {
            m_segments.back().bytes = m_fileBytes;
            m_segments.back().written = wallClock();
        }
    }
    FramePlace place;
    place.segment = m_segment;
    place.offset = offset;
    place.header = m_frames.header();
    place.loggers = m_loggers->size();
    place.sources = m_sources->size();
    job.page->setStored(std::move(place));
    removeTail(job.block->firstRow());
    return true;
}

bool CaptureWriter::openSegment(std::uint64_t firstRow)
{
    const std::uint64_t number = m_nextNumber;
    const std::string name = segmentName(number);
    Result<NativeFile> file = NativeFile::open(path(name), NativeFile::Mode::CreatePrivate);
    if (!file)
        return report(file.error());
    std::uint64_t bytes = 0;
    Result<FileReader> reader = FileReader::open(path(name));
    Status status = reader ? append(*file, bytes, m_frames.begin(firstRow)) : Status(reader.error());
    if (!report(status)) {
        (void)file->close();
        (void)files::remove(path(name));
        return false;
    }
    m_file = std::move(*file);
    m_fileBytes = bytes;
    m_segment = std::make_shared<CaptureSegment>();
    m_segment->file = std::move(*reader);
    m_segment->name = name;
    m_segment->number = number;
    ++m_nextNumber;
    const std::lock_guard lock(m_mutex);
    m_segments.push_back({number, bytes, wallClock()});
    return true;
}

bool CaptureWriter::writeTail(const BlockPage &page, const std::shared_ptr<const CaptureBlock> &block)
{
    const std::uint64_t firstRow = block->firstRow();
    if (block->rowCount() == 0)
        return true;
    if (!m_tail.file.isOpen() || m_tail.firstRow != firstRow) {
        // Whatever has the name is of a page that has been cleared.
        (void)m_tail.file.close();
        (void)files::remove(path(tailName(firstRow)));
        Result<NativeFile> file = NativeFile::open(path(tailName(firstRow)), NativeFile::Mode::CreatePrivate);
        if (!file)
            return report(file.error());
        m_tail.firstRow = firstRow;
        m_tail.file = std::move(*file);
        m_tail.bytes = 0;
        m_tail.place = {};
    }
    FrameWriter::Place place = m_tail.place;
    const std::string_view bytes = m_frames.part(*block, place, page.beginsSession());
    if (bytes.empty())
        return true;
    if (!report(append(m_tail.file, m_tail.bytes, bytes)))
        return false;
    m_tail.place = place;
    return true;
}

void CaptureWriter::removeTail(std::uint64_t firstRow)
{
    if (m_tail.file.isOpen() && m_tail.firstRow == firstRow) {
        (void)m_tail.file.close();
        m_tail = {};
    }
    if (const std::string tail = path(tailName(firstRow)); files::exists(tail))
        (void)files::remove(tail);
}

void CaptureWriter::removeAll()
{
    (void)m_file.close();
    (void)m_tail.file.close();
    m_tail = {};
    m_segment.reset();
    const auto names = files::names(m_directory);
    if (!report(names ? Status() : Status(names.error())))
        return;
    for (const std::string &name : *names) {
        if (segmentNumber(name) || tailNumber(name))
            report(files::remove(path(name)));
    }
}

Status CaptureWriter::append(NativeFile &file, std::uint64_t &size, std::string_view bytes)
{
    NativeFile::Written written = file.write(bytes);
    if (written.status) {
        size += bytes.size();
        return {};
    }
    // Half a frame would be taken for damage.
    if (!file.truncate(size))
        size += written.bytes;
    return std::move(written.status);
}

bool CaptureWriter::report(const Status &status)
{
    const std::lock_guard lock(m_mutex);
    if (status)
        m_fault.clear();
    else
        m_fault = status.error().text + " Records are kept in memory only.";
    return status.ok();
}

} // namespace sluice
