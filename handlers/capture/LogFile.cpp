#include "capture/LogFile.h"

#include "text/TextFormatRecognizer.h"
#include "text/TextFormats.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace sluice {

namespace {

/// The first part is small, and its pages too, so that something is to be seen at once.
constexpr std::uint64_t firstRegionBytes = std::uint64_t{512} << 10;
constexpr std::size_t firstPageBytes = std::size_t{64} << 10;
constexpr std::uint64_t regionBytes = std::uint64_t{8} << 20;
/// Worth a second thread.
constexpr std::size_t manyPages = 16;
constexpr auto lookInterval = std::chrono::milliseconds(250);

} // namespace

LogFile::LogFile(std::string path, Options options)
    : m_path(std::move(path)), m_options(std::move(options)),
      m_cache(std::make_shared<PageCache>(m_options.budget))
{
}

Result<std::shared_ptr<LogFile>> LogFile::open(const std::string &path, const Options &options)
{
    std::shared_ptr<LogFile> file(new LogFile(files::absolute(path), options));
    if (Status status = file->openText(); !status)
        return status.error();
    file->m_thread = std::thread([raw = file.get()] { raw->run(); });
    return file;
}

LogFile::~LogFile()
{
    cancel();
    if (m_thread.joinable())
        m_thread.join();
}

void LogFile::cancel()
{
    {
        const std::lock_guard lock(m_mutex);
        m_cancelled.store(true);
    }
    m_changed.notify_one();
}

Status LogFile::openText()
{
    Result<FileReader> file = FileReader::open(m_path);
    if (!file)
        return file.error();
    if (!m_text && PackedReader::isPacked(*file)) {
        file = openUnpacked(std::move(*file));
        if (!file)
            return file.error();
    }
    auto text = std::make_shared<LogFileText>();
    text->file = std::move(*file);
    const auto modified = files::modified(m_path);
    text->modified = modified ? *modified * nanosecondsPerSecond : wallClock();
    text->zone = m_options.zone;
    text->counts = m_counts;
    {
        const std::lock_guard lock(m_counts->mutex);
        text->source = m_counts->sources->intern("file", m_path, {});
    }
    text->format = m_options.format;
    std::string explanation;
    if (!text->format) {
        std::string sample(TextFormatRecognizer::sampleBytes, '\0');
        const auto read = text->file.readAt(0, sample);
        if (!read)
            return read.error();
        const bool isWhole = *read < sample.size();
        sample.resize(*read);
        TextFormatRecognizer::Answer answer = TextFormatRecognizer::recognize(sample, isWhole);
        text->format = std::move(answer.format);
        explanation = std::move(answer.explanation);
    }
    m_total.store(text->file.size());
    const std::lock_guard lock(m_listMutex);
    m_format = text->format;
    m_explanation = std::move(explanation);
    m_text = std::move(text);
    return {};
}

Result<FileReader> LogFile::openUnpacked(FileReader packed)
{
    auto unpacked = UnpackedText::create(std::move(packed), m_options.scratch, m_options.unpackLimit);
    if (!unpacked)
        return unpacked.error();
    // Enough to know the format by.
    (*unpacked)->unpack(TextFormatRecognizer::sampleBytes, m_cancelled);
    if ((*unpacked)->bytes() == 0 && !(*unpacked)->problem().empty())
        return Error{(*unpacked)->problem()};
    m_unpacked = std::move(*unpacked);
    m_isUnpacking.store(true);
    return m_unpacked->takeReader();
}

void LogFile::unpack()
{
    for (std::uint64_t step = firstRegionBytes; !m_cancelled.load(); step = 2 * regionBytes) {
        // The last line may be half there.
        const std::uint64_t end = m_unpacked->isDone() ? m_unpacked->bytes() : m_unpacked->wholeLines();
        if (end > m_bytes.load())
            grow(end);
        if (m_unpacked->isDone())
            break;
        m_unpacked->unpack(step, m_cancelled);
    }
    if (m_unpacked->isDone())
        m_isUnpacking.store(false);
    const std::lock_guard lock(m_listMutex);
    m_notice = m_unpacked->problem();
}

