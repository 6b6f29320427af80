#include "chain/Router.h"

#include "chain/BatchQueue.h"
#include "chain/Ledger.h"
#include "chain/NodeRegistry.h"
#include "chain/RoutingPlan.h"
#include "receiver/Receiver.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

namespace sluice {

namespace {

/// Enough for the router never to starve while a receiver reads on; little enough to be soon at its end, and for
/// the batches under way to stay in the processor's cache and in the receivers' pools.
constexpr std::size_t queueRecords = 4 * 1024;

constexpr char replayId[] = "input";

} // namespace

class Router::Private
{
public:
    /// A receiver, its own end of the queue, and what is known of it.
    class Input final : public RecordSink
    {
    public:
        Input(Private &router, std::string id) : m_router(router), m_id(std::move(id)) { m_status.id = m_id; }

        const std::string &id() const { return m_id; }

        void start(const NodeType &type, const QJsonObject &params, NodeContext context, RoutingEntry entry);
        void stop();

        bool accept(std::shared_ptr<LogRecordBatch> batch, std::string_view peer) override;
        void reject(std::string_view peer, std::string_view reason, std::string_view sample) override;
        void lost(std::string_view peer, std::uint64_t count, std::string_view reason) override;
        void setFault(std::string_view sentence) override;
        void finished() override;

        bool isFinished() const;
        NodeStatus status() const;
        const RoutingEntry &entry() const { return m_entry; }

    private:
        void fail(const Error &error);

        Private &m_router;
        const std::string m_id;
        RoutingEntry m_entry;
        std::shared_ptr<Receiver> m_receiver;
        mutable std::mutex m_mutex;
        NodeStatus m_status;
    };

    Private(Chain chain, RouterOptions options) : m_chain(std::move(chain)), m_options(std::move(options)) {}

    void start();
    void stop();
    bool waitUntilFinished(int milliseconds);
    RouterStatus status() const;

    Chain m_chain;
    RouterOptions m_options;
    std::atomic<bool> m_running = false;

private:
    void work();
    bool isFinished() const;
    void noteProgress();

    std::unique_ptr<RoutingPlan> m_plan;
    std::vector<std::unique_ptr<Input>> m_inputs;
    std::unique_ptr<BatchQueue> m_queue;
    Ledger m_ledger;
    std::thread m_thread;

