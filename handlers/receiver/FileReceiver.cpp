#include "receiver/FileReceiver.h"

#include "record/Level.h"
#include "wire/RecordBuilder.h"

#include <algorithm>
#include <utility>

namespace sluice {

namespace {

constexpr std::size_t maxFiles = 512;
constexpr std::size_t bytesPerTurn = 4 * 1024 * 1024;
/// Somebody who has a file open may write to it after it was renamed: as long as this after the last bytes.
constexpr std::chrono::seconds abandonment{10};
/// Where nothing tells of changes: network file systems, links.
constexpr std::chrono::milliseconds scanPeriod{1000};
constexpr std::chrono::milliseconds savePeriod{1000};

bool isCompressed(std::string_view path)
{
    for (const std::string_view ending : {".gz", ".zst", ".bz2", ".xz", ".zip", ".lz4"}) {
        if (path.ends_with(ending))
            return true;
    }
    return false;
}

/// Of a file that was renamed since it was opened Wine does not tell the volume.
bool isSame(const NativeFile::Identity &a, const NativeFile::Identity &b)
{
    return a.inode == b.inode && (a.device == b.device || a.device == 0 || b.device == 0);
}

} // namespace

FileReceiver::FileReceiver(Options options) : m_options(std::move(options)), m_positions(m_options.positions)
{
    for (const std::string &path : m_options.paths)
        m_patterns.emplace_back(path);
}

FileReceiver::~FileReceiver() { stop(); }

Status FileReceiver::start(RecordSink &sink)
{
    stop();
    if (const auto decoder = TextDecoder::create(m_options.text.encoding); !decoder)
        return decoder.error();
    if (Status status = m_positions.load(); !status)
        return status;
    m_watch = FileWatch::create();
    m_fault.clear();
    m_openFault.clear();
    m_isStopped = false;
    m_news.clear();
    scan(sink, true);
    openRenamed(sink);
    m_thread = std::thread([this, &sink] { run(sink); });
    return {};
}

void FileReceiver::stop()
{
    if (!m_thread.joinable())
        return;
    m_isStopped = true;
    m_watch->interrupt();
    m_thread.join();
    m_files.clear();
    m_paths.clear();
}

std::string FileReceiver::endpoint() const
{
    std::string all;
    for (const std::string &path : m_options.paths)
        all += (all.empty() ? "" : ", ") + path;
    return all;
}

void FileReceiver::run(RecordSink &sink)
{
    Clock::time_point nextScan = Clock::now() + scanPeriod;
    Clock::time_point nextSave = Clock::now() + savePeriod;
    savePositions(sink, false); // where files are begun, should the program be killed
    bool isStopping = !tell(sink);
    for (;;) {
        bool hasMore = false;
        if (!readAll(sink, hasMore))
            break;
        const auto now = Clock::now();
        if (now >= nextSave) {
            savePositions(sink, true);
            nextSave = now + savePeriod;
        }
        if (isStopping)
            break; // what was there when it was told to stop has been read
        if (m_isStopped) {
            isStopping = true;
            continue;
        }
        if (hasMore)
            continue;
        if (!m_options.follow)
            break;
        const FileWatch::News news = m_watch->wait(waitingTime(nextScan));
        if (news.mayHaveMoved || Clock::now() >= nextScan) {
            // The old file of a name is read before the new one is opened.
            if (!readAll(sink, hasMore))
                break;
            scan(sink, false);
            nextScan = Clock::now() + scanPeriod;
        }
    }
    const bool isTaken = flushAll();
    savePositions(sink, false);
    if (isTaken && !m_isStopped && !m_options.follow)
        sink.finished();
}

std::vector<std::string> FileReceiver::filesOf(const PathPattern &pattern)
{
    std::vector<std::string> paths = pattern.expand(maxFiles);
    std::erase_if(paths, [&](const std::string &path) { return (isCompressed(path) && pattern.hasWildcards()) || !files::exists(path); });
    return paths;
}

void FileReceiver::scan(RecordSink &sink, bool isFirst)
{
    std::vector<std::string> paths;
    m_openFault.clear();
    std::string missing;
    for (const PathPattern &pattern : m_patterns) {
        for (const std::string &directory : pattern.directories(maxFiles))
            m_watch->add(directory.empty() ? "." : directory);
        std::vector<std::string> found = filesOf(pattern);
        for (std::string &path : found) {
            look(sink, path, isFirst);
            paths.push_back(std::move(path));
        }
        if (found.empty() && missing.empty())
            missing = "There is no file " + pattern.text() + " yet.";
    }
    m_paths = std::move(paths);
    closeAbandoned();
    setFault(sink, m_openFault.empty() ? missing : m_openFault);
}

void FileReceiver::look(RecordSink &sink, const std::string &path, bool isFirst)
{
    const auto identity = files::identity(path);
    if (!identity)
        return;
    if (FollowedFile *known = find(*identity)) {
        known->setPath(path);
        return;
    }
    if (m_files.size() >= maxFiles) {
        m_openFault = "More than " + std::to_string(maxFiles) + " files are there; " + path + " is not read.";
        return;
    }
    if (!files::isRegular(path)) {
        m_openFault = path + " is no file that could be followed.";
        return;
    }
    auto file = FileReader::open(path);
    if (!file) {
        if (files::exists(path)) // not gone meanwhile
            m_openFault = file.error().text;
        return;
    }
    // The name may lead elsewhere by now: while files are rotated, to one that is read already.
    if (FollowedFile *known = find(file->identity())) {
        known->setPath(path);
        return;
    }
    const std::uint64_t offset = isFirst ? beginningOf(path, *file) : 0;
    open(sink, path, std::move(*file), offset);
}

std::uint64_t FileReceiver::beginningOf(const std::string &path, const FileReader &file)
{
    const std::uint64_t size = file.size();
    if (const FilePositions::Entry *entry = entryOf(file)) {
        announce(path, "gone on with at byte " + std::to_string(entry->offset) + "; " +
                           (size > entry->offset ? std::to_string(size - entry->offset) + " bytes were" : "nothing was") +
                           " written meanwhile");
        return entry->offset;
    }
    const std::vector<FilePositions::Entry> &entries = m_positions.entries();
    if (std::ranges::find(entries, file.identity(), &FilePositions::Entry::identity) != entries.end()) {
        announce(path, "read from its beginning: it was written anew meanwhile");
        return 0;
    }
    const auto before = std::ranges::find(entries, path, &FilePositions::Entry::path);
    if (before == entries.end())
        return m_options.fromEnd ? size : 0;
    // An editor that saves puts a copy in the place of the file.
    if (before->offset > 0 && before->offset <= size && before->fingerprint == FollowedFile::fingerprint(file, before->offset)) {
        announce(path, "gone on with at byte " + std::to_string(before->offset) +
                           ": another file took its place meanwhile, which begins like it");
        return before->offset;
    }
    const std::string directory = files::split(path).directory;
    const auto names = files::names(directory);
    const bool isRenamed = names && std::ranges::any_of(*names, [&](const std::string &name) {
        return files::identity(directory + "/" + name) == before->identity;
    });
    if (isRenamed) {
        announce(path, "read from its beginning: it was begun meanwhile, and the one before it was renamed");
        return 0;
    }
    announce(path, std::string("another file took its place meanwhile: followed from its ") +
                       (m_options.fromEnd ? "end, " + std::to_string(size) + " bytes that stand in it were not read" : "beginning"));
    return m_options.fromEnd ? size : 0;
}

void FileReceiver::announce(const std::string &path, std::string what)
{
    if (m_options.announce)
        m_news.emplace_back(path, path + ": " + std::move(what) + ".");
}

bool FileReceiver::tell(RecordSink &sink)
{
    for (const auto &[path, sentence] : std::exchange(m_news, {})) {
        const auto batch = std::make_shared<LogRecordBatch>();
        Arena &arena = batch->arena();
        LogRecord &record = batch->add();
        record.set(Attribute::Name, Value::text("sluice.file"));
        record.set(Attribute::Msg, Value::text(arena.copy(sentence)));
        record.set(Attribute::Levelno, Value::integer(level::Info));
        RecordBuilder::complete(
            record, attributeBit(Attribute::Name) | attributeBit(Attribute::Msg) | attributeBit(Attribute::Levelno), arena,
            wallClock());
        if (!sink.accept(batch, path))
            return false;
    }
    return true;
}

void FileReceiver::open(RecordSink &sink, const std::string &path, FileReader file, std::uint64_t offset)
{
    auto decoder = TextDecoder::create(m_options.text.encoding);
    if (decoder)
        m_files.push_back(std::make_unique<FollowedFile>(sink, path, std::move(file), offset, m_options.text,
                                                         std::move(*decoder), m_options.patience));
}

void FileReceiver::openRenamed(RecordSink &sink)
{
    std::vector<FilePtr> current = std::move(m_files);
    m_files.clear();
    for (const FilePositions::Entry &entry : m_positions.entries()) {
        const bool isThere =
            std::ranges::any_of(current, [&](const FilePtr &file) { return file->identity() == entry.identity; });
        if (isThere)
            continue;
        const files::PathParts parts = files::split(entry.path);
        const auto names = files::names(parts.directory);
        if (!names)
            continue;
        for (const std::string &name : *names) {
            const std::string path = parts.directory + "/" + name;
            if (files::identity(path) != entry.identity)
                continue;
            auto file = FileReader::open(path);
            if (file && entryOf(*file))
                open(sink, entry.path, std::move(*file), entry.offset);
            break;
        }
    }
    std::ranges::move(current, std::back_inserter(m_files));
}

const FilePositions::Entry *FileReceiver::entryOf(const FileReader &file) const
{
    for (const FilePositions::Entry &entry : m_positions.entries()) {
        if (entry.identity == file.identity() && entry.offset <= file.size() &&
            entry.fingerprint == FollowedFile::fingerprint(file, entry.offset))
            return &entry;
    }
    return nullptr;
}

FollowedFile *FileReceiver::find(const NativeFile::Identity &identity) const
{
    for (const FilePtr &file : m_files) {
        if (isSame(file->identity(), identity))
            return file.get();
    }
    return nullptr;
}

void FileReceiver::closeAbandoned()
{
    const auto now = Clock::now();
    std::erase_if(m_files, [&](const FilePtr &file) {
        const bool isNamed = std::ranges::any_of(
            m_paths, [&](const std::string &path) { return isSame(files::identity(path).value_or(NativeFile::Identity()), file->identity()); });
        return !isNamed && file->isAtEnd() && now - file->lastRead() > abandonment && file->due() == Clock::time_point::max();
    });
}

bool FileReceiver::readAll(RecordSink &sink, bool &hasMore)
{
    const auto now = Clock::now();
    std::vector<std::string> behind; // names whose older file has not been read to its end
    for (const FilePtr &file : m_files) {
        if (std::ranges::find(behind, file->path()) != behind.end()) {
            hasMore = true;
            continue;
        }
        if (file->hasNews() && !finishOlder(sink, *file))
            return false;
        switch (file->read(bytesPerTurn)) {
        case FollowedFile::Progress::More:
            hasMore = true;
            behind.push_back(file->path());
            break;
        case FollowedFile::Progress::AtEnd:
            break;
        case FollowedFile::Progress::Stopped:
            return false;
        case FollowedFile::Progress::Failed:
            setFault(sink, file->error());
            break;
        }
        if (!file->flushWhatIsDue(now))
            return false;
    }
    return true;
}

bool FileReceiver::finishOlder(RecordSink &sink, const FollowedFile &newer)
{
    // What stands in the new file was written after all that stands in the old one; so the old one is read once more, now that
    // the new one is known to have something.
    for (const FilePtr &file : m_files) {
        if (file.get() == &newer)
            break;
        if (file->path() != newer.path())
            continue;
        FollowedFile::Progress progress;
        while ((progress = file->read(bytesPerTurn)) == FollowedFile::Progress::More) {
        }
        if (progress == FollowedFile::Progress::Stopped || !file->flush(TextStream::Flush::Lines))
            return false;
        if (progress == FollowedFile::Progress::Failed)
            setFault(sink, file->error());
    }
    return true;
}

bool FileReceiver::flushAll()
{
    // What has no end yet is read again by whoever goes on at its position.
    const auto what = m_positions.isKept() && m_options.follow ? TextStream::Flush::Lines : TextStream::Flush::All;
    return std::ranges::all_of(m_files, [&](const FilePtr &file) { return file->flush(what); });
}

std::chrono::milliseconds FileReceiver::waitingTime(Clock::time_point nextScan) const
{
    Clock::time_point next = nextScan;
    for (const FilePtr &file : m_files)
        next = std::min(next, file->due());
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now());
    return std::clamp(wait, std::chrono::milliseconds(0), scanPeriod);
}

void FileReceiver::savePositions(RecordSink &sink, bool isLate)
{
    if (!m_positions.isKept())
        return;
    std::vector<FilePositions::Entry> entries;
    for (const FilePtr &file : m_files)
        entries.push_back({file->path(), file->identity(), file->delivered(), file->fingerprint()});
    // Those of a moment ago: what was given on just now may not have reached a disk when the program is killed.
    if (!isLate)
        m_nextPositions = entries;
    else
        std::swap(entries, m_nextPositions);
    if (const Status status = m_positions.save(std::move(entries)); !status)
        setFault(sink, "The positions of files cannot be kept: " + status.error().text);
}

void FileReceiver::setFault(RecordSink &sink, const std::string &sentence)
{
    if (sentence == m_fault)
        return;
    m_fault = sentence;
    sink.setFault(sentence);
}

} // namespace sluice
