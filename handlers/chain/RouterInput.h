#pragma once

#include "chain/RouterStatus.h"
#include "chain/RoutingNode.h"
#include "receiver/Receiver.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace sluice {

class RouterIntake;
class TestRun;

/// A receiver of a router, its end of the queue, and what is known of it. start(), replace() and stop() are for the owner's
/// thread; entry() and setEntry() for whoever may run the plan; what RecordSink has, for any.
class RouterInput final : public RecordSink
{
public:
    /// The intake outlives it.
    RouterInput(RouterIntake &intake, std::string id);

    const std::string &id() const { return m_id; }

    /// Makes the receiver and starts it. Where that fails it is Failed, with the reason. One that runs makes room first, and
    /// goes on with the connections that it has.
    Status start(const NodeType &type, const QJsonObject &params, NodeContext context);
    void stop();

    /// Where its records enter the chain.
    const RoutingEntry &entry() const { return m_entry; }
    void setEntry(RoutingEntry entry) { m_entry = std::move(entry); }

    /// Keeps what comes, since the chain that it is for does not run yet: until release(), or until refuse(), which drops it.
    void hold();
    void release();
    void refuse();

    /// Puts a test record into the queue, full or not; false once the router has stopped.
    bool acceptTest(std::shared_ptr<LogRecordBatch> batch, const std::shared_ptr<TestRun> &run);

    /// A batch of it has come to its end.
    void passedOn();
    /// Of its batches that are on their way; under the intake's lock.
    std::uint64_t batches() const { return m_batches; }

    bool isFinished() const;
    NodeStatus status() const;

    bool accept(std::shared_ptr<LogRecordBatch> batch, std::string_view peer) override;
    void reject(std::string_view peer, std::string_view reason, std::string_view sample) override;
    void lost(std::string_view peer, std::uint64_t count, std::string_view reason) override;
    void setFault(std::string_view sentence) override;
    void finished() override;

private:
    Status failed(const Error &error);
    bool isHeld(const std::shared_ptr<LogRecordBatch> &batch);
    void drop(LogRecordBatch &batch, std::string_view reason);

    RouterIntake &m_intake;
    const std::string m_id;
    RoutingEntry m_entry;
    std::shared_ptr<Receiver> m_receiver;
    std::vector<std::shared_ptr<Receiver>> m_leaving; ///< give only what still comes by connections that stand
    std::uint64_t m_batches = 0;                      ///< guarded by the intake

    std::mutex m_holdMutex;
    bool m_isHolding = false;   ///< guarded by m_holdMutex
    std::size_t m_heldRecords = 0;
    std::vector<std::shared_ptr<LogRecordBatch>> m_held;
    mutable std::mutex m_mutex;
    NodeStatus m_status; ///< guarded by m_mutex
};

} // namespace sluice
