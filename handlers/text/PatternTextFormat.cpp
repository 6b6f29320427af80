#include "text/PatternTextFormat.h"

#include "text/RecordKeys.h"
#include "text/TextRecord.h"
#include "wire/NumberText.h"

#include <re2/re2.h>

#include <charconv>

namespace sluice {

namespace {

constexpr int maxGroups = 32;
constexpr std::size_t maxPatternBytes = 64 * 1024;
constexpr std::int64_t maxMemory = 8 << 20; // of a compiled pattern

} // namespace

struct PatternTextFormat::Expression
{
    explicit Expression(const std::string &pattern, const re2::RE2::Options &options) : regex(pattern, options) {}
    re2::RE2 regex;
    int groups = 0;
};

PatternTextFormat::PatternTextFormat() : TextFormat("pattern", "A pattern of one's own")
{
    m_looksCloser = true;
}

PatternTextFormat::~PatternTextFormat() = default;

Result<TextFormatPtr> PatternTextFormat::create(const std::string &pattern, const std::optional<std::string> &timeFormat)
{
    if (pattern.empty())
        return Error{"The pattern is empty."};
    if (pattern.size() > maxPatternBytes)
        return Error{"The pattern is longer than 64 KiB."};
    const std::shared_ptr<PatternTextFormat> format(new PatternTextFormat);
    if (timeFormat && !timeFormat->empty()) {
        auto time = TimePattern::create(*timeFormat);
        if (!time)
            return time.error();
        format->m_time = std::move(*time);
    }
    re2::RE2::Options options(re2::RE2::Quiet);
    options.set_max_mem(maxMemory);
    format->m_expression = std::make_unique<Expression>(pattern, options);
    const re2::RE2 &regex = format->m_expression->regex;
    if (!regex.ok())
        return Error{"The pattern cannot be read: " + regex.error() + "."};
    const auto &names = regex.CapturingGroupNames();
    if (names.empty())
        return Error{"The pattern names no field; (?P<message>.*) is one."};
    if (regex.NumberOfCapturingGroups() > maxGroups)
        return Error{"The pattern has more than 32 groups."};
    format->m_expression->groups = regex.NumberOfCapturingGroups() + 1;
    for (const auto &[number, name] : names) {
        if (Status status = format->addGroup(name, number); !status)
            return status.error();
    }
    format->m_weight = int(format->m_groups.size());
    return TextFormatPtr(format);
}

Status PatternTextFormat::addGroup(const std::string &name, int number)
{
    Group group{name, number, Kind::Extra, Attribute::Name};
    const auto is = [&](Kind kind, Attribute attribute) {
        group.kind = kind;
        group.attribute = attribute;
    };
    using Meaning = RecordKeys::Meaning;
    if (const auto attribute = attributeFromName(name)) {
        switch (*attribute) {
        case Attribute::Created:
            is(Kind::Time, *attribute);
            break;
        case Attribute::Levelname:
        case Attribute::Levelno:
            is(Kind::Level, *attribute);
            break;
        case Attribute::Msg:
            is(Kind::Message, *attribute);
            break;
        case Attribute::Lineno:
        case Attribute::Thread:
        case Attribute::Process:
            is(Kind::Integer, *attribute);
            break;
        case Attribute::Args:
        case Attribute::ExcInfo:
        case Attribute::Msecs:
        case Attribute::RelativeCreated:
            return Error{"A group cannot set " + name + "."};
        default:
            is(Kind::Text, *attribute);
        }
    } else if (const Meaning meaning = RecordKeys::meaningOf(name); meaning == Meaning::Time) {
        is(Kind::Time, Attribute::Created);
    } else if (meaning == Meaning::Level) {
        is(Kind::Level, Attribute::Levelname);
    } else if (meaning == Meaning::Message) {
        is(Kind::Message, Attribute::Msg);
    } else if (meaning == Meaning::Logger) {
        is(Kind::Text, Attribute::Name);
    } else if (meaning == Meaning::Process) {
        is(Kind::Integer, Attribute::Process);
    } else if (meaning == Meaning::Line) {
        is(Kind::Integer, Attribute::Lineno);
    }
    m_groups.push_back(std::move(group));
    return {};
}

bool PatternTextFormat::beginsWhole(std::string_view line) const
{
    while (line.ends_with('\n') || line.ends_with('\r'))
        line.remove_suffix(1);
    const re2::StringPiece text(line.data(), line.size());
    return m_expression->regex.Match(text, 0, text.size(), re2::RE2::ANCHOR_START, nullptr, 0);
}

bool PatternTextFormat::setTime(std::string_view text, TextRecord &record) const
{
    TimeParts parts;
    const std::size_t bytes = m_time ? m_time->read(text, parts) : readTimeParts(text, parts);
    if (bytes == text.size() && bytes > 0)
        return record.setTime(parts, text);
    const auto number = m_time ? std::nullopt : floatFromText(text);
    const auto time = number ? timeOfNumber(Value::real(*number)) : std::nullopt;
    if (time)
        record.setTime(*time, text);
    return time.has_value();
}

bool PatternTextFormat::read(std::string_view first, std::string_view whole, TextRecord &record) const
{
    re2::StringPiece found[maxGroups + 1];
    const re2::StringPiece text(first.data(), first.size());
    if (!m_expression->regex.Match(text, 0, text.size(), re2::RE2::ANCHOR_START, found, m_expression->groups))
        return false;
    std::string_view message;
    for (const Group &group : m_groups) {
        const re2::StringPiece &piece = found[group.number];
        if (!piece.data())
            continue; // did not take part
        const std::string_view value(piece.data(), piece.size());
        const auto addExtra = [&] { record.addExtraText(group.name, value); };
        switch (group.kind) {
        case Kind::Time:
            if (!setTime(value, record))
                addExtra();
            break;
        case Kind::Level:
            if (const auto letter = value.size() == 1 ? levelFromLetter(value.front() & ~0x20) : std::nullopt)
                record.setLevel(*letter, value);
            else if (std::int64_t number = 0;
                     std::from_chars(value.data(), value.data() + value.size(), number).ptr == value.data() + value.size() &&
                     !value.empty() && number >= 0 && number <= 1000)
                record.setLevel(pythonLevel(int(number)), value);
            else if (!value.empty())
                record.setLevel(levelOrInfo(value), value);
            break;
        case Kind::Message:
            message = value;
            break;
        case Kind::Text:
            record.setText(group.attribute, value);
            break;
        case Kind::Integer: {
            std::int64_t number = 0;
            const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
            if (error == std::errc() && end == value.data() + value.size()) {
                record.set(group.attribute, Value::integer(number));
                record.note(group.name, value);
            } else if (!value.empty()) {
                addExtra();
            }
            break;
        }
        case Kind::Extra:
            addExtra();
        }
    }
    if (!message.data())
        record.setMessage(first, whole);
    else if (message.data() + message.size() == first.data() + first.size())
        record.setMessage(message, whole);
    else
        record.setMessageBefore(message, whole.substr(first.size()));
    return true;
}

} // namespace sluice
