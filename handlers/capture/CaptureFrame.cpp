#include "capture/CaptureFrame.h"

#include "capture/CaptureBlock.h"

#include <bit>
#include <cstring>
#include <zlib.h>

namespace sluice::frame {

namespace {

static_assert(std::endian::native == std::endian::little, "capture files are written as memory has it");

constexpr std::uint8_t version = 1;
constexpr std::uint8_t packedFlag = 1;
constexpr std::uint8_t sessionFlag = 2;

template <typename T>
void put(T value, std::string &out)
{
    out.append(reinterpret_cast<const char *>(&value), sizeof value);
}

void putText(std::string_view text, std::string &out)
{
    put(static_cast<std::uint32_t>(text.size()), out);
    out += text;
}

/// Takes values from the front; once something is missing, everything is.
class Cursor
{
public:
    explicit Cursor(std::string_view bytes) : m_rest(bytes) {}

    template <typename T>
    T take()
    {
        T value{};
        if (m_rest.size() < sizeof value) {
            m_isComplete = false;
            m_rest = {};
            return value;
        }
        std::memcpy(&value, m_rest.data(), sizeof value);
        m_rest.remove_prefix(sizeof value);
        return value;
    }

    std::string takeText()
    {
        const auto size = take<std::uint32_t>();
        if (size > m_rest.size()) {
            m_isComplete = false;
            m_rest = {};
            return {};
        }
        std::string text(m_rest.substr(0, size));
        m_rest.remove_prefix(size);
        return text;
    }

    /// A number of items of at least so many bytes each.
    std::size_t takeCount(std::size_t itemBytes)
    {
        const auto count = take<std::uint32_t>();
        if (count > m_rest.size() / itemBytes) {
            m_isComplete = false;
            m_rest = {};
            return 0;
        }
        return count;
    }

