#include "filter/Filter.h"
#include "node/Node.h"

namespace sluice::nodes {

namespace {

struct FilterConfig
{
    std::string name;
};

} // namespace

const NodeType &Filter()
{
    static const auto node =
        Node<FilterConfig>(NodeKind::Filter, "Filter", "Passes the records of a logger and its children",
                           Params<FilterConfig>().param(&FilterConfig::name, "name",
                                                        "Logger that passes, with its children; empty: all pass")
                               .usual(),
                           [](const FilterConfig &config, const NodeContext &) -> Result<NodeType::Instance> {
                               return NodeType::Instance(
                                   std::shared_ptr<sluice::Filter>(std::make_shared<NameFilter>(config.name)));
                           })
            .describedBy([](const FilterConfig &config) {
                return config.name.empty() ? std::string("all loggers") : config.name + " and its children";
            });
    return node;
}

} // namespace sluice::nodes
