#pragma once

#include "chain/Ledger.h"
#include "chain/Wire.h"
#include "record/LogRecord.h"

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// A node that a test record came to, and what has become of it there.
struct TestStep
{
    enum class Outcome {
        Working,  ///< the node has it in hand
        Waiting,  ///< in the queue before the node, or kept by it for later
        Passed,   ///< it goes on from here
        Written,  ///< it was done with it what the node is there for
        Rejected, ///< a filter or a level holds it back; `reason`
        Lost,     ///< dropped, or failed; `reason`
    };
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    std::string node;         ///< its id
    std::string port;         ///< output of the step before by which it came; empty where it was put in
    std::size_t from = none;  ///< number of the step before
    int depth = 0;            ///< steps before it on its way
    Outcome outcome = Outcome::Working;
    std::string reason;

    bool operator==(const TestStep &) const = default;
};

/// A test record on its way through a chain that runs: the tracker of that record, which is told of each node that it comes
/// to, and keeps the ledger's account as for any other. For any thread.
class TestRun final : public Delivery
{
public:
    static constexpr std::size_t maxSteps = 500;

    struct State
    {
        std::vector<TestStep> steps;    ///< in the order in which it came to them
        bool isFinished = false;        ///< nobody has it any more
    };

    TestRun(std::shared_ptr<SourceAccount> account, std::string node);
    ~TestRun() override;

    /// Where it was put in.
    const std::string &node() const { return m_node; }
    State state() const;

    /// Whether any test record of this process is on its way, and how many are: only then somebody has to look for them.
    static bool areUnderWay() { return s_underWay.load(std::memory_order_relaxed) > 0; }
    static int underWay() { return s_underWay.load(std::memory_order_relaxed); }

    /// One stay of a test record at a node: a copy of the record whose tracker knows that node.
    class Visit
    {
    public:
        /// Of a record whose tracker isWatched(). `by`: the wire, with empty ends where it was put in.
        Visit(const LogRecord &record, const std::string &node, const Wire &by);

        /// Its text is the other's, and lives as long as that.
        const LogRecord &record() const { return m_record; }
        void pass();
        void reject(std::string reason);
        /// It goes into the queue before the node, whose handler is the last to have it.
        void queue();
        /// The handler has returned: it has written the record, keeps it, or has said why it is lost. `hasTargets`: what it
        /// does with records is to pass them on.
        void handled(bool hasTargets);

    private:
        std::shared_ptr<TestRun> m_run;
        std::shared_ptr<DeliveryTracker> m_tracker;
        std::size_t m_step = TestStep::none;
        LogRecord m_record;
    };

    /// The chain has been gone through: what is not held has come to its end.
    void end();

    bool isWatched() const override { return true; }
    void hold(std::uint32_t record) override;
    void release(std::uint32_t record) override;
    void dropped(const LogRecord &record, std::string_view node, std::string_view reason) override;

private:
    class Branch;

    /// What is known of a step beside what is told.
    struct Stay
    {
        int holders = 0;
        bool isHandled = false;
        TestStep::Outcome atEnd = TestStep::Outcome::Written;
    };

    std::size_t arrive(std::size_t from, const std::string &node, const std::string &port);
    void settleStep(std::size_t step, TestStep::Outcome outcome, std::string reason);
    void holdAt(std::size_t step);
    void releaseAt(std::size_t step);
    void finishIfDone();

    static inline std::atomic<int> s_underWay{0};

    const std::string m_node;
    mutable std::mutex m_mutex; ///< guards all below
    std::vector<TestStep> m_steps;
    std::vector<Stay> m_stays; ///< by step
    int m_holders = 0;
    bool m_hasEnded = false;
    bool m_isFinished = false;
};

} // namespace sluice
