#include "capture/RecordScanner.h"

#include <algorithm>
#include <cstring>

namespace sluice {

namespace {

constexpr std::size_t bufferBytes = std::size_t{512} << 10;
constexpr std::uint32_t maxRowsOfPage = 1u << 20;

} // namespace

RecordScanner::RecordScanner(const FileReader &file, TextFormatPtr format)
    : m_file(file), m_format(std::move(format)), m_buffer(bufferBytes, '\0')
{
    for (std::size_t byte = 0; byte < m_canBegin.size(); ++byte)
        m_canBegin[byte] = m_format->canBegin(static_cast<unsigned char>(byte));
}

void RecordScanner::addRecord(std::uint64_t offset, std::size_t pageBytes, std::vector<Page> &pages)
{
    if (pages.empty() || offset - pages.back().offset >= pageBytes || pages.back().rows >= maxRowsOfPage)
        pages.push_back({offset, 1});
    else
        ++pages.back().rows;
}

bool RecordScanner::scan(std::uint64_t from, std::uint64_t to, std::uint64_t end, std::size_t pageBytes,
                         const std::atomic<bool> &cancelled, std::vector<Page> &pages)
{
    // A line is looked at when it is whole, or longer than the buffer: then its beginning has to do.
    bool insideLine = false;
    if (from > 0) {
        char before = 0;
        const auto read = m_file.readAt(from - 1, {&before, 1});
        if (!read || *read == 0)
            return false;
        insideLine = before != '\n';
    }
    std::uint64_t offset = from; ///< of the buffer
    std::size_t kept = 0;        ///< the beginning of a line, at the front of the buffer
    while (!cancelled.load(std::memory_order_relaxed)) {
        const std::size_t wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(m_buffer.size() - kept, end - (offset + kept)));
        const auto read = m_file.readAt(offset + kept, {m_buffer.data() + kept, wanted});
        if (!read)
            return false;
        const std::size_t filled = kept + *read;
        const bool isLast = *read < wanted || offset + filled >= end;
        const char *const data = m_buffer.data();
        std::size_t at = 0;
        while (at < filled) {
            const std::uint64_t lineOffset = offset + at;
            if (!insideLine && lineOffset >= to)
                return true;
            const void *const found = std::memchr(data + at, '\n', filled - at);
            if (!found && !isLast && at > 0 && !insideLine)
                break; // the rest of the line comes with the next bytes
            const std::size_t next =
                found ? static_cast<std::size_t>(static_cast<const char *>(found) - data) + 1 : filled;
            if (!insideLine) {
                const auto first = static_cast<unsigned char>(data[at]);
                if ((m_canBegin[first] && begins(*m_format, {data + at, next - at})) || lineOffset == 0)
                    addRecord(lineOffset, pageBytes, pages);
            }
            insideLine = !found;
            at = next;
        }
        if (isLast)
            return true;
        if (insideLine && offset + filled >= to)
            return true;
        kept = filled - at;
        std::memmove(m_buffer.data(), data + at, kept);
        offset += at;
    }
    return false;
}

} // namespace sluice
