#include "handler/ConsoleHandler.h"

#include "handler/HandlerNode.h"
#include "handler/RehearsedConsoleHandler.h"

namespace sluice {

Status ConsoleHandler::emit(const LogRecord &record)
{
    const LogRecord *const one = &record;
    emitBatch(RecordSpan(&one, 1));
    return {};
}

void ConsoleHandler::emitBatch(RecordSpan records)
{
    if (m_sink)
        m_sink->append(records);
}

namespace nodes {

const NodeType &ConsoleHandler()
{
    static const auto node = handlerNode<HandlerConfig>(
        "ConsoleHandler", "Shows records in the console", handlerParams<HandlerConfig>(),
        [](const HandlerConfig &, const NodeContext &context) -> Result<std::shared_ptr<Handler>> {
            return std::shared_ptr<Handler>(std::make_shared<sluice::ConsoleHandler>(context.console));
        })
        .rehearsedBy(configured<HandlerConfig>([](const HandlerConfig &, const NodeContext &context) -> Result<std::shared_ptr<Handler>> {
            return std::shared_ptr<Handler>(std::make_shared<RehearsedConsoleHandler>(context.rehearsedOutput(context.id)));
        }))
        .guarantees([](const HandlerConfig &, bool) -> NodeGuarantee {
            using Loss = NodeGuarantee::Loss;
            return {.crash = {Loss::Bounded, "shows records; where a window keeps them, it writes them to its files a few times a second", 0,
                              "the last second that was shown"},
                    .fullDisk = {Loss::None, "shows records, and keeps them in memory as long as its files take no more"},
                    .deadPeer = {},
                    .heldUp = {}};
        });
    return node;
}

} // namespace nodes
} // namespace sluice
