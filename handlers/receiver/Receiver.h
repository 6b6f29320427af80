#pragma once

#include "base/Result.h"
#include "record/LogRecordBatch.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sluice {

/// What a receiver gives its records to: the router. Thread-safe.
class RecordSink
{
public:
    virtual ~RecordSink() = default;

    /// Takes records on. Waits while the sink is full, which is how back-pressure reaches the sender.
    /// `peer`: who sent them, without what changes from connection to connection ("127.0.0.1", a path,
    /// "stdin"). False once the sink has been stopped: the records were not taken.
    virtual bool accept(std::shared_ptr<LogRecordBatch> batch, std::string_view peer) = 0;

    /// Something arrived that is no record. Counted by peer; `sample` is the beginning of it, printable.
    virtual void reject(std::string_view peer, std::string_view reason, std::string_view sample) = 0;

    /// So many things that somebody sent were lost before they arrived. Counted as rejected.
    virtual void lost(std::string_view peer, std::uint64_t count, std::string_view reason)
    {
        for (; count > 0; --count)
            reject(peer, reason, {});
    }

    /// The receiver goes on, but something about it is wrong, or (empty) is right again.
    virtual void setFault(std::string_view sentence) = 0;

    /// No more records will come: the end of a file or of standard input.
    virtual void finished() = 0;
};

/// Where records come in. Has threads of its own, or shares the I/O thread; calls the sink from there.
class Receiver
{
public:
    virtual ~Receiver() = default;

    /// Begins to receive. `sink` outlives the receiver's stop(). Returns when it listens (or has the file
    /// open), or says why it cannot.
    virtual Status start(RecordSink &sink) = 0;

    /// Ends it: when this returns, the sink is not called any more. Records read before are given on, unless
    /// the sink refuses them. Harmless when not started.
    virtual void stop() = 0;

    /// Another receiver is about to take its place: gives free where it listens, but goes on with the connections that stand, so
    /// that nothing is lost that is on its way in them. False, and nothing is done, where it has no such connections: stop()
    /// it. The sink may still be called until stop().
    virtual bool leave() { return false; }

    /// Where it listens or what it reads, for people: "127.0.0.1:9020". Valid after start().
    virtual std::string endpoint() const = 0;
};

} // namespace sluice
