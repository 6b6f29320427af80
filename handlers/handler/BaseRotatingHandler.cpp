#include "handler/BaseRotatingHandler.h"

#include "base/Utf8.h"

#include <algorithm>
#include <utility>

namespace sluice {

namespace {

constexpr std::size_t fullLines = 1024 * 1024;

} // namespace

BaseRotatingHandler::BaseRotatingHandler(Options options, std::uint64_t maxBytes)
    : FileHandler(std::move(options)), m_maxBytes(maxBytes)
{
}

BaseRotatingHandler::~BaseRotatingHandler() = default;

void BaseRotatingHandler::emitBatch(RecordSpan records)
{
    if (m_compressor.hasEnded())
        reportCompression();
    m_sizeKnown = false;
    for (const LogRecord *record : records) {
        m_record = record;
        if (shouldRollover(*record) && mayRollOver())
            rollOver();
        Status status = ready();
        std::size_t start = lines().begin();
        if (status) {
            beforeRecord();
            status = formatLine(*record, start);
        }
        if (status && shouldRollover(*record, lines().textFrom(start)) && mayRollOver()) {
            m_text.assign(lines().textFrom(start));
            lines().drop(start);
            rollOver();
            status = ready();
            start = lines().begin();
            if (status) {
                beforeRecord();
                lines().text() += m_text;
            }
        }
        if (status)
            status = finishLine(*record, start);
        if (!status)
            handleError(record, status.error());
        if (lines().bytes().size() > fullLines)
            writeLines();
    }
    writeLines();
    m_record = nullptr;
}

NativeFile::Written BaseRotatingHandler::write(std::string_view bytes)
{
    forgetSize();
    return FileHandler::write(bytes);
}

void BaseRotatingHandler::beforeRecord()
{
    if (m_maxBytes == 0)
        return;
    if (lines().empty() && !m_sizeKnown) {
        // Asked once for a batch: others may write to the file, but not between two records of one call.
        m_written = currentSize();
        m_sizeKnown = true;
    }
    m_lineStart = position();
    // Python seeks to the end before each record, which sets its encoder to where it is.
    setStartOfStream(m_lineStart == 0);
}

bool BaseRotatingHandler::reachesMaxBytes(std::string_view text) const
{
    // There are no more characters than bytes, and they take longer to count.
    return m_maxBytes > 0 && m_lineStart > 0 && m_lineStart + text.size() + 1 >= m_maxBytes &&
           m_lineStart + utf8::length(text) + 1 >= m_maxBytes;
}

bool BaseRotatingHandler::mayRollOver() const
{
    return !m_rolloverFailed || std::chrono::steady_clock::now() >= m_nextTry;
}

void BaseRotatingHandler::rollOver()
{
    writeLines();
    doRollover();
}

std::string BaseRotatingHandler::rotationFilename(const std::string &defaultName) const
{
    return m_namer ? m_namer(defaultName) : defaultName;
}

Status BaseRotatingHandler::rotate(const std::string &source, const std::string &destination)
{
    if (m_rotator)
        return m_rotator(source, destination);
    return files::exists(source) ? files::rename(source, destination) : Status();
}

void BaseRotatingHandler::beginRollover()
{
    closeFile();
    m_sizeKnown = false;
    reportCompression();
}

std::vector<std::string> BaseRotatingHandler::backupEndings() const
{
    if (m_compression == Compression::None || m_rotator)
        return {""};
    return {"", std::string(endingOf(m_compression))};
}

bool BaseRotatingHandler::hasBackup(const std::string &defaultName) const
{
    const std::string name = rotationFilename(defaultName);
    return std::ranges::any_of(backupEndings(),
                               [&](const std::string &ending) { return files::exists(name + ending); });
}

Status BaseRotatingHandler::moveBackup(const std::string &defaultFrom, const std::string &defaultTo)
{
    const std::string from = rotationFilename(defaultFrom);
    const std::string to = rotationFilename(defaultTo);
    const auto endings = backupEndings();
    for (const std::string &ending : endings) {
        if (!files::exists(from + ending))
            continue;
        for (const std::string &other : endings) {
            if (other == ending || !files::exists(to + other))
                continue;
            if (Status status = files::remove(to + other); !status)
                return status;
        }
        if (Status status = files::rename(from + ending, to + ending); !status)
            return status;
    }
    return {};
}

Status BaseRotatingHandler::makeBackup(const std::string &defaultName)
{
    const std::string name = rotationFilename(defaultName);
    for (const std::string &ending : backupEndings()) {
        if (!files::exists(name + ending))
            continue;
        if (Status status = files::remove(name + ending); !status)
            return status;
    }
    Status status = rotate(baseFilename(), name);
    if (status && m_compression != Compression::None && !m_rotator && files::isRegular(name))
        m_toCompress = name;
    return status;
}

void BaseRotatingHandler::endRollover(Status moved, Status tidied)
{
    if (!m_toCompress.empty())
        m_compressor.start(std::exchange(m_toCompress, {}), m_compression);
    m_rolloverFailed = !moved;
    if (m_rolloverFailed)
        m_nextTry = std::chrono::steady_clock::now() + m_retryDelay;
    const Status &status = moved ? tidied : moved;
    if (!status && !m_failureReported)
        handleError(nullptr, status.error());
    m_failureReported = !status;
    // Where it cannot be opened, the next record says so.
    if (!isDelayed())
        (void)open();
}

void BaseRotatingHandler::reportCompression()
{
    if (const Status status = m_compressor.finish(); !status)
        handleError(nullptr, status.error());
}

void BaseRotatingHandler::close()
{
    const Lock guard = lock();
    FileHandler::close();
    reportCompression();
}

} // namespace sluice
