#include "console/RecordCells.h"

#include "console/FieldModel.h"
#include "console/Words.h"
#include "format/Formatter.h"
#include "wire/JsonWriter.h"

#include <algorithm>
#include <charconv>

namespace sluice {

namespace {

/// More than any window shows at once.
constexpr int keptRows = 400;
constexpr std::size_t maxCellBytes = 1024;

const Value *memberOf(const Value &value, std::string_view key)
{
    if (value.isDict()) {
        for (const Field &entry : value.entries()) {
            if (entry.key.isText() && entry.key.chars() == key)
                return &entry.value;
        }
    } else if (value.isSequence()) {
        std::size_t at = 0;
        const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), at);
        if (error == std::errc() && end == key.data() + key.size() && at < value.items().size())
            return &value.items()[at];
    }
    return nullptr;
}

/// A name may itself hold dots, so each beginning of the path is tried, the longest first.
const Value *within(const Value &value, std::string_view path)
{
    if (const Value *member = memberOf(value, path))
        return member;
    for (std::size_t dot = path.rfind('.'); dot != std::string_view::npos && dot > 0;
         dot = path.rfind('.', dot - 1)) {
        const Value *member = memberOf(value, path.substr(0, dot));
        if (const Value *found = member ? within(*member, path.substr(dot + 1)) : nullptr)
            return found;
    }
    return nullptr;
}

} // namespace

std::optional<Value> valueAt(const LogRecord &record, std::string_view path)
{
    if (const auto attribute = attributeFromName(path))
        return record[*attribute];
    // A path from a file may be anything; so many parts are no name.
    if (std::ranges::count(path, '.') > 16)
        return std::nullopt;
    if (const Value *found = within(Value::dict(record.extra), path))
        return *found;
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos)
        return std::nullopt;
    const auto attribute = attributeFromName(path.substr(0, dot));
    if (!attribute)
        return std::nullopt;
    const Value whole = record[*attribute];
    const Value *found = within(whole, path.substr(dot + 1));
    return found ? std::optional(*found) : std::nullopt;
}

QString cellWords(const Value &value)
{
    if (value.isNone())
        return {};
    if (value.isDict() || value.isSequence()) {
        std::string json;
        appendJson(value, json);
        return words::fromUtf8(json, maxCellBytes);
    }
    if (value.isText())
        return words::fromUtf8(words::firstLine(value.chars()), maxCellBytes);
    return valueInWords(value).left(static_cast<qsizetype>(maxCellBytes));
}

RecordCells::RecordCells() : m_rows(keptRows) {}

void RecordCells::setFields(std::vector<QString> fields)
{
    m_fields = std::move(fields);
    m_rows.clear();
}

QString RecordCells::text(const CaptureSnapshot &snapshot, std::uint64_t row, std::size_t field)
{
    const QStringList *texts = m_rows.object(row);
    if (!texts) {
        LogRecordBatch batch;
        const LogRecord *record = snapshot.tryRecord(row, batch);
        if (!record)
            return {};
        auto made = std::make_unique<QStringList>();
        for (const QString &name : m_fields) {
            const auto value = valueAt(*record, name.toStdString());
            made->append(value ? cellWords(*value) : QString());
        }
        texts = made.get();
        m_rows.insert(row, made.release());
    }
    return texts->value(static_cast<qsizetype>(field));
}

} // namespace sluice
