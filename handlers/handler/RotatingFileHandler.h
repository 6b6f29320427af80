#pragma once

#include "handler/BaseRotatingHandler.h"

#include <cstdint>

namespace sluice {

/// Starts a new file when the one written is about to grow beyond a size: app.log becomes app.log.1, that
/// app.log.2, and so on up to `backupCount`.
/// https://docs.python.org/3/library/logging.handlers.html#rotatingfilehandler
///
/// The arithmetic is Python's: bytes in the file plus *characters* of the record, and one for the line's end,
/// reach maxBytes. Unlike Python before 3.13 an empty file is never rolled over. With maxBytes or backupCount
/// 0 the file grows; what is no regular file is never rolled over.
class RotatingFileHandler : public BaseRotatingHandler
{
public:
    /// With maxBytes above 0 the mode is Append, whatever the options say, since another would lose what
    /// earlier runs wrote.
    RotatingFileHandler(Options options, std::uint64_t maxBytes, int backupCount);

protected:
    void emitBatch(RecordSpan records) override;
    NativeFile::Written write(std::string_view bytes) override;
    void beforeRecord() override;
    bool shouldRollover(const LogRecord &record, std::string_view text) override;
    void doRollover() override;

private:
    std::uint64_t position() { return m_written + lines().bytes().size(); }

    const std::uint64_t m_maxBytes;
    const int m_backupCount;
    std::uint64_t m_written = 0; ///< size of the file, without the lines that wait
    bool m_placeChecked = false; ///< in this batch
    bool m_sizeKnown = false;    ///< m_written is right: nothing has been written since in this batch
};

} // namespace sluice
