#include "chain/RouterInput.h"

#include "chain/RouterIntake.h"
#include "chain/TestRun.h"

namespace sluice {

namespace {

/// Receivers that have made room, each with connections that may stand for days. Beyond, the oldest is stopped.
constexpr std::size_t maxLeaving = 8;
/// What may come while a changed chain is started, which takes milliseconds.
constexpr std::size_t maxHeldRecords = 200'000;

} // namespace

RouterInput::RouterInput(RouterIntake &intake, std::string id) : m_intake(intake), m_id(std::move(id)) { m_status.id = m_id; }

Status RouterInput::start(const NodeType &type, const QJsonObject &params, NodeContext context)
{
    if (m_receiver && m_receiver->leave())
        m_leaving.push_back(m_receiver);
    else if (m_receiver)
        m_receiver->stop();
    m_receiver.reset();
    if (m_leaving.size() > maxLeaving) {
        m_leaving.front()->stop();
        m_leaving.erase(m_leaving.begin());
    }
    context.id = m_id;
    Result<NodeType::Instance> made = type.create(params, context);
    if (!made)
        return failed(made.error());
    m_receiver = std::get<std::shared_ptr<Receiver>>(*made);
    {
        const std::lock_guard lock(m_mutex);
        m_status.state = NodeStatus::State::Running;
        m_status.reason.clear();
    }
    if (const Status status = m_receiver->start(*this); !status)
        return failed(status.error());
    std::string endpoint = m_receiver->endpoint();
    const std::lock_guard lock(m_mutex);
    m_status.endpoint = std::move(endpoint);
    return {};
}

Status RouterInput::failed(const Error &error)
{
    {
        const std::lock_guard lock(m_mutex);
        m_status.state = NodeStatus::State::Failed;
        m_status.reason = error.text;
    }
    m_receiver.reset();
    return error;
}

void RouterInput::stop()
{
    if (m_receiver)
        m_receiver->stop();
    for (const std::shared_ptr<Receiver> &receiver : m_leaving)
        receiver->stop();
    m_leaving.clear();
    const std::lock_guard lock(m_mutex);
    if (m_status.state == NodeStatus::State::Running)
        m_status.state = NodeStatus::State::Stopped;
}

void RouterInput::hold()
{
    const std::lock_guard lock(m_holdMutex);
    m_isHolding = true;
}

void RouterInput::release()
{
    for (;;) {
        std::vector<std::shared_ptr<LogRecordBatch>> held;
        {
            const std::lock_guard lock(m_holdMutex);
            held.swap(m_held);
            m_heldRecords = 0;
            // What comes while these are put in must come behind them.
            if (held.empty())
                m_isHolding = false;
        }
        if (held.empty())
            return;
        for (std::shared_ptr<LogRecordBatch> &batch : held) {
            if (!m_intake.queue.push({batch, this})) {
                drop(*batch, "The router has been stopped.");
                m_intake.end(m_batches);
            }
        }
    }
}

void RouterInput::refuse()
{
    std::vector<std::shared_ptr<LogRecordBatch>> held;
    {
        const std::lock_guard lock(m_holdMutex);
        held.swap(m_held);
        m_heldRecords = maxHeldRecords; // no more is held
    }
    for (const std::shared_ptr<LogRecordBatch> &batch : held) {
        drop(*batch, "The changed chain could not be started.");
        m_intake.end(m_batches);
    }
}

bool RouterInput::isHeld(const std::shared_ptr<LogRecordBatch> &batch)
{
    const std::lock_guard lock(m_holdMutex);
    if (!m_isHolding)
        return false;
    m_intake.begin(m_batches);
    if (m_heldRecords < maxHeldRecords) {
        m_heldRecords += batch->size();
        m_held.push_back(batch);
    } else {
        drop(*batch, "It came before the changed chain ran.");
        m_intake.end(m_batches);
    }
    return true;
}

void RouterInput::drop(LogRecordBatch &batch, std::string_view reason)
{
    // The tracker of the first record is that of all.
    auto &delivery = *static_cast<Delivery *>(batch.records().front().tracker);
    for (const LogRecord &record : batch.records())
        delivery.dropped(record, m_id, reason);
    delivery.settle();
}

void RouterInput::passedOn() { m_intake.end(m_batches); }

bool RouterInput::accept(std::shared_ptr<LogRecordBatch> batch, std::string_view peer)
{
    if (batch->empty())
        return true;
    const std::size_t records = batch->size();
    const std::shared_ptr<SourceAccount> source = m_intake.ledger.account(m_id, peer);
    batch->setTracker(std::make_shared<Delivery>(source, static_cast<std::uint32_t>(records)));
    source->accept(records);
    if (!isHeld(batch)) {
        m_intake.begin(m_batches);
        if (!m_intake.queue.push({batch, this})) {
            source->addDrop(m_id, "The router has been stopped.", {});
            source->settle(0, records);
            m_intake.end(m_batches);
            return false;
        }
    }
    const std::lock_guard lock(m_mutex);
    m_status.received += records;
    return true;
}

bool RouterInput::acceptTest(std::shared_ptr<LogRecordBatch> batch, const std::shared_ptr<TestRun> &run)
{
    m_intake.begin(m_batches);
    if (m_intake.queue.pushAtOnce({batch, this, true}))
        return true;
    run->dropped(batch->records().front(), run->node(), "The router has been stopped.");
    run->end();
    m_intake.end(m_batches);
    return false;
}

void RouterInput::reject(std::string_view peer, std::string_view reason, std::string_view sample)
{
    m_intake.ledger.account(m_id, peer)->reject(reason, sample);
}

void RouterInput::lost(std::string_view peer, std::uint64_t count, std::string_view reason)
{
    m_intake.ledger.account(m_id, peer)->reject(reason, {}, count);
}

void RouterInput::setFault(std::string_view sentence)
{
    const std::lock_guard lock(m_mutex);
    m_status.reason = sentence;
}

void RouterInput::finished()
{
    {
        const std::lock_guard lock(m_mutex);
        m_status.state = NodeStatus::State::Finished;
    }
    m_intake.noteProgress();
}

bool RouterInput::isFinished() const
{
    const std::lock_guard lock(m_mutex);
    return m_status.state != NodeStatus::State::Running;
}

NodeStatus RouterInput::status() const
{
    const std::lock_guard lock(m_mutex);
    return m_status;
}

} // namespace sluice
