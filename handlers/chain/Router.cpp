#include "chain/Router.h"

#include "chain/NodeRegistry.h"
#include "chain/RouterInput.h"
#include "chain/RouterIntake.h"
#include "chain/RoutingPlan.h"
#include "chain/TestRun.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace sluice {

namespace {

constexpr char replayId[] = "input";
constexpr int maxTests = 64;

} // namespace

class Router::Private
{
public:
    Private(Chain chain, RouterOptions options) : m_chain(std::move(chain)), m_options(std::move(options)) {}

    void start();
    Status apply(Chain chain);
    void stop();
    bool waitUntilFinished(int milliseconds);
    RouterStatus status() const;
    bool tap(const Wire &wire, const std::shared_ptr<WireTap> &tap);
    Result<std::shared_ptr<const TestRun>> sendTest(std::string_view node, std::shared_ptr<LogRecordBatch> record);

    Chain m_chain; ///< changed under m_mutex
    RouterOptions m_options;
    std::atomic<bool> m_running = false;

private:
    using Inputs = std::vector<std::shared_ptr<RouterInput>>;

    void work();
    void passOn(const QueuedBatch &queued);
    bool isReplay() const { return !m_options.input.empty(); }
    NodeContext context() const;
    static std::shared_ptr<RouterInput> find(const Inputs &inputs, std::string_view id);
    Status startInputs(const Inputs &inputs, const Chain &chain);
    void restoreInputs(const Inputs &inputs);

    std::unique_ptr<RouterIntake> m_intake;
    std::unique_ptr<RoutingPlan> m_plan; ///< changed under m_mutex and m_planMutex
    Inputs m_inputs;                     ///< changed under m_mutex
    std::shared_ptr<RouterInput> m_tests;
    std::thread m_thread;

    std::mutex m_planMutex; ///< held while a batch goes through the plan
    mutable std::mutex m_mutex;
};

NodeContext Router::Private::context() const
{
    NodeContext context;
    context.baseDirectory = m_options.baseDirectory;
    context.recordClock = m_options.recordClock;
    context.console = m_options.console;
    context.keyStoreAnswers = m_options.keyStoreAnswers;
    return context;
}

std::shared_ptr<RouterInput> Router::Private::find(const Inputs &inputs, std::string_view id)
{
    const auto found = std::ranges::find_if(inputs, [&](const auto &input) { return input->id() == id; });
    return found == inputs.end() ? nullptr : *found;
}

void Router::Private::start()
{
    // Nobody waits for a replay, so it waits for the slow. What is live goes on without them.
    auto plan = std::make_unique<RoutingPlan>(m_chain, context(), isReplay() ? WhenFull::Block : WhenFull::DropNewest);
    auto intake = std::make_unique<RouterIntake>(RouterIntake::usualRecords);
    Inputs inputs;
    if (isReplay()) {
        inputs.push_back(std::make_shared<RouterInput>(*intake, replayId));
        inputs.back()->setEntry(plan->replayEntry());
    }
    for (const ChainNode &node : m_chain.nodes()) {
        if (isReplay() || node.type->kind() != NodeKind::Receiver)
            continue;
        inputs.push_back(std::make_shared<RouterInput>(*intake, node.id));
        inputs.back()->setEntry(plan->entryOf(node.id));
    }
    {
        // From here on status() may be asked by other threads.
        const std::lock_guard lock(m_mutex);
        m_plan = std::move(plan);
        m_inputs = std::move(inputs);
        m_intake = std::move(intake);
        m_tests = std::make_shared<RouterInput>(*m_intake, std::string(testPeer));
        m_running = true;
    }
    m_thread = std::thread([this] { work(); });
    if (isReplay()) {
        const QJsonObject params{{QStringLiteral("filename"), QString::fromStdString(m_options.input)}};
        (void)m_inputs.front()->start(*NodeRegistry::builtin().find("JsonLinesReceiver"), params, context());
        return;
    }
    for (const std::shared_ptr<RouterInput> &input : m_inputs) {
        const ChainNode &node = *m_chain.node(input->id());
        (void)input->start(*node.type, node.params, context()); // what fails is in its status
    }
}

