#pragma once

#include "base/Result.h"
#include "chain/Chain.h"
#include "chain/RouterStatus.h"

#include <memory>
#include <string>

namespace sluice {

class ConsoleSink;

struct RouterOptions
{
    /// Where relative paths of the chain begin; absolute. That of `input` begins at the working directory.
    std::string baseDirectory;
    /// Handlers' clock is each record's `created` (a replay).
    bool recordClock = false;
    std::shared_ptr<ConsoleSink> console;
    /// LogRecord dictionaries as JSON lines, a file or "-": read instead of the chain's own receivers (a replay
    /// that something live could mix into would be none), and given to its loggers; where it has none, to every
    /// node that a receiver feeds; where there is none either, to every node that nothing feeds.
    std::string input;
};

/// Runs a chain: receivers on I/O threads put batches into a bounded queue, one thread takes them through filters and
/// handlers, and the ledger keeps account. All public functions are for one thread (the owner's), except status().
class Router
{
public:
    /// The chain has no problems (Chain::check).
    Router(Chain chain, RouterOptions options);
    /// Stops.
    ~Router();

    /// Makes the nodes and starts the receivers. What cannot be made or started is Failed in status(), with its reason; the
    /// rest runs. Does not wait for anything slow.
    void start();

    /// Stops the receivers, passes on what was accepted, flushes and closes the handlers. May block while handlers finish.
    void stop();

    /// Returns when every receiver has finished and all they gave has been passed on, or, false, after the time-out
    /// (negative: none). Receivers that listen never finish.
    bool waitUntilFinished(int milliseconds = -1);

    bool isRunning() const;
    const Chain &chain() const;

    /// Any thread; takes a short lock.
    RouterStatus status() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice
