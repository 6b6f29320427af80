#include "shell/HintControls.h"

#include "console/ConsoleView.h"
#include "console/FirstRunHint.h"
#include "shell/Session.h"

namespace sluice::HintControls {

bool refresh(const Session &session, const std::vector<RouterStatus> &statuses, const std::vector<ConsoleView *> &views)
{
    const auto each = [&](const auto &show) {
        for (ConsoleView *view : views)
            show(*view->hint());
    };
    QString failure;
    if (session.project()) {
        for (const NodeStatus &node : statuses.front().nodes) {
            const ChainNode *chainNode = session.project()->chain.node(node.id);
            if (!chainNode || chainNode->type->kind() != NodeKind::Receiver)
                continue;
            if (node.state == NodeStatus::State::Running && chainNode->type->name() == "SocketReceiver") {
                each([&](FirstRunHint &hint) { hint.showListening(QString::fromStdString(node.endpoint)); });
                return true;
            }
            if (node.state == NodeStatus::State::Failed && failure.isEmpty())
                failure = QString::fromStdString(node.reason);
        }
    }
    if (!failure.isEmpty())
        each([&](FirstRunHint &hint) { hint.showFailure(failure); });
    else
        each([](FirstRunHint &hint) { hint.showIdle(); });
    return false;
}

} // namespace sluice::HintControls
