#include "handler/HandlerNode.h"

#include "filter/Filter.h"

namespace sluice {

Formatter::Options formatterOptions(const FormatterConfig &config)
{
    Formatter::Options options;
    options.format = config.format;
    options.datefmt = config.datefmt;
    options.style = config.style == "{"   ? Formatter::Style::Brace
                    : config.style == "$" ? Formatter::Style::Dollar
                                          : Formatter::Style::Percent;
    options.validate = config.validate;
    options.defaults.assign(config.defaults.begin(), config.defaults.end());
    return options;
}

Status configureHandler(Handler &handler, const HandlerConfig &config, const NodeContext &context)
{
    handler.setName(context.id);
    handler.setRecordClock(context.recordClock);
    handler.setLevel(config.level.number);
    if (config.formatter) {
        auto formatter = Formatter::create(formatterOptions(*config.formatter));
        if (!formatter)
            return formatter.error();
        handler.setFormatter(std::move(*formatter));
    }
    for (const std::string &name : config.filters)
        handler.addFilter(std::make_shared<NameFilter>(name));
    return {};
}

void checkHandler(const HandlerConfig &config, const std::string &path, Problems &problems)
{
    if (!config.formatter)
        return;
    const auto formatter = Formatter::create(formatterOptions(*config.formatter));
    if (!formatter)
        problems.push_back({path + ".formatter.format", formatter.error().text});
}

} // namespace sluice
