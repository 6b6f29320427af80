#include "handler/BaseRotatingHandler.h"

namespace sluice {

namespace {

constexpr std::size_t fullLines = 1024 * 1024;

} // namespace

void BaseRotatingHandler::emitBatch(RecordSpan records)
{
    for (const LogRecord *record : records) {
        Status status = ready();
        std::size_t start = lines().begin();
        if (status) {
            beforeRecord();
            status = formatLine(*record, start);
        }
        if (status && shouldRollover(*record, lines().textFrom(start))) {
            const std::string text(lines().textFrom(start));
            lines().drop(start);
            writeLines();
            doRollover();
            status = ready();
            start = lines().begin();
            if (status) {
                beforeRecord();
                lines().text() += text;
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

} // namespace sluice