    mutable std::mutex m_mutex;
    std::condition_variable m_progress;
    std::uint64_t m_batchesUnderWay = 0; ///< guarded by m_mutex
};

void Router::Private::Input::start(const NodeType &type, const QJsonObject &params, NodeContext context,
                                   RoutingEntry entry)
{
    m_entry = std::move(entry);
    context.id = m_id;
    Result<NodeType::Instance> made = type.create(params, context);
    if (!made)
        return fail(made.error());
    m_receiver = std::get<std::shared_ptr<Receiver>>(*made);
    {
        const std::lock_guard lock(m_mutex);
        m_status.state = NodeStatus::State::Running;
    }
    if (const Status status = m_receiver->start(*this); !status)
        return fail(status.error());
    std::string endpoint = m_receiver->endpoint();
    const std::lock_guard lock(m_mutex);
    m_status.endpoint = std::move(endpoint);
}

void Router::Private::Input::fail(const Error &error)
{
    const std::lock_guard lock(m_mutex);
    m_status.state = NodeStatus::State::Failed;
    m_status.reason = error.text;
    m_receiver.reset();
}

void Router::Private::Input::stop()
{
    if (m_receiver)
        m_receiver->stop();
    const std::lock_guard lock(m_mutex);
    if (m_status.state == NodeStatus::State::Running)
        m_status.state = NodeStatus::State::Stopped;
}

bool Router::Private::Input::accept(std::shared_ptr<LogRecordBatch> batch, std::string_view peer)
{
    if (batch->empty())
        return true;
    const std::size_t records = batch->size();
    const std::shared_ptr<SourceAccount> source = m_router.m_ledger.account(m_id, peer);
    batch->setTracker(std::make_shared<Delivery>(source, static_cast<std::uint32_t>(records)));
    source->accept(records);
    {
        const std::lock_guard lock(m_router.m_mutex);
        ++m_router.m_batchesUnderWay;
    }
    const bool taken = m_router.m_queue->push({batch, this});
    if (!taken) {
        source->addDrop(m_id, "The router has been stopped.", {});
        source->settle(0, records);
        m_router.noteProgress();
        return false;
    }
    const std::lock_guard lock(m_mutex);
    m_status.received += records;
    return true;
}

void Router::Private::Input::reject(std::string_view peer, std::string_view reason, std::string_view sample)
{
    m_router.m_ledger.account(m_id, peer)->reject(reason, sample);
}

void Router::Private::Input::lost(std::string_view peer, std::uint64_t count, std::string_view reason)
{
    m_router.m_ledger.account(m_id, peer)->reject(reason, {}, count);
}

void Router::Private::Input::setFault(std::string_view sentence)
{
    const std::lock_guard lock(m_mutex);
    m_status.reason = sentence;
}

void Router::Private::Input::finished()
{
    {
        const std::lock_guard lock(m_mutex);
        m_status.state = NodeStatus::State::Finished;
    }
    const std::lock_guard lock(m_router.m_mutex);
    m_router.m_progress.notify_all();
}

bool Router::Private::Input::isFinished() const
{
    const std::lock_guard lock(m_mutex);
    return m_status.state != NodeStatus::State::Running;
}

NodeStatus Router::Private::Input::status() const
{
    const std::lock_guard lock(m_mutex);
    return m_status;
}

void Router::Private::start()
{
    NodeContext context;
    context.baseDirectory = m_options.baseDirectory;
    context.recordClock = m_options.recordClock;
    context.console = m_options.console;

    // Nobody waits for a replay, so it waits for the slow. What is live goes on without them.
    const bool isReplay = !m_options.input.empty();
    auto plan = std::make_unique<RoutingPlan>(m_chain, context, isReplay ? WhenFull::Block : WhenFull::DropNewest);
    std::vector<std::unique_ptr<Input>> inputs;
    if (isReplay)
        inputs.push_back(std::make_unique<Input>(*this, replayId));
    for (const ChainNode &node : m_chain.nodes()) {
        if (!isReplay && node.type->kind() == NodeKind::Receiver)
            inputs.push_back(std::make_unique<Input>(*this, node.id));
    }
    {
        // From here on status() may be asked by other threads.
        const std::lock_guard lock(m_mutex);
        m_plan = std::move(plan);
        m_inputs = std::move(inputs);
        m_queue = std::make_unique<BatchQueue>(queueRecords);
        m_running = true;
    }
    m_thread = std::thread([this] { work(); });
    for (const std::unique_ptr<Input> &input : m_inputs) {
        if (isReplay) {
            const QJsonObject params{{QStringLiteral("filename"), QString::fromStdString(m_options.input)}};
            input->start(*NodeRegistry::builtin().find("JsonLinesReceiver"), params, context, m_plan->replayEntry());
        } else {
            const ChainNode &node = *m_chain.node(input->id());
            input->start(*node.type, node.params, context, m_plan->entryOf(node.id));
        }
    }
}

void Router::Private::work()
{
    while (std::optional<QueuedBatch> queued = m_queue->pop()) {
        m_plan->run(static_cast<Input *>(queued->input)->entry(), *queued->batch);
        // The tracker of the first record is that of all.
        static_cast<Delivery *>(queued->batch->records().front().tracker)->settle();
        queued->batch.reset();
        noteProgress();
    }
}

void Router::Private::noteProgress()
{
    const std::lock_guard lock(m_mutex);
    if (--m_batchesUnderWay == 0)
        m_progress.notify_all();
}

void Router::Private::stop()
{
    if (!m_running)
        return;
    m_running = false;
    m_plan->beginStop();
    // The router goes on while receivers stop, so that one which waits for room in the queue gets it.
    for (const std::unique_ptr<Input> &input : m_inputs)
        input->stop();
    m_queue->close();
    m_thread.join();
    m_plan->close();
}

bool Router::Private::isFinished() const
{
    return m_batchesUnderWay == 0 && std::ranges::all_of(m_inputs, [](const auto &input) { return input->isFinished(); });
}

bool Router::Private::waitUntilFinished(int milliseconds)
{
    std::unique_lock lock(m_mutex);
    const auto finished = [this] { return isFinished(); };
    if (milliseconds < 0) {
        m_progress.wait(lock, finished);
        return true;
    }
    return m_progress.wait_for(lock, std::chrono::milliseconds(milliseconds), finished);
}

RouterStatus Router::Private::status() const
{
    RouterStatus all;
    all.sources = m_ledger.status();
    const std::lock_guard lock(m_mutex);
    for (const ChainNode &node : m_chain.nodes()) {
        const auto input = std::ranges::find_if(m_inputs, [&](const auto &one) { return one->id() == node.id; });
        NodeStatus status;
        if (input != m_inputs.end())
            status = (*input)->status();
        else if (m_plan && node.type->kind() != NodeKind::Receiver)
            status = m_plan->status(node.id);
        status.id = node.id;
        if (!m_running && status.state == NodeStatus::State::Running)
            status.state = NodeStatus::State::Stopped;
        all.nodes.push_back(std::move(status));
    }
    if (!m_options.input.empty() && !m_inputs.empty())
        all.nodes.push_back(m_inputs.front()->status()); // no node of the chain, but what fed it
    return all;
}

Router::Router(Chain chain, RouterOptions options) : d(std::make_unique<Private>(std::move(chain), std::move(options))) {}

Router::~Router() { d->stop(); }

void Router::start() { d->start(); }
void Router::stop() { d->stop(); }
bool Router::waitUntilFinished(int milliseconds) { return d->waitUntilFinished(milliseconds); }
bool Router::isRunning() const { return d->m_running; }
const Chain &Router::chain() const { return d->m_chain; }
RouterStatus Router::status() const { return d->status(); }

} // namespace sluice