void LogFile::run()
{
    if (m_unpacked)
        unpack();
    else
        index(0, m_total.load());
    if (m_cancelled.load())
        return;
    m_isIndexed.store(true);
    wake();
    summarizePages();
    m_isSummarized.store(!m_cancelled.load());
    wake();
    while (m_options.follow && !m_unpacked && pause())
        lookAgain();
}

bool LogFile::pause()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, lookInterval, [this] { return m_cancelled.load(); });
    return !m_cancelled.load();
}

void LogFile::index(std::uint64_t from, std::uint64_t end)
{
    m_from = from;
    m_end = end;
    m_nextRegion = 0;
    m_regionsTaken = 0;
    m_regions.clear();
    m_hasOpenPage = false;
    if (end - from > firstRegionBytes + regionBytes) {
        std::thread helper([this] { scanRegions(); });
        scanRegions();
        helper.join();
    } else {
        scanRegions();
    }
    if (m_cancelled.load() || !m_hasOpenPage)
        return;
    std::vector<std::shared_ptr<const CapturePage>> last;
    last.push_back(std::make_shared<LogFilePage>(m_nextRow, m_openPage.rows, m_openPage.offset,
                                                 end - m_openPage.offset, m_text, m_cache));
    publish(std::move(last), end);
}

void LogFile::scanRegions()
{
    RecordScanner scanner(m_text->file, m_text->format);
    while (!m_cancelled.load()) {
        std::uint64_t region;
        {
            const std::lock_guard lock(m_regionMutex);
            region = m_nextRegion++;
        }
        const std::uint64_t begin = m_from + (region == 0 ? 0 : firstRegionBytes + (region - 1) * regionBytes);
        if (begin >= m_end)
            return;
        const std::uint64_t end = std::min(m_end, region == 0 ? begin + firstRegionBytes : begin + regionBytes);
        std::vector<RecordScanner::Page> pages;
        const std::size_t pageBytes =
            m_from == 0 && region == 0 ? std::min(firstPageBytes, m_options.pageBytes) : m_options.pageBytes;
        // A file that cannot be read further is shown as far as it could be.
        (void)scanner.scan(begin, end, m_end, pageBytes, m_cancelled, pages);
        takeRegion(region, std::move(pages));
    }
}

void LogFile::takeRegion(std::uint64_t region, std::vector<RecordScanner::Page> pages)
{
    const std::lock_guard lock(m_regionMutex);
    m_regions.emplace(region, std::move(pages));
    std::vector<std::shared_ptr<const CapturePage>> complete;
    while (!m_regions.empty() && m_regions.begin()->first == m_regionsTaken) {
        for (const RecordScanner::Page &page : m_regions.begin()->second) {
            if (m_hasOpenPage) {
                complete.push_back(std::make_shared<LogFilePage>(m_nextRow, m_openPage.rows, m_openPage.offset,
                                                                 page.offset - m_openPage.offset, m_text, m_cache));
                m_nextRow += m_openPage.rows;
            }
            m_openPage = page;
            m_hasOpenPage = true;
        }
        m_regions.erase(m_regions.begin());
        ++m_regionsTaken;
    }
    if (!complete.empty())
        publish(std::move(complete), m_openPage.offset);
}

void LogFile::publish(std::vector<std::shared_ptr<const CapturePage>> pages, std::uint64_t bytes)
{
    {
        auto list = std::make_shared<PageList>(*m_list);
        if (std::exchange(m_replacesLast, false)) {
            static_cast<const LogFilePage &>(*list->pages.back()).discount();
            list->pages.pop_back();
            m_firstUnsummarized = std::min(m_firstUnsummarized, list->pages.size());
        }
        list->pages.insert(list->pages.end(), pages.begin(), pages.end());
        const std::lock_guard lock(m_listMutex);
        m_endRow.store(list->pages.back()->endRow(), std::memory_order_release);
        m_nextRow = list->pages.back()->endRow();
        m_list = std::move(list);
    }
    m_bytes.store(bytes);
    wake();
}

