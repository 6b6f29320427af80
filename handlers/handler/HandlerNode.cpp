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

Params<FormatterConfig> formatterParams()
{
    return Params<FormatterConfig>()
        .param(&FormatterConfig::format, "format", "Format string; by default the message alone")
        .hint(ParamSpec::Hint::Code)
        .param(&FormatterConfig::datefmt, "datefmt", "strftime format of asctime; by default ISO 8601 with milliseconds")
        .hint(ParamSpec::Hint::Code)
        .param(&FormatterConfig::style, "style", "How fields are marked in the format")
        .oneOf({"%", "{", "$"})
        .suggest({{"%", "%(message)s"}, {"{", "{message}"}, {"$", "${message}"}})
        .param(&FormatterConfig::validate, "validate", "Refuse a format that names no field")
        .param(&FormatterConfig::defaults, "defaults", "Values for fields that a record lacks");
}

Result<std::string> formatWith(const FormatterConfig &config, const LogRecord &record)
{
    const auto formatter = Formatter::create(formatterOptions(config));
    if (!formatter)
        return formatter.error();
    std::string text;
    if (const Status status = (*formatter)->format(record, text); !status)
        return status.error();
    return text;
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
