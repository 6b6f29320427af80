#pragma once

#include "handler/HandlerNode.h"
#include "handler/RecordingHandler.h"
#include "receiver/Receiver.h"

#include <memory>
#include <string>
#include <vector>

namespace sluice::test {

struct NoConfig
{
};

/// A receiver that a test feeds by hand.
class HandFedReceiver : public Receiver
{
public:
    Status start(RecordSink &sink) override
    {
        if (!refusal.empty())
            return Error{refusal};
        m_sink = &sink;
        return {};
    }
    void stop() override { m_sink = nullptr; }
    std::string endpoint() const override { return "by hand"; }

    /// Gives records of logger, level and message on; false if they were refused.
    struct Line
    {
        std::string logger;
        int level = 20;
        std::string message;
    };
    bool feed(const std::vector<Line> &lines, std::string_view peer = "peer")
    {
        auto batch = std::make_shared<LogRecordBatch>();
        for (const Line &line : lines) {
            LogRecord &record = batch->add();
            record.set(Attribute::Name, Value::text(batch->arena().copy(line.logger)));
            record.set(Attribute::Levelno, Value::integer(line.level));
            record.set(Attribute::Msg, Value::text(batch->arena().copy(line.message)));
        }
        return m_sink->accept(std::move(batch), peer);
    }
    void finish() { m_sink->finished(); }

    RecordSink &sink() { return *m_sink; }

    std::string refusal;

private:
    RecordSink *m_sink = nullptr;
};

/// A node type that stands for one given receiver.
inline Node<NoConfig> nodeOf(std::shared_ptr<HandFedReceiver> receiver)
{
    return Node<NoConfig>(NodeKind::Receiver, "HandFed", "Gives what a test says", Params<NoConfig>(),
                          [receiver](const NoConfig &, const NodeContext &) -> Result<NodeType::Instance> {
                              return NodeType::Instance(std::static_pointer_cast<Receiver>(receiver));
                          });
}

/// A node type that stands for one given handler.
inline Node<HandlerConfig> nodeOf(std::shared_ptr<Handler> handler)
{
    return handlerNode<HandlerConfig>(
        "Given", "Does what a test wants", handlerParams<HandlerConfig>(),
        [handler](const HandlerConfig &, const NodeContext &) -> Result<std::shared_ptr<Handler>> {
            if (!handler)
                return Error{"It cannot be made."};
            return handler;
        });
}

} // namespace sluice::test
