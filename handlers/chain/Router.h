#pragma once

#include "base/KeyStore.h"
#include "base/Result.h"
#include "chain/Chain.h"
#include "chain/RouterStatus.h"

#include <memory>
#include <string>

namespace sluice {

class ConsoleSink;
class LogRecordBatch;
class TestRun;
class WireTap;

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
    /// What the system's key store said, where it was asked before (keyStoreNames()): for the first start(), which then does not wait for it.
    std::shared_ptr<const keystore::Answers> keyStoreAnswers;
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
    /// rest runs. Waits for nothing slow but the key store, where nobody has asked it before.
    void start();

    /// Runs another chain, without problems, in place of this one. Nodes with the same id, type and parameters go on, with what
    /// they hold, their counters and their connections; only the others are made anew, and what those before them held
    /// goes on in them. No record that was accepted is lost or delivered twice by it. A receiver that is changed keeps the
    /// connections that stand, as they were; datagrams that come in the moment in which it opens its port again are lost.
    ///
    /// Fails, and the old chain goes on, if a node of the new one that is new or changed cannot be made or started. May wait,
    /// while the new chain runs, for handlers to close. A router that is stopped takes the chain for its next start.
    /// `keyStoreAnswers`: as in RouterOptions.
    Status apply(Chain chain, std::shared_ptr<const keystore::Answers> keyStoreAnswers = nullptr);

    /// Stops the receivers, passes on what was accepted, flushes and closes the handlers. May block while handlers finish.
    void stop();

    /// Returns when every receiver has finished and all they gave has been passed on, or, false, after the time-out
    /// (negative: none). Receivers that listen never finish.
    bool waitUntilFinished(int milliseconds = -1);

    bool isRunning() const;
    const Chain &chain() const;

    /// Any thread; takes a short lock.
    RouterStatus status() const;

    /// Shows the tap what passes a wire from now on, until it is closed. It goes on after apply() if the wire has the same
    /// ends there; without a gap. False if the chain that runs has no such wire. Any thread.
    bool tap(const Wire &wire, const std::shared_ptr<WireTap> &tap);

    /// Puts a record in at a node, through which it goes as any other would: to real outputs. A record that is put in at a
    /// receiver goes where that one's go. Behind what waits for the router now; does not wait. The batch holds that record.
    /// An Error if the chain does not run, has no such node, or too many are on their way. Any thread.
    Result<std::shared_ptr<const TestRun>> sendTest(std::string_view node, std::shared_ptr<LogRecordBatch> record);
    /// What stands for a peer in the ledger's account of test records.
    static constexpr std::string_view testPeer = "test record";

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice
