#include "chain/TestRun.h"

#include <algorithm>

namespace sluice {

/// The tracker of a test record at one node. What it is told is told to the run, with the node's name.
class TestRun::Branch final : public DeliveryTracker
{
public:
    Branch(std::shared_ptr<TestRun> run, std::size_t step) : m_run(std::move(run)), m_step(step) {}

    const std::shared_ptr<TestRun> &run() const { return m_run; }
    std::size_t step() const { return m_step; }

    RecordOrigin origin() const override { return m_run->origin(); }
    bool isWatched() const override { return true; }
    void hold(std::uint32_t record) override
    {
        m_run->holdAt(m_step);
        m_run->hold(record);
    }
    void release(std::uint32_t record) override
    {
        m_run->releaseAt(m_step);
        m_run->release(record);
    }
    void dropped(const LogRecord &record, std::string_view node, std::string_view reason) override
    {
        m_run->settleStep(m_step, TestStep::Outcome::Lost, std::string(reason));
        m_run->Delivery::dropped(record, node, reason);
    }

private:
    const std::shared_ptr<TestRun> m_run;
    const std::size_t m_step;
};

TestRun::TestRun(std::shared_ptr<SourceAccount> account, std::string node)
    : Delivery(std::move(account), 1), m_node(std::move(node))
{
    s_underWay.fetch_add(1, std::memory_order_relaxed);
}

TestRun::~TestRun()
{
    if (!m_isFinished)
        s_underWay.fetch_sub(1, std::memory_order_relaxed);
}

TestRun::State TestRun::state() const
{
    const std::lock_guard lock(m_mutex);
    return {m_steps, m_isFinished};
}

std::size_t TestRun::arrive(std::size_t from, const std::string &node, const std::string &port)
{
    const std::lock_guard lock(m_mutex);
    if (m_steps.size() >= maxSteps)
        return TestStep::none;
    TestStep step;
    step.node = node;
    step.port = port;
    step.from = from;
    step.depth = from < m_steps.size() ? m_steps[from].depth + 1 : 0;
    m_steps.push_back(std::move(step));
    m_stays.emplace_back();
    return m_steps.size() - 1;
}

void TestRun::settleStep(std::size_t step, TestStep::Outcome outcome, std::string reason)
{
    const std::lock_guard lock(m_mutex);
    // What is lost stays lost, whatever its handler says afterwards.
    if (step >= m_steps.size() || m_steps[step].outcome == TestStep::Outcome::Lost)
        return;
    m_steps[step].outcome = outcome;
    m_steps[step].reason = std::move(reason);
}

void TestRun::holdAt(std::size_t step)
{
    const std::lock_guard lock(m_mutex);
    if (step >= m_steps.size())
        return;
    ++m_stays[step].holders;
    if (m_steps[step].outcome != TestStep::Outcome::Lost)
        m_steps[step].outcome = TestStep::Outcome::Waiting;
}

void TestRun::releaseAt(std::size_t step)
{
    const std::lock_guard lock(m_mutex);
    if (step >= m_steps.size())
        return;
    Stay &stay = m_stays[step];
    if (--stay.holders == 0 && stay.isHandled && m_steps[step].outcome == TestStep::Outcome::Waiting)
        m_steps[step].outcome = stay.atEnd;
}

void TestRun::hold(std::uint32_t record)
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_holders;
    }
    Delivery::hold(record);
}

void TestRun::release(std::uint32_t record)
{
    Delivery::release(record);
    const std::lock_guard lock(m_mutex);
    --m_holders;
    finishIfDone();
}

void TestRun::dropped(const LogRecord &record, std::string_view node, std::string_view reason)
{
    settleStep(arrive(TestStep::none, std::string(node), {}), TestStep::Outcome::Lost, std::string(reason));
    Delivery::dropped(record, node, reason);
}

void TestRun::end()
{
    settle();
    const std::lock_guard lock(m_mutex);
    m_hasEnded = true;
    finishIfDone();
}

void TestRun::finishIfDone()
{
    if (m_isFinished || !m_hasEnded || m_holders > 0)
        return;
    m_isFinished = true;
    s_underWay.fetch_sub(1, std::memory_order_relaxed);
}

TestRun::Visit::Visit(const LogRecord &record, const std::string &node, const Wire &by) : m_record(record)
{
    std::size_t from = TestStep::none;
    if (auto *branch = dynamic_cast<Branch *>(record.tracker)) {
        m_run = branch->run();
        from = branch->step();
    } else {
        m_run = std::static_pointer_cast<TestRun>(record.tracker->shared_from_this());
    }
    m_step = m_run->arrive(from, node, by.from.empty() ? std::string() : by.port);
    m_tracker = std::make_shared<Branch>(m_run, m_step);
    m_record.tracker = m_tracker.get();
}

void TestRun::Visit::pass() { m_run->settleStep(m_step, TestStep::Outcome::Passed, {}); }
void TestRun::Visit::reject(std::string reason) { m_run->settleStep(m_step, TestStep::Outcome::Rejected, std::move(reason)); }

void TestRun::Visit::queue()
{
    m_run->settleStep(m_step, TestStep::Outcome::Waiting, {});
    const std::lock_guard lock(m_run->m_mutex);
    if (m_step < m_run->m_stays.size())
        m_run->m_stays[m_step].isHandled = true;
}

void TestRun::Visit::handled(bool hasTargets)
{
    const std::lock_guard lock(m_run->m_mutex);
    if (m_step >= m_run->m_steps.size())
        return;
    TestStep &step = m_run->m_steps[m_step];
    Stay &stay = m_run->m_stays[m_step];
    stay.isHandled = true;
    stay.atEnd = hasTargets ? TestStep::Outcome::Passed : TestStep::Outcome::Written;
    if (stay.holders == 0 && (step.outcome == TestStep::Outcome::Working || step.outcome == TestStep::Outcome::Waiting))
        step.outcome = stay.atEnd;
}

} // namespace sluice