void LogFile::summarizePages()
{
    if (!m_options.summarize)
        return;
    const std::shared_ptr<const PageList> list = m_list;
    const std::size_t end = list->pages.size();
    std::atomic<std::size_t> next{m_firstUnsummarized};
    const auto work = [&] {
        for (std::size_t i; !m_cancelled.load() && (i = next.fetch_add(1)) < end;) {
            static_cast<const LogFilePage &>(*list->pages[i]).summarize();
            if (i % 16 == 15)
                wake();
        }
    };
    if (end - m_firstUnsummarized > manyPages) {
        std::thread helper(work);
        work();
        helper.join();
    } else {
        work();
    }
    if (!m_cancelled.load())
        m_firstUnsummarized = end;
}

void LogFile::grow(std::uint64_t size)
{
    m_total.store(size);
    std::uint64_t from = 0;
    if (m_bytes.load() > 0) {
        // What was appended may belong to the last record: its page is made anew.
        const auto &last = static_cast<const LogFilePage &>(*m_list->pages.back());
        from = last.offset();
        m_nextRow = last.firstRow();
        m_replacesLast = true;
    }
    index(from, size);
    m_replacesLast = false;
}

void LogFile::lookAgain()
{
    const auto identity = files::identity(m_path);
    const std::uint64_t size = m_text->file.size();
    if (size < m_bytes.load()) {
        startAnew(false);
    } else if (identity && !(*identity == m_text->file.identity())) {
        // First what was written to the old one to the last.
        if (size > m_bytes.load())
            grow(size);
        startAnew(true);
    } else if (size > m_bytes.load()) {
        grow(size);
    } else {
        return;
    }
    summarizePages();
}

void LogFile::startAnew(bool keepRows)
{
    const std::uint64_t endRow = m_endRow.load();
    if (!keepRows) {
        auto list = std::make_shared<PageList>();
        list->firstRow = endRow;
        for (const auto &page : m_list->pages)
            static_cast<const LogFilePage &>(*page).discount();
        m_firstUnsummarized = 0;
        const std::lock_guard lock(m_listMutex);
        m_list = std::move(list);
        m_notice = "The file became shorter: it is shown from its beginning again.";
    }
    m_bytes.store(0);
    // A file that is not there at the moment is looked for again.
    if (const Status status = openText(); status)
        grow(m_total.load());
    wake();
}

CaptureSnapshot LogFile::snapshot() const
{
    std::shared_ptr<const PageList> list;
    {
        const std::lock_guard lock(m_listMutex);
        list = m_list;
    }
    return CaptureSnapshot(std::move(list), m_counts->loggers, loader());
}

RecordStore::Figures LogFile::figures() const
{
    Figures figures;
    {
        const std::lock_guard lock(m_listMutex);
        figures.firstRow = m_list->firstRow;
        figures.fault = m_notice;
    }
    figures.errors = m_counts->errors.load(std::memory_order_relaxed);
    figures.shortened = m_counts->shortened.load(std::memory_order_relaxed);
    figures.endRow = std::max(endRow(), figures.firstRow);
    figures.bytes = m_cache->bytes();
    figures.budget = m_cache->budget();
    figures.diskBytes = m_total.load();
    return figures;
}

LogFile::Progress LogFile::progress() const
{
    if (m_isUnpacking.load())
        return {.bytes = m_unpacked->packedBytes(), .total = m_unpacked->packedTotal(), .isUnpacking = true};
    return {.bytes = m_bytes.load(),
            .total = m_total.load(),
            .isIndexed = m_isIndexed.load(),
            .isSummarized = m_isSummarized.load()};
}

TextFormatPtr LogFile::format() const
{
    const std::lock_guard lock(m_listMutex);
    return m_format;
}

std::string LogFile::explanation() const
{
    const std::lock_guard lock(m_listMutex);
    return m_explanation;
}

} // namespace sluice
