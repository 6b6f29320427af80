#include "handler/QueueHandler.h"

#include "handler/HandlerNode.h"
#include "handler/QueueListener.h"
#include "handler/RehearsedQueueHandler.h"

namespace sluice {

QueueHandler::QueueHandler(std::shared_ptr<RecordQueue> queue, WhenFull whenFull)
    : m_queue(std::move(queue)), m_whenFull(whenFull)
{
}

QueueHandler::~QueueHandler() = default;

void QueueHandler::setListener(std::shared_ptr<QueueListener> listener) { m_listener = std::move(listener); }

Status QueueHandler::prepare(LogRecord &record, Arena &arena)
{
    m_text.clear();
    if (Status status = format(record, m_text); !status)
        return status;
    record.set(Attribute::Msg, Value::text(arena.copy(m_text)));
    for (const Attribute merged : {Attribute::Args, Attribute::ExcInfo, Attribute::ExcText, Attribute::StackInfo})
        record.set(merged, Value::none());
    return {};
}

void QueueHandler::enqueue(RecordSpan records)
{
    static const Error full{"The queue is full."};
    m_queue->put(records, m_whenFull, [this](const LogRecord &record) { handleError(&record, full); });
}

Status QueueHandler::emit(const LogRecord &record)
{
    const LogRecord *const one = &record;
    emitBatch(RecordSpan(&one, 1));
    return {};
}

void QueueHandler::emitBatch(RecordSpan records)
{
    m_prepared.clear();
    m_prepared.reserve(records.size());
    m_pointers.clear();
    for (const LogRecord *record : records) {
        LogRecord &prepared = m_prepared.addShallowCopy(*record);
        if (const Status status = prepare(prepared, m_prepared.arena()); !status) {
            m_prepared.removeLast();
            handleError(record, status.error());
            continue;
        }
        m_pointers.push_back(&prepared);
    }
    if (!m_pointers.empty())
        enqueue(m_pointers);
}

namespace nodes {

namespace {

struct QueueHandlerConfig : HandlerConfig
{
    std::size_t capacity = 0;
    bool respectHandlerLevel = false;
};

NodeGuarantee guarantee(const QueueHandlerConfig &config, bool)
{
    using Loss = NodeGuarantee::Loss;
    NodeGuarantee guarantee;
    if (config.capacity == 0) {
        guarantee.crash = {Loss::Unbounded, "has any number of records waiting in memory"};
        guarantee.heldUp = {Loss::None, "lets any number of records wait in memory meanwhile"};
        return guarantee;
    }
    // A run that the listener has in hand once waited together.
    const std::uint64_t most = 2 * std::uint64_t{config.capacity};
    guarantee.crash = {Loss::Bounded, "has up to " + recordsInWords(most) + " in memory, waiting or in hand", most, {}};
    guarantee.heldUp = {Loss::Unbounded, "drops, counted, what comes while " + recordsInWords(config.capacity) + " wait"};
    return guarantee;
}

} // namespace

const NodeType &QueueHandler()
{
    static const auto node =
        handlerNode<QueueHandlerConfig>(
            "QueueHandler", "Lets handlers work on a thread of their own, behind a queue",
            handlerParams<QueueHandlerConfig>()
                .param(&QueueHandlerConfig::capacity, "capacity",
                       "Records that may wait; a record beyond is an error, 0: no limit")
                .usual()
                .range(0, 10'000'000)
                .unit("records")
                .param(&QueueHandlerConfig::respectHandlerLevel, "respect_handler_level",
                       "Give a handler only records of its level or above")
                .usual(),
            [](const QueueHandlerConfig &config, const NodeContext &) -> Result<std::shared_ptr<Handler>> {
                auto queue = std::make_shared<RecordQueue>(RecordQueue::Limits{config.capacity, 0});
                auto handler = std::make_shared<sluice::QueueHandler>(queue);
                handler->setListener(std::make_shared<QueueListener>(
                    queue, std::vector<std::shared_ptr<Handler>>(), config.respectHandlerLevel));
                return std::shared_ptr<Handler>(std::move(handler));
            })
            .output({.name = "handlers", .help = "The handlers behind the queue", .handlersOnly = true})
            .guarantees(&guarantee)
            .rehearsedBy(configured<QueueHandlerConfig>([](const QueueHandlerConfig &config, const NodeContext &) -> Result<std::shared_ptr<Handler>> {
                return std::shared_ptr<Handler>(std::make_shared<RehearsedQueueHandler>(
                    std::make_shared<RecordQueue>(RecordQueue::Limits{}), config.respectHandlerLevel));
            }))
            .describedBy([](const QueueHandlerConfig &config) {
                return config.capacity == 0 ? std::string("Lets handlers work on a thread of their own")
                                            : "up to " + std::to_string(config.capacity) + " records wait";
            });
    return node;
}

} // namespace nodes
} // namespace sluice
