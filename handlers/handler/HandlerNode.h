#pragma once

#include "format/Formatter.h"
#include "handler/Handler.h"
#include "node/Node.h"

namespace sluice {

/// Formatter as a parameter of handlers, in the words of dictConfig.
struct FormatterConfig
{
    std::optional<std::string> format;
    std::optional<std::string> datefmt;
    std::string style = "%";
    bool validate = true;
    std::map<std::string, std::string> defaults;
};

/// What every handler has. The config of a handler's node derives from it.
struct HandlerConfig
{
    LevelValue level;
    std::optional<FormatterConfig> formatter;
    std::vector<std::string> filters;
};

Formatter::Options formatterOptions(const FormatterConfig &config);

/// The parameters of a FormatterConfig.
Params<FormatterConfig> formatterParams();

/// What such a formatter makes of a record.
Result<std::string> formatWith(const FormatterConfig &config, const LogRecord &record);

/// Gives a new handler its name, level, formatter and filters.
Status configureHandler(Handler &handler, const HandlerConfig &config, const NodeContext &context);

/// Checks what lies between the common parameters (the format against its style).
void checkHandler(const HandlerConfig &config, const std::string &path, Problems &problems);

/// The parameters that every handler has; a handler's own are added behind them.
template <typename Config>
Params<Config> handlerParams()
{
    return Params<Config>()
        .param(&Config::level, "level", "Records below this level are not passed to this handler")
        .usual()
        .group(&Config::formatter, "formatter", "How a record becomes text", formatterParams())
        .usual()
        .previewedBy(formatterParams(), &formatWith)
        .param(&Config::filters, "filters", "Loggers whose records, and whose children's, pass; all of these must pass it");
}

/// A maker of a node's instance out of one of its handler, to which what every handler has is given.
template <typename Config, typename Make>
typename Node<Config>::Make configured(Make make)
{
    return [make](const Config &config, const NodeContext &context) -> Result<NodeType::Instance> {
        Result<std::shared_ptr<Handler>> handler = make(config, context);
        if (!handler)
            return handler.error();
        if (const Status status = configureHandler(**handler, config, context); !status)
            return status.error();
        return NodeType::Instance(std::move(*handler));
    };
}

/// Declares a handler. `make`: Config, NodeContext → Result<std::shared_ptr<Handler>>; what every handler has is set here.
template <typename Config, typename Make>
Node<Config> handlerNode(std::string name, std::string summary, Params<Config> params, Make make)
{
    return Node<Config>(
               NodeKind::Handler, std::move(name), std::move(summary), std::move(params),
               configured<Config>(make))
        .checkedBy([](const Config &config, const std::string &path, Problems &problems) {
            checkHandler(config, path, problems);
        });
}

} // namespace sluice
