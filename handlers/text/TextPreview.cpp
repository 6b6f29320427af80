#include "text/TextPreview.h"

#include "base/CalendarTime.h"
#include "text/TextLines.h"
#include "wire/ShortRepr.h"

namespace sluice {

namespace {

std::string shown(const Value &value)
{
    if (value.isText())
        return std::string(value.chars());
    constexpr std::size_t longest = 1000;
    ShortRepr repr(longest);
    repr.append(value);
    return std::string(repr.text());
}

std::string shownTime(Nanoseconds time)
{
    const Nanoseconds seconds = time >= 0 ? time / nanosecondsPerSecond : (time + 1) / nanosecondsPerSecond - 1;
    std::string text;
    appendCalendarTime(text, "%Y-%m-%d %H:%M:%S", seconds, true);
    std::string fraction = std::to_string(1'000'000'000 + (time - seconds * nanosecondsPerSecond));
    fraction[0] = '.';
    fraction.resize(fraction.find_last_not_of('0') + 1);
    return text + (fraction == "." ? "" : fraction) + " UTC";
}

void addValues(const LogRecord &record, TextPreview::Record &out)
{
    out.values.emplace_back("created", shownTime(record.created));
    for (std::size_t i = 0; i < attributeCount; ++i) {
        const auto attribute = static_cast<Attribute>(i);
        const Value value = record[attribute];
        switch (attribute) {
        case Attribute::Created:
        case Attribute::Msecs:
        case Attribute::RelativeCreated:
            continue;
        case Attribute::Lineno:
            if (value.asInt() == 0)
                continue;
            break;
        default:
            if (!value.isInt() && !value.truth())
                continue;
        }
        out.values.emplace_back(std::string(attributeName(attribute)), shown(value));
    }
    for (const Field &field : record.extra)
        out.values.emplace_back(std::string(field.key.chars()), shown(field.value));
}

} // namespace

TextPreview parsePreview(const TextFormat &format, std::string_view text, TextContext context, std::size_t maxRecords)
{
    TextPreview preview;
    LogRecordBatch batch;
    TextFields fields;
    context.fields = &fields;
    std::size_t begin = 0;
    TextLines lines(text);
    const auto addRecord = [&](std::size_t end) {
        TextPreview::Record &record = preview.records.emplace_back();
        record.begin = begin;
        record.length = end - begin;
        record.isRead = format.parse(text.substr(begin, end - begin), batch, context);
        preview.unread += !record.isRead;
        addValues(batch.records().back(), record);
        record.fields = fields;
        for (TextField &field : record.fields)
            field.begin += begin;
        begin = end;
    };
    while (preview.records.size() < maxRecords && lines.next()) {
        const auto at = static_cast<std::size_t>(lines.line().data() - text.data());
        if (at > begin && format.begins(lines.line()))
            addRecord(at);
    }
    if (preview.records.size() < maxRecords && begin < text.size())
        addRecord(text.size());
    return preview;
}

} // namespace sluice
