#include "handler/ConsoleHandler.h"

#include "handler/HandlerNode.h"

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
        });
    return node;
}

} // namespace nodes
} // namespace sluice
