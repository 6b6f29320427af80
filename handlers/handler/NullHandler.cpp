#include "handler/NullHandler.h"

#include "handler/HandlerNode.h"

namespace sluice::nodes {

const NodeType &NullHandler()
{
    static const auto node = handlerNode<HandlerConfig>(
        "NullHandler", "Takes records and does nothing with them", handlerParams<HandlerConfig>(),
        [](const HandlerConfig &, const NodeContext &) -> Result<std::shared_ptr<Handler>> {
            return std::shared_ptr<Handler>(std::make_shared<sluice::NullHandler>());
        }).guarantees([](const HandlerConfig &, bool) -> NodeGuarantee {
            return {.crash = {NodeGuarantee::Loss::None, "keeps nothing of what it is given"}, .fullDisk = {}, .deadPeer = {}, .heldUp = {}};
        }).staysInside();
    return node;
}

} // namespace sluice::nodes
