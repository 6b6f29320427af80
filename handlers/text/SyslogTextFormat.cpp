#include "text/SyslogTextFormat.h"

#include "text/TextRecord.h"

#include <algorithm>
#include <charconv>

namespace sluice {

namespace {

const char *nameOf(SyslogTextFormat::Shape shape)
{
    switch (shape) {
    case SyslogTextFormat::Shape::Message:
        return "syslog-message";
    case SyslogTextFormat::Shape::MonthDay:
        return "syslog";
    case SyslogTextFormat::Shape::Iso:
        return "syslog-iso";
    }
    return "";
}

const char *titleOf(SyslogTextFormat::Shape shape)
{
    switch (shape) {
    case SyslogTextFormat::Shape::Message:
        return "Syslog as it is sent: <PRI>…";
    case SyslogTextFormat::Shape::MonthDay:
        return "Syslog: Oct 11 22:14:15 host app[7]: message";
    case SyslogTextFormat::Shape::Iso:
        return "Syslog: 2026-10-11T22:14:15+02:00 host app[7]: message";
    }
    return "";
}

/// Up to the next space, which is taken too.
std::string_view takeWord(std::string_view &text)
{
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

} // namespace

SyslogTextFormat::SyslogTextFormat(Shape shape) : TextFormat(nameOf(shape), titleOf(shape)), m_shape(shape)
{
    switch (shape) {
    case Shape::Message:
        m_head.addText("<");
        m_head.addDigits(1);
        m_weight = 6;
        break;
    case Shape::MonthDay:
        m_head.add("JFMASOND");
        m_head.add("aepuco");
        m_head.add("nbrylgptvc");
        m_head.addText(" ");
        m_head.add(" 0123");
        m_head.addDigits(1);
        m_head.addText(" ");
        m_head.addDigits(2);
        m_head.addText(":");
        m_head.addDigits(2);
        m_head.addText(":");
        m_head.addDigits(2);
        m_weight = 5;
        break;
    case Shape::Iso:
        m_head.addDigits(4);
        m_head.addText("-");
        m_head.addDigits(2);
        m_head.addText("-");
        m_head.addDigits(2);
        m_head.addText("T");
        m_head.addDigits(2);
        m_head.addText(":");
        m_head.addDigits(2);
        m_weight = 5;
        break;
    }
}

bool SyslogTextFormat::read(std::string_view first, std::string_view whole, TextRecord &record) const
{
    if (m_shape != Shape::Message)
        return readFileLine(first, whole, record);
    LogRecordBatch &batch = record.batch();
    batch.removeLast();
    if (!record.context().syslog.read(whole, batch, record.context().reference)) {
        batch.add();
        return false;
    }
    LogRecord &added = batch.records().back();
    // SyslogReader takes dates for the local time of the system.
    const std::string_view date = first.substr(std::min(first.find('>') + 1, first.size()));
    TimeParts parts;
    if (readTimeParts(date, parts) > 0 && parts.month != 0 && parts.zoneMinutes == TimeParts::noZone) {
        if (const auto time = record.context().zone.timeOf(parts, record.context().reference)) {
            added.set(Attribute::Created, Value::real(toSeconds(*time)));
            added.created = *time;
        }
    }
    record.replaceBy(added);
    for (const Attribute attribute : {Attribute::Name, Attribute::Msg})
        record.note(attributeName(attribute), added.text(attribute));
    for (const Field &field : added.extra)
        record.note(field.key.chars(), field.value.chars());
    return true;
}

bool SyslogTextFormat::readFileLine(std::string_view first, std::string_view whole, TextRecord &record) const
{
    TimeParts parts;
    const std::size_t bytes = readTimeParts(first, parts);
    if (bytes == 0 || bytes >= first.size() || first[bytes] != ' ' || !record.setTime(parts, first.substr(0, bytes)))
        return false;
    std::string_view rest = first.substr(bytes + 1);
    const std::string_view host = takeWord(rest);
    const std::size_t tagEnd = rest.find_first_of(" :[");
    if (host.empty() || host.back() == ':' || tagEnd == std::string_view::npos || tagEnd == 0 || rest[tagEnd] == ' ')
        return false;
    record.addExtraText("hostname", host);
    record.setText(Attribute::Name, rest.substr(0, tagEnd));
    rest.remove_prefix(tagEnd);
    if (rest.starts_with('[')) {
        const std::size_t close = rest.find(']');
        if (close == std::string_view::npos)
            return false;
        const std::string_view process = rest.substr(1, close - 1);
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(process.data(), process.data() + process.size(), number);
        if (error == std::errc() && end == process.data() + process.size()) {
            record.set(Attribute::Process, Value::integer(number));
            record.note(attributeName(Attribute::Process), process);
        } else if (!process.empty()) {
            record.addExtraText("procid", process);
        }
        rest.remove_prefix(close + 1);
    }
    if (rest.starts_with(':'))
        rest.remove_prefix(1);
    if (rest.starts_with(' '))
        rest.remove_prefix(1);
    record.setMessage(rest, whole);
    return true;
}

} // namespace sluice