void Router::Private::work()
{
    while (const std::optional<QueuedBatch> queued = m_intake->queue.pop()) {
        passOn(*queued);
        static_cast<RouterInput *>(queued->input)->passedOn();
    }
}

void Router::Private::passOn(const QueuedBatch &queued)
{
    const auto &input = *static_cast<RouterInput *>(queued.input);
    // The tracker of the first record is that of all.
    auto &delivery = *static_cast<Delivery *>(queued.batch->records().front().tracker);
    const std::lock_guard lock(m_planMutex);
    if (queued.isTest) {
        auto &test = static_cast<TestRun &>(delivery);
        m_plan->runTest(test, queued.batch->records().front());
        test.end();
        return;
    }
    m_plan->run(input.entry(), *queued.batch);
    delivery.settle();
}

Status Router::Private::startInputs(const Inputs &inputs, const Chain &chain)
{
    for (const std::shared_ptr<RouterInput> &input : inputs) {
        const ChainNode &node = *chain.node(input->id());
        if (const Status status = input->start(*node.type, node.params, context()); !status)
            return Error{"\"" + node.id + "\" cannot start: " + status.error().text};
    }
    return {};
}

void Router::Private::restoreInputs(const Inputs &inputs)
{
    for (const std::shared_ptr<RouterInput> &input : inputs) {
        if (const ChainNode *node = m_chain.node(input->id()))
            (void)input->start(*node->type, node->params, context()); // what fails is in its status
        else
            input->stop();
    }
}

Status Router::Private::apply(Chain chain)
{
    if (!m_running || isReplay()) {
        const std::lock_guard lock(m_mutex);
        if (m_running)
            return Error{"A replay's chain cannot be changed while it runs."};
        m_chain = std::move(chain);
        return {};
    }
    // While the old one runs: what is new is made, or that fails and nothing has happened.
    auto plan = std::make_unique<RoutingPlan>(chain, context(), WhenFull::DropNewest, m_plan.get());
    if (!plan->failures().empty()) {
        const Problem &failure = plan->failures().front();
        return Error{"\"" + failure.place + "\" cannot start: " + failure.text};
    }
    Inputs inputs;
    Inputs toStart;
    Inputs added;
    Inputs gone;
    for (const ChainNode &node : chain.nodes()) {
        if (node.type->kind() != NodeKind::Receiver)
            continue;
        std::shared_ptr<RouterInput> input = find(m_inputs, node.id);
        const ChainNode *before = input ? m_chain.node(node.id) : nullptr;
        const bool isNew = !input;
        if (isNew) {
            input = std::make_shared<RouterInput>(*m_intake, node.id);
            input->hold();
            added.push_back(input);
        }
        if (isNew || before->type != node.type || before->params != node.params)
            toStart.push_back(input);
        inputs.push_back(std::move(input));
    }
    std::ranges::copy_if(m_inputs, std::back_inserter(gone), [&](const auto &input) { return !find(inputs, input->id()); });

    // No peer that makes us wait may keep the batch that is under way from its end.
    m_plan->liftLimits(true);
    // The router goes on meanwhile: a receiver's thread may be waiting for room in the queue. What is changed keeps its way
    // through the old plan until then; what is new has none yet, and holds what comes.
    for (const std::shared_ptr<RouterInput> &input : gone)
        input->stop();
    if (const Status status = startInputs(toStart, chain); !status) {
        for (const std::shared_ptr<RouterInput> &input : added)
            input->refuse();
        restoreInputs(gone);
        restoreInputs(toStart);
        m_plan->liftLimits(false);
        return status.error();
    }
    m_intake->waitUntil(-1, [&](std::uint64_t) {
        return std::ranges::all_of(gone, [](const auto &input) { return input->batches() == 0; });
    });
    std::unique_lock still(m_planMutex);
    plan->takeOver(*m_plan);
    for (const std::shared_ptr<RouterInput> &input : inputs)
        input->setEntry(plan->entryOf(input->id()));
    {
        const std::lock_guard lock(m_mutex);
        m_plan.swap(plan);
        m_inputs.swap(inputs);
        m_chain = std::move(chain);
    }
    m_plan->liftLimits(false);
    still.unlock();
    for (const std::shared_ptr<RouterInput> &input : added)
        input->release();
    plan->retire(*m_plan);
    return {};
}

