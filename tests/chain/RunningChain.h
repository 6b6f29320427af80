#pragma once

#include "chain/NodeRegistry.h"
#include "chain/Router.h"
#include "chain/TestNodes.h"

#include <QJsonObject>
#include <QTemporaryDir>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace sluice::test {

/// A chain that begins with a receiver, "in", which a test feeds by hand, and the router that runs it.
struct RunningChain
{
    RunningChain() { place("in", receiverType); }

    void place(const char *id, const NodeType &type, const QJsonObject &params = {})
    {
        ChainNode node;
        node.id = id;
        node.type = &type;
        node.params = params;
        chain.addNode(node);
    }
    void place(const char *id, const char *type, const QJsonObject &params = {})
    {
        place(id, *NodeRegistry::builtin().find(type), params);
    }
    void wire(const char *from, const char *to, const char *port = "out") { chain.addWire({from, port, to, {}, {}}); }

    Router &start()
    {
        router = std::make_unique<Router>(chain, RouterOptions{folder.path().toStdString()});
        router->start();
        return *router;
    }
    bool feed(int count, int level = 20, const std::string &logger = "app")
    {
        std::vector<HandFedReceiver::Line> lines;
        for (int i = 0; i < count; ++i)
            lines.push_back({logger, level, std::to_string(m_fed++)});
        return receiver->feed(lines);
    }
    /// Waits until all that was fed has been passed on, and stops.
    void stop()
    {
        receiver->finish();
        router->waitUntilFinished();
        router->stop();
    }

    WireStatus wireStatus(const char *from, const char *to) const
    {
        for (const WireStatus &wire : router->status().wires) {
            if (wire.from == from && wire.to == to)
                return wire;
        }
        return {};
    }
    NodeStatus nodeStatus(const char *id) const
    {
        for (const NodeStatus &node : router->status().nodes) {
            if (node.id == id)
                return node;
        }
        return {};
    }

    QTemporaryDir folder;
    std::shared_ptr<HandFedReceiver> receiver = std::make_shared<HandFedReceiver>();
    Node<NoConfig> receiverType = nodeOf(receiver);
    Chain chain;
    std::unique_ptr<Router> router;

private:
    int m_fed = 0;
};

} // namespace sluice::test
