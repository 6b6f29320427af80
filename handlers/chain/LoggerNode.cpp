#include "chain/LoggerNode.h"

#include "record/Level.h"

namespace sluice::nodes {

const NodeType &Logger()
{
    static const auto node =
        Node<LoggerConfig>(
            NodeKind::Logger, "Logger", "Passes records by Python's rules of levels and propagation",
            Params<LoggerConfig>()
                .param(&LoggerConfig::name, "name", "Dotted name of the logger; empty: the root logger")
                .usual()
                .param(&LoggerConfig::level, "level", "Records below do not pass; NOTSET: the level of its parent")
                .usual()
                .param(&LoggerConfig::propagate, "propagate", "Records go to the handlers of its parents as well")
                .usual()
                .param(&LoggerConfig::disabled, "disabled", "Records of this very logger do not pass")
                .param(&LoggerConfig::filters, "filters",
                       "Loggers whose records, and whose children's, pass; all of these must pass it"),
            [](const LoggerConfig &config, const NodeContext &) -> Result<NodeType::Instance> {
                return NodeType::Instance(std::make_shared<LoggerConfig>(config));
            })
            .describedBy([](const LoggerConfig &config) {
                std::string words = config.name.empty() ? "root" : config.name;
                if (config.level.number != level::NotSet)
                    words += " · " + levelName(config.level.number) + " and above";
                if (!config.propagate)
                    words += " · does not propagate";
                return words;
            });
    return node;
}

} // namespace sluice::nodes
