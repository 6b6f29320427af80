#include "receiver/FollowedFile.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace sluice {

namespace {

constexpr std::size_t tailBytes = 64;
/// With fewer bytes than this to go by, a copy is not told from another file.
constexpr std::size_t leastTail = 16;
constexpr std::size_t headBytes = 256;

} // namespace

FollowedFile::FollowedFile(RecordSink &sink, std::string path, FileReader file, std::uint64_t offset,
                           const TextStreamOptions &options, TextDecoder decoder, Patience patience)
    : m_path(std::move(path)), m_file(std::move(file)), m_stream(sink, m_path, options, std::move(decoder)),
      m_patience(patience), m_offset(offset)
{
    if (offset == 0)
        return;
    // What is read first is not the beginning, which tells the format best.
    std::vector<char> head(std::min<std::uint64_t>(TextFormatRecognizer::sampleBytes, offset));
    if (const auto bytes = m_file.readAt(0, head))
        m_stream.recognize({head.data(), *bytes}, false);
    std::array<char, tailBytes> tail;
    const std::size_t length = std::min<std::uint64_t>(tailBytes, offset);
    if (const auto bytes = m_file.readAt(offset - length, std::span(tail).first(length)))
        m_tail.assign(tail.data(), *bytes);
}

FollowedFile::Progress FollowedFile::read(std::size_t most)
{
    const std::uint64_t size = m_file.size();
    if (const auto modified = files::modified(m_path))
        m_stream.setReference(*modified * nanosecondsPerSecond);
    if (hasBeenRewritten(size) && !startAnew())
        return Progress::Stopped;
    if (size == m_offset) {
        m_isAtEnd = true;
        return Progress::AtEnd;
    }
    m_isAtEnd = false;
    for (std::size_t total = 0; total < most;) {
        const std::span<char> space = m_stream.space();
        const auto bytes = m_file.readAt(m_offset, space);
        if (!bytes) {
            m_error = bytes.error().text;
            return Progress::Failed;
        }
        if (*bytes == 0) {
            m_isAtEnd = true;
            return Progress::AtEnd;
        }
        remember({space.data(), *bytes});
        m_offset += *bytes;
        total += *bytes;
        m_lastRead = Clock::now();
        m_hasFlushedLines = false;
        if (!m_stream.take(*bytes))
            return Progress::Stopped;
    }
    return Progress::More;
}

bool FollowedFile::hasBeenRewritten(std::uint64_t size) const
{
    if (size < m_offset)
        return true;
    std::array<char, tailBytes> tail;
    const auto bytes = m_file.readAt(m_offset - m_tail.size(), std::span(tail).first(m_tail.size()));
    return bytes && std::string_view(tail.data(), *bytes) != m_tail;
}

bool FollowedFile::startAnew()
{
    if (!readCopy() || !m_stream.flush(TextStream::Flush::All))
        return false;
    m_offset = 0;
    m_tail.clear();
    return true;
}

bool FollowedFile::isCopy(const FileReader &file) const
{
    if (file.identity() == m_file.identity() || file.size() < m_offset)
        return false;
    std::array<char, tailBytes> tail;
    const auto bytes = file.readAt(m_offset - m_tail.size(), std::span(tail).first(m_tail.size()));
    return bytes && std::string_view(tail.data(), *bytes) == m_tail;
}

bool FollowedFile::readCopy()
{
    if (m_tail.size() < leastTail)
        return true;
    const files::PathParts parts = files::split(m_path);
    const auto names = files::names(parts.directory);
    if (!names)
        return true;
    std::optional<FileReader> newest;
    std::int64_t newestTime = 0;
    for (const std::string &name : *names) {
        const std::string path = parts.directory + "/" + name;
        if (!name.starts_with(parts.name) || name == parts.name || !files::isRegular(path))
            continue;
        const auto modified = files::modified(path);
        auto opened = FileReader::open(path);
        if (opened && modified && isCopy(*opened) && (!newest || *modified > newestTime)) {
            newest = std::move(*opened);
            newestTime = *modified;
        }
    }
    if (!newest)
        return true;
    for (;;) {
        const std::span<char> space = m_stream.space();
        const auto bytes = newest->readAt(m_offset, space);
        if (!bytes || *bytes == 0)
            return true;
        m_offset += *bytes;
        if (!m_stream.take(*bytes))
            return false;
    }
}

void FollowedFile::remember(std::string_view bytes)
{
    m_tail += bytes.substr(bytes.size() - std::min(bytes.size(), tailBytes));
    if (m_tail.size() > tailBytes)
        m_tail.erase(0, m_tail.size() - tailBytes);
}

FollowedFile::Clock::time_point FollowedFile::due() const
{
    if (!m_stream.isPending())
        return Clock::time_point::max();
    return m_lastRead + (m_hasFlushedLines ? m_patience.unfinished : m_patience.lines);
}

bool FollowedFile::flushWhatIsDue(Clock::time_point now)
{
    if (now < due())
        return true;
    if (m_hasFlushedLines)
        return m_stream.flush(TextStream::Flush::All);
    m_hasFlushedLines = true;
    return m_stream.flush(TextStream::Flush::Lines);
}

std::uint64_t FollowedFile::fingerprint(const FileReader &file, std::uint64_t bytes)
{
    std::array<char, headBytes> head;
    const auto read = file.readAt(0, std::span(head).first(std::min<std::uint64_t>(bytes, headBytes)));
    std::uint64_t hash = 14695981039346656037u; // FNV-1a
    for (std::size_t i = 0; read && i < *read; ++i)
        hash = (hash ^ static_cast<unsigned char>(head[i])) * 1099511628211u;
    return hash;
}

} // namespace sluice
