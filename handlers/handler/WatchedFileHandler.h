#pragma once

#include "base/PathWatch.h"
#include "handler/FileHandler.h"

namespace sluice {

/// A FileHandler that opens its file anew when another has been put in its place, as logrotate and newsyslog
/// do. https://docs.python.org/3/library/logging.handlers.html#watchedfilehandler
///
/// Looks before each record, and once before the records of a batch; where the system can tell that nothing has happened to the path, it
/// asks that instead, once it has looked often enough in vain. Unlike CPython it loses nothing with
/// `delay` and mode "w". For Unix; on Windows an open log cannot be replaced by those programs anyhow.
class WatchedFileHandler : public FileHandler
{
public:
    using FileHandler::FileHandler;

    /// Opens the file again if it is open and its path leads to another one or to none. Where that cannot be
    /// done the file is closed, and the next record tries again.
    Status reopenIfNeeded();

protected:
    void emitBatch(RecordSpan records) override;

private:
    PathWatch m_watch;
    int m_looksInVain = 0; ///< at the path, since it last led elsewhere or something happened to it
};

} // namespace sluice
