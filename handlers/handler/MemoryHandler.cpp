#include "handler/MemoryHandler.h"

#include "handler/HandlerNode.h"

namespace sluice {

MemoryHandler::MemoryHandler(std::size_t capacity, int flushLevel, std::shared_ptr<Handler> target,
                             bool flushOnClose)
    : BufferingHandler(capacity), m_flushLevel(flushLevel), m_flushOnClose(flushOnClose),
      m_target(std::move(target))
{
}

void MemoryHandler::setTarget(std::shared_ptr<Handler> target)
{
    const Lock guard = lock();
    m_target = std::move(target);
}

bool MemoryHandler::shouldFlush(const LogRecord &record) const
{
    return BufferingHandler::shouldFlush(record) || record.levelno >= m_flushLevel;
}

void MemoryHandler::flush()
{
    const Lock guard = lock();
    if (!m_target || buffer().empty())
        return;
    m_passing.clear();
    for (const LogRecord &record : buffer().records())
        m_passing.push_back(&record);
    m_target->handle(m_passing);
    releaseBuffer();
}

void MemoryHandler::close()
{
    const Lock guard = lock();
    if (m_flushOnClose)
        flush();
    m_target.reset();
    BufferingHandler::close();
}

namespace nodes {

namespace {

struct MemoryHandlerConfig : HandlerConfig
{
    int capacity = 0;
    LevelValue flushLevel{level::Error};
    bool flushOnClose = true;
};

NodeGuarantee guarantee(const MemoryHandlerConfig &config, bool leadsOn)
{
    using Loss = NodeGuarantee::Loss;
    const auto capacity = static_cast<std::uint64_t>(config.capacity);
    NodeGuarantee guarantee;
    if (!leadsOn)
        guarantee.crash = {Loss::Unbounded, "keeps all records in memory, since it has no target"};
    else if (capacity > 1) // with 1 each record fills it
        guarantee.crash = {Loss::Bounded,
                           "keeps up to " + recordsInWords(capacity - 1) + " in memory until there are " + recordsInWords(capacity) +
                               " or one is " + levelName(config.flushLevel.number) + " or above",
                           capacity - 1,
                           {}};
    return guarantee;
}

} // namespace

const NodeType &MemoryHandler()
{
    static const auto node =
        handlerNode<MemoryHandlerConfig>(
            "MemoryHandler", "Keeps records, and passes them on when there are enough or one is severe",
            handlerParams<MemoryHandlerConfig>()
                .param(&MemoryHandlerConfig::capacity, "capacity",
                       "Records to keep before they are passed on")
                .required()
                .range(0, 10'000'000)
                .unit("records")
                .param(&MemoryHandlerConfig::flushLevel, "flushLevel",
                       "A record of this level or above passes all on at once")
                .usual()
                .param(&MemoryHandlerConfig::flushOnClose, "flushOnClose",
                       "Pass on what is kept when it ends")
                .usual(),
            [](const MemoryHandlerConfig &config, const NodeContext &) -> Result<std::shared_ptr<Handler>> {
                return std::shared_ptr<Handler>(std::make_shared<sluice::MemoryHandler>(
                    static_cast<std::size_t>(config.capacity), config.flushLevel.number, nullptr,
                    config.flushOnClose));
            })
            .output({"target", "Where it passes records to", true})
            .guarantees(&guarantee)
            .staysInside()
            .describedBy([](const MemoryHandlerConfig &config) {
                return "up to " + std::to_string(config.capacity) + " · at once from " +
                       levelName(config.flushLevel.number);
            });
    return node;
}

} // namespace nodes
} // namespace sluice
