#include "chain/TestRecord.h"

#include "record/Attribute.h"
#include "record/Level.h"
#include "record/SampleRecord.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace sluice {

namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blank = " \t\r";
    const std::size_t begin = text.find_first_not_of(blank);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

template <typename T>
std::optional<T> numberIn(std::string_view text)
{
    T number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

Value valueOf(std::string_view text, Arena &arena)
{
    if (text == "None" || text == "null")
        return Value::none();
    if (text == "True" || text == "true" || text == "False" || text == "false")
        return Value::boolean(text.front() == 'T' || text.front() == 't');
    if (const auto integer = numberIn<std::int64_t>(text))
        return Value::integer(*integer);
    // inf and nan are names for something else.
    if (const auto real = numberIn<double>(text); real && text.find_first_of("0123456789") != std::string_view::npos)
        return Value::real(*real);
    return Value::text(arena.copy(text));
}

} // namespace

Result<std::vector<std::pair<std::string, std::string>>> TestRecord::parseExtra(std::string_view lines)
{
    std::vector<std::pair<std::string, std::string>> fields;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = trimmed(lines.substr(0, end));
        lines.remove_prefix(std::min(end + 1, lines.size()));
        if (line.empty())
            continue;
        const std::size_t sign = line.find('=');
        const std::string_view key = trimmed(line.substr(0, std::min(sign, line.size())));
        if (sign == std::string_view::npos || key.empty())
            return Error{"\"" + std::string(line) + "\" is no key=value."};
        fields.emplace_back(key, trimmed(line.substr(sign + 1)));
    }
    return fields;
}

Result<std::shared_ptr<LogRecordBatch>> TestRecord::make(Nanoseconds created) const
{
    if (extra.size() > maxExtra)
        return Error{"A test record has at most " + std::to_string(maxExtra) + " extra fields."};
    std::shared_ptr<LogRecordBatch> batch = makeSampleRecord(message, created);
    Arena &arena = batch->arena();
    LogRecord &record = batch->records().front();
    record.set(Attribute::Name, Value::text(arena.copy(logger)));
    record.set(Attribute::Levelno, Value::integer(level));
    record.set(Attribute::Levelname, Value::text(arena.copy(levelName(level))));
    const std::span<Field> fields = arena.allocateArray<Field>(extra.size() + 1);
    fields[0] = Field{Value::text(mark), Value::boolean(true)};
    std::set<std::string_view> keys{mark};
    for (std::size_t i = 0; i < extra.size(); ++i) {
        const std::string &key = extra[i].first;
        if (record.find(key) || key == "message" || key == "asctime")
            return Error{"\"" + key + "\" is an attribute of every record, and can be no extra field."};
        if (!keys.insert(key).second)
            return Error{"\"" + key + "\" stands there twice."};
        fields[i + 1] = Field{Value::text(arena.copy(key)), valueOf(extra[i].second, arena)};
    }
    record.extra = fields;
    return batch;
}

} // namespace sluice