    bool isComplete() const { return m_isComplete; }
    bool isAtEnd() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
    bool m_isComplete = true;
};

} // namespace

std::uint32_t checksum(std::string_view bytes)
{
    return static_cast<std::uint32_t>(
        crc32_z(0, reinterpret_cast<const Bytef *>(bytes.data()), bytes.size()));
}

void appendHeader(const Header &header, std::string &out)
{
    const std::size_t begin = out.size();
    out += magic;
    put(static_cast<std::uint8_t>(header.kind), out);
    put(version, out);
    put(static_cast<std::uint8_t>((header.isPacked ? packedFlag : 0) | (header.beginsSession ? sessionFlag : 0)),
        out);
    put(std::uint8_t{0}, out);
    put(header.rowCount, out);
    put(header.firstRow, out);
    for (const std::uint32_t number : {header.summaryBytes, header.storedBytes, header.textBytes, header.summaryCrc,
                                       header.payloadCrc, header.textBase, header.rowBase})
        put(number, out);
    out.append(headerBytes - sizeof(std::uint32_t) - (out.size() - begin), '\0');
    put(checksum(std::string_view(out).substr(begin)), out);
}

std::optional<Header> readHeader(std::string_view bytes)
{
    if (bytes.size() < headerBytes || !bytes.starts_with(magic))
        return std::nullopt;
    const std::size_t checkedBytes = headerBytes - sizeof(std::uint32_t);
    Cursor cursor(bytes.substr(magic.size(), headerBytes - magic.size()));
    Header header;
    const auto kind = cursor.take<std::uint8_t>();
    const auto written = cursor.take<std::uint8_t>();
    const auto flags = cursor.take<std::uint8_t>();
    cursor.take<std::uint8_t>();
    header.kind = static_cast<Kind>(kind);
    header.isPacked = flags & packedFlag;
    header.beginsSession = flags & sessionFlag;
    header.rowCount = cursor.take<std::uint32_t>();
    header.firstRow = cursor.take<std::uint64_t>();
    for (std::uint32_t *number : {&header.summaryBytes, &header.storedBytes, &header.textBytes, &header.summaryCrc,
                                  &header.payloadCrc, &header.textBase, &header.rowBase})
        *number = cursor.take<std::uint32_t>();
    const auto crc = Cursor(bytes.substr(checkedBytes)).take<std::uint32_t>();
    const std::uint64_t plain =
        std::uint64_t{header.textBytes} + std::uint64_t{header.rowCount} * sizeof(CaptureBlock::Row);
    const bool isSane = kind >= 1 && kind <= 3 && written == version && header.summaryBytes <= maxBytes &&
                        header.storedBytes <= maxBytes && plain <= maxBytes && header.textBase <= maxBytes &&
                        header.rowBase <= maxBytes && header.firstRow < (std::uint64_t{1} << 62) &&
                        (header.isPacked || header.storedBytes == plain) &&
                        (header.kind != Kind::Begin || (header.rowCount == 0 && header.summaryBytes == 0 && plain == 0)) &&
                        (header.kind == Kind::Begin || header.rowCount > 0);
    if (!isSane || crc != checksum(bytes.substr(0, checkedBytes)))
        return std::nullopt;
    return header;
}

void appendSummary(const Summary &summary, std::string &out)
{
    put(summary.page.minCreated, out);
    put(summary.page.maxCreated, out);
    for (const std::uint32_t rows : summary.page.severities)
        put(rows, out);
    put(static_cast<std::uint32_t>(summary.page.loggers.size()), out);
    for (const PageSummary::LoggerCount &count : summary.page.loggers) {
        put(count.logger, out);
        put(count.rows, out);
    }
    put(static_cast<std::uint32_t>(summary.page.sources.size()), out);
    for (const PageSummary::SourceCount &count : summary.page.sources) {
        put(count.source, out);
        put(count.rows, out);
        put(count.errors, out);
        put(count.lastSeen, out);
    }
    put(static_cast<std::uint32_t>(summary.loggers.size()), out);
    for (const Summary::LoggerName &logger : summary.loggers) {
        put(logger.number, out);
        putText(logger.name, out);
    }
    put(static_cast<std::uint32_t>(summary.sources.size()), out);
    for (const Summary::SourceName &source : summary.sources) {
        put(source.number, out);
        putText(source.receiver, out);
        putText(source.peer, out);
        putText(source.process, out);
    }
    put(static_cast<std::uint32_t>(summary.reconnects.size()), out);
    for (const SourceNames::Reconnect &one : summary.reconnects) {
        put(static_cast<std::uint32_t>(one.row), out);
        put(one.source, out);
        put(one.processId, out);
    }
}

std::optional<Summary> readSummary(std::string_view bytes)
{
    Cursor cursor(bytes);
    Summary summary;
    summary.page.minCreated = cursor.take<Nanoseconds>();
    summary.page.maxCreated = cursor.take<Nanoseconds>();
    for (std::uint32_t &rows : summary.page.severities)
        rows = cursor.take<std::uint32_t>();
    summary.page.loggers.resize(cursor.takeCount(8));
    for (PageSummary::LoggerCount &count : summary.page.loggers) {
        count.logger = cursor.take<std::uint32_t>();
        count.rows = cursor.take<std::uint32_t>();
    }
    summary.page.sources.resize(cursor.takeCount(20));
    for (PageSummary::SourceCount &count : summary.page.sources) {
        count.source = cursor.take<std::uint32_t>();
        count.rows = cursor.take<std::uint32_t>();
        count.errors = cursor.take<std::uint32_t>();
        count.lastSeen = cursor.take<Nanoseconds>();
    }
    summary.loggers.resize(cursor.takeCount(8));
    for (Summary::LoggerName &logger : summary.loggers) {
        logger.number = cursor.take<std::uint32_t>();
        logger.name = cursor.takeText();
    }
    summary.sources.resize(cursor.takeCount(16));
    for (Summary::SourceName &source : summary.sources) {
        source.number = cursor.take<std::uint32_t>();
        source.receiver = cursor.takeText();
        source.peer = cursor.takeText();
        source.process = cursor.takeText();
    }
    summary.reconnects.resize(cursor.takeCount(16));
    for (SourceNames::Reconnect &one : summary.reconnects) {
        one.row = cursor.take<std::uint32_t>();
        one.source = cursor.take<std::uint32_t>();
        one.processId = cursor.take<std::int64_t>();
    }
    if (!cursor.isComplete() || !cursor.isAtEnd())
        return std::nullopt;
    return summary;
}

} // namespace sluice::frame
