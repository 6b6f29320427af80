#include "capture/Capture.h"

#include "capture/CaptureReader.h"
#include "record/DeliveryTracker.h"
#include "record/Level.h"

#include <algorithm>
#include <utility>

namespace sluice {

namespace {

/// A page, and a record, fit into a frame of a file.
constexpr std::size_t mostBytes = std::size_t{32} << 20;

void bump(std::atomic<std::uint64_t> &counter, std::uint64_t by = 1)
{
    counter.fetch_add(by, std::memory_order_relaxed);
}

} // namespace

Capture::Capture(const Options &options)
    : m_options{options.budget, std::min(options.blockBytes, mostBytes), std::min(options.maxRecordBytes, mostBytes)},
      m_cache(std::make_shared<PageCache>(options.budget)), m_encoder(m_options.maxRecordBytes),
      m_list(std::make_shared<PageList>())
{
}

Capture::~Capture()
{
    {
        const std::lock_guard lock(m_writeMutex);
        sealBlock();
    }
    // It writes what is left, and calls back no more.
    m_writer.reset();
}

Status Capture::persist(const Disk &disk)
{
    const std::lock_guard lock(m_writeMutex);
    const auto refuse = [&](Error error) {
        const std::lock_guard listLock(m_listMutex);
        m_notice = error.text + " Records are kept in memory only.";
        return Status(std::move(error));
    };
    if (m_nextRow != 0 || m_writer)
        return Error{"This capture has records already."};
    Result<CaptureFolder> folder = CaptureFolder::claim(disk.directory);
    if (!folder)
        return refuse(folder.error());
    const Result<CaptureFolder::Files> files = CaptureFolder::list(folder->path());
    if (!files)
        return refuse(files.error());

    CaptureReader reader(m_loggers, m_sources, m_cache, m_damage);
    std::vector<CaptureWriter::Segment> segments;
    for (const auto &[number, path] : files->segments) {
        if (const Status status = reader.addFile(path, number); !status)
            m_damage->addPlace(path + " cannot be read");
        const auto written = files::modified(path);
        segments.push_back({number, reader.lastFileBytes(), written ? *written * nanosecondsPerSecond : wallClock()});
    }
    for (const auto &[row, path] : files->tails) {
        if (const Status status = reader.addFile(path, 0); !status)
            m_damage->addPlace(path + " cannot be read");
    }
    CaptureReader::Found found = reader.finish();
    for (const auto &tail : files->tails) {
        // Its rows stand in a whole page, or cannot be read.
        if (std::ranges::none_of(found.unwritten, [&](const auto &page) { return page->firstRow() == tail.first; }))
            (void)files::remove(tail.second);
    }

    m_folder = std::move(*folder);
    m_disk = disk;
    m_nextRow = found.endRow;
    m_sessionBegins = true;
    m_errors.store(found.errors, std::memory_order_relaxed);
    m_sessionRow.store(found.endRow, std::memory_order_relaxed);
    m_endRow.store(m_nextRow, std::memory_order_release);
    auto writer = std::make_shared<CaptureWriter>(m_folder->path(), CaptureWriter::Limits{disk.segmentBytes, std::max(m_options.budget / 4, 2 * m_options.blockBytes)}, std::move(segments), m_loggers,
                                                  m_sources, [this] {
                                                      if (m_writeMutex.try_lock()) {
                                                          const std::lock_guard held(m_writeMutex, std::adopt_lock);
                                                          retire();
                                                      }
                                                  });
    for (const std::shared_ptr<BlockPage> &page : found.unwritten)
        writer->add(page, page->resident());
    auto list = std::make_shared<PageList>();
    list->firstRow = found.firstRow;
    list->pages = std::move(found.pages);
    {
        const std::lock_guard listLock(m_listMutex);
        m_writer = std::move(writer);
        m_list = std::move(list);
        m_sessions = std::make_shared<const std::vector<std::uint64_t>>(std::move(found.sessions));
        if (m_folder->isAnother())
            m_notice = "Another program has the capture " + disk.directory + "; records are kept in " +
                       m_folder->path() + ".";
    }
    wake();
    return {};
}

void Capture::append(RecordSpan records)
{
    {
        const std::lock_guard lock(m_writeMutex);
        m_lastSource = SourceNames::other;
        m_lastTracker = nullptr;
        m_lastProcess = {};
        for (const LogRecord *record : records)
            appendRecord(*record);
        publish();
    }
    wake();
}

void Capture::appendRecord(const LogRecord &record)
{
    const std::uint32_t source = sourceOf(record);
    if (m_encoder.encode(record, source))
        bump(m_shortened);

    CaptureBlock &block = blockFor(m_encoder.site().size() + m_encoder.text().size());
    auto [site, isNew] = m_sites.try_emplace(m_encoder.site(), 0);
    if (isNew)
        site->second = block.putText(m_encoder.site());
    CaptureBlock::Row row;
    row.created = record.created;
    row.levelno = record.levelno;
    row.site = site->second;
    row.text = block.putText(m_encoder.text());
    row.logger = m_loggers->intern(record.name());
    block.putRow(row);
    m_loggers->count(row.logger, 1);
    const bool isError = row.levelno >= level::Error;
    m_sources->count(source, 1, isError);
    m_sources->noticeTime(source, row.created);
    const Value process = record[Attribute::Process];
    m_sources->see(source, m_nextRow,
                   process.kind() == Value::Kind::Int ? std::optional(process.asInt()) : std::nullopt);
    if (isError)
        bump(m_errors);
    ++m_nextRow;
}

std::uint32_t Capture::sourceOf(const LogRecord &record)
{
    const std::string_view process = record.text(Attribute::ProcessName);
    if (m_lastSource != SourceNames::other && record.tracker == m_lastTracker && process == m_lastProcess)
        return m_lastSource;
    m_lastTracker = record.tracker;
    m_lastProcess = process;
    const RecordOrigin origin = record.tracker ? record.tracker->origin() : RecordOrigin();
    m_lastSource = m_sources->intern(origin.receiver, origin.peer, process);
    return m_lastSource;
}

CaptureBlock &Capture::blockFor(std::size_t textBytes)
{
    if (m_block && m_block->fits(textBytes))
        return *m_block;
    sealBlock();
    if (m_writer) {
        m_writer->waitForRoom();
        retire();
    }
    const std::size_t bytes = std::max(m_options.blockBytes, textBytes + sizeof(CaptureBlock::Row));
    auto list = std::make_shared<PageList>(*m_list);
    m_block = std::make_shared<CaptureBlock>(m_nextRow, bytes);
    m_page = std::make_shared<BlockPage>(m_block, m_cache, m_damage);
    m_page->setBeginsSession(std::exchange(m_sessionBegins, false));
    evict(*list);
    list->pages.push_back(m_page);
    setList(std::move(list));
    if (m_writer)
        m_writer->setCurrent(m_page, m_block);
    return *m_block;
}

void Capture::setList(std::shared_ptr<const PageList> list)
{
    const std::lock_guard lock(m_listMutex);
    m_list = std::move(list);
}

void Capture::sealBlock()
{
    if (!m_block)
        return;
    m_block->publish();
    m_page->seal(*m_block);
    if (m_writer)
        m_writer->add(m_page, m_block);
    m_block.reset();
    m_page.reset();
    m_sites.clear();
}

void Capture::evict(PageList &list)
{
    std::size_t gone = 0;
    for (std::size_t i = 0; i < list.pages.size() && m_cache->bytes() > m_options.budget; ++i) {
        const auto page = std::dynamic_pointer_cast<const BlockPage>(list.pages[i]);
        if (!page || !page->isPinned())
            continue;
        if (i == gone) {
            page->release();
            ++gone;
        } else if (page->lose("This record was lost: it could not be written, and there was no room for it in memory.")) {
            // Older ones are in files: they stay.
            discount(*page->summary());
            bump(m_evicted, page->rowCount());
        }
    }
    removePages(list, gone);
}

void Capture::retire()
{
    if (!m_writer)
        return;
    const std::uint64_t last = m_writer->retire(m_disk.maxBytes, m_disk.maxAge, wallClock());
    if (last == 0)
        return;
    std::size_t gone = 0;
    for (std::size_t i = 0; i < m_list->pages.size(); ++i) {
        const auto *page = dynamic_cast<const BlockPage *>(m_list->pages[i].get());
        const std::uint64_t segment = page ? page->segment() : 0;
        if (segment > last)
            break;
        if (segment > 0)
            gone = i + 1;
    }
    auto list = std::make_shared<PageList>(*m_list);
    removePages(*list, gone);
    setList(std::move(list));
    wake();
}

void Capture::removePages(PageList &list, std::size_t count)
{
    if (count == 0)
        return;
    for (std::size_t i = 0; i < count; ++i) {
        const auto *page = dynamic_cast<const BlockPage *>(list.pages[i].get());
        if (!page || page->isLost())
            continue; // counted when it was lost
        discount(*page->summary());
        bump(m_evicted, page->rowCount());
    }
    list.firstRow = list.pages[count - 1]->endRow();
    list.pages.erase(list.pages.begin(), list.pages.begin() + static_cast<std::ptrdiff_t>(count));
    m_sources->forgetBelow(list.firstRow);
}

void Capture::discount(const PageSummary &summary)
{
    for (const PageSummary::LoggerCount &count : summary.loggers)
        m_loggers->count(count.logger, -std::int64_t{count.rows});
    for (const PageSummary::SourceCount &count : summary.sources)
        m_sources->count(count.source, -std::int64_t{count.rows}, -std::int64_t{count.errors});
}

void Capture::publish()
{
    if (m_block) {
        m_block->publish();
        m_page->publish(*m_block);
        m_unused.store(m_block->capacity() - m_block->used(), std::memory_order_relaxed);
    }
    m_endRow.store(m_nextRow, std::memory_order_release);
}

void Capture::clear()
{
    {
        const std::lock_guard lock(m_writeMutex);
        auto empty = std::make_shared<PageList>();
        empty->firstRow = m_nextRow;
        for (const auto &page : m_list->pages) {
            if (const auto *block = dynamic_cast<const BlockPage *>(page.get()))
                block->release();
        }
        if (m_writer)
            m_writer->clear(m_nextRow);
        m_block.reset();
        m_page.reset();
        m_sites.clear();
        m_unused.store(0, std::memory_order_relaxed);
        m_errors.store(0, std::memory_order_relaxed);
        m_loggers->resetCounts();
        m_sources->resetCounts(m_nextRow);
        setList(std::move(empty));
    }
    wake();
}

bool Capture::waitUntilWritten(std::chrono::milliseconds atMost) const
{
    std::shared_ptr<CaptureWriter> writer;
    {
        const std::lock_guard lock(m_listMutex);
        writer = m_writer;
    }
    return !writer || writer->waitUntilWritten(atMost);
}

std::string Capture::folder() const
{
    const std::lock_guard lock(m_writeMutex);
    return m_folder ? m_folder->path() : std::string();
}

std::shared_ptr<const std::vector<std::uint64_t>> Capture::sessionRows() const
{
    const std::lock_guard lock(m_listMutex);
    return m_sessions;
}

CaptureSnapshot Capture::snapshot() const
{
    std::shared_ptr<const PageList> list;
    {
        const std::lock_guard lock(m_listMutex);
        list = m_list;
    }
    return CaptureSnapshot(std::move(list), m_loggers, loader());
}

Capture::Figures Capture::figures() const
{
    Figures figures;
    {
        const std::lock_guard lock(m_listMutex);
        figures.firstRow = m_list->firstRow;
        if (m_writer) {
            figures.diskBytes = m_writer->diskBytes();
            figures.fault = m_writer->fault();
        }
        if (figures.fault.empty())
            figures.fault = m_notice;
    }
    figures.lost = m_damage->rows();
    figures.damage = m_damage->sentence();
    figures.sessionRow = m_sessionRow.load(std::memory_order_relaxed);
    figures.endRow = std::max(endRow(), figures.firstRow);
    figures.evicted = m_evicted.load(std::memory_order_relaxed);
    figures.shortened = m_shortened.load(std::memory_order_relaxed);
    figures.errors = m_errors.load(std::memory_order_relaxed);
    const std::size_t allocated = m_cache->bytes();
    figures.bytes = allocated - std::min(allocated, m_unused.load(std::memory_order_relaxed));
    figures.budget = m_options.budget;
    return figures;
}

} // namespace sluice
