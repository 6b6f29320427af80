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

    void doRollover() override;

protected:
    using BaseRotatingHandler::shouldRollover;
    bool shouldRollover(const LogRecord &record, std::string_view text) override;
    void emitBatch(RecordSpan records) override;

private:
    const int m_backupCount;
    bool m_placeChecked = false; ///< in this batch
};

} // namespace sluice