void Router::Private::stop()
{
    if (!m_running)
        return;
    m_running = false;
    m_plan->beginStop();
    // The router goes on while receivers stop, so that one which waits for room in the queue gets it.
    for (const std::shared_ptr<RouterInput> &input : m_inputs)
        input->stop();
    m_intake->queue.close();
    m_thread.join();
    m_plan->close();
}

bool Router::Private::waitUntilFinished(int milliseconds)
{
    return m_intake->waitUntil(milliseconds, [this](std::uint64_t batches) {
        return batches == 0 && std::ranges::all_of(m_inputs, [](const auto &input) { return input->isFinished(); });
    });
}

RouterStatus Router::Private::status() const
{
    RouterStatus all;
    const std::lock_guard lock(m_mutex);
    if (m_intake)
        all.sources = m_intake->ledger.status();
    for (const ChainNode &node : m_chain.nodes()) {
        NodeStatus status;
        if (const auto input = find(m_inputs, node.id))
            status = input->status();
        else if (m_plan && node.type->kind() != NodeKind::Receiver)
            status = m_plan->status(node.id);
        status.id = node.id;
        if (!m_running && status.state == NodeStatus::State::Running)
            status.state = NodeStatus::State::Stopped;
        all.nodes.push_back(std::move(status));
    }
    if (m_plan)
        all.wires = m_plan->wireStatus();
    if (isReplay() && !m_inputs.empty())
        all.nodes.push_back(m_inputs.front()->status()); // no node of the chain, but what fed it
    return all;
}

bool Router::Private::tap(const Wire &wire, const std::shared_ptr<WireTap> &tap)
{
    const std::lock_guard lock(m_mutex);
    return m_running && m_plan && m_plan->tap(wire, tap);
}

Result<std::shared_ptr<const TestRun>> Router::Private::sendTest(std::string_view node, std::shared_ptr<LogRecordBatch> record)
{
    const std::lock_guard lock(m_mutex);
    if (!m_running)
        return Error{"The chain does not run."};
    if (!m_chain.node(node))
        return Error{"The chain that runs has no node \"" + std::string(node) + "\"."};
    if (TestRun::underWay() >= maxTests)
        return Error{"Too many test records are still on their way."};
    const std::shared_ptr<SourceAccount> account = m_intake->ledger.account(node, testPeer);
    const auto run = std::make_shared<TestRun>(account, std::string(node));
    record->setTracker(run);
    account->accept(1);
    if (!m_tests->acceptTest(std::move(record), run))
        return Error{"The chain does not run any more."};
    return std::shared_ptr<const TestRun>(run);
}

Router::Router(Chain chain, RouterOptions options) : d(std::make_unique<Private>(std::move(chain), std::move(options))) {}

Router::~Router() { d->stop(); }

void Router::start()
{
    d->start();
    d->m_options.keyStoreAnswers = nullptr; // secrets stay no longer than they are needed
}

Status Router::apply(Chain chain, std::shared_ptr<const keystore::Answers> keyStoreAnswers)
{
    d->m_options.keyStoreAnswers = std::move(keyStoreAnswers);
    Status status = d->apply(std::move(chain));
    d->m_options.keyStoreAnswers = nullptr;
    return status;
}

void Router::stop() { d->stop(); }
bool Router::waitUntilFinished(int milliseconds) { return d->waitUntilFinished(milliseconds); }
bool Router::isRunning() const { return d->m_running; }
const Chain &Router::chain() const { return d->m_chain; }
RouterStatus Router::status() const { return d->status(); }
bool Router::tap(const Wire &wire, const std::shared_ptr<WireTap> &tap) { return d->tap(wire, tap); }
Result<std::shared_ptr<const TestRun>> Router::sendTest(std::string_view node, std::shared_ptr<LogRecordBatch> record)
{
    return d->sendTest(node, std::move(record));
}

} // namespace sluice
