#include "format/Formatter.h"

namespace sluice {

Formatter::Formatter() = default;

Result<std::shared_ptr<const Formatter>> Formatter::create(const Options &)
{
    struct MessageFormatter : Formatter
    {
        MessageFormatter() = default;
    };
    return std::shared_ptr<const Formatter>(std::make_shared<MessageFormatter>());
}

const std::shared_ptr<const Formatter> &Formatter::standard()
{
    static const std::shared_ptr<const Formatter> formatter = *create({});
    return formatter;
}

Status Formatter::format(const LogRecord &record, std::string &out) const { return appendMessage(record, out); }

Status appendMessage(const LogRecord &record, std::string &out)
{
    out += record.text(Attribute::Msg);
    return {};
}

} // namespace sluice
