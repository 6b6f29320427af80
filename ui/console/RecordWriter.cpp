#include "console/RecordWriter.h"

#include "base/CalendarTime.h"
#include "console/RecordCells.h"
#include "wire/CsvWriter.h"
#include "wire/JsonWriter.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace sluice {

namespace {

/// ISO 8601 with the machine's offset, to the microsecond, as spreadsheets and people read it. Not by QDateTime, which
/// sets the time zone anew from any thread.
std::string isoTime(Nanoseconds time)
{
    std::int64_t seconds = time / nanosecondsPerSecond;
    if (time % nanosecondsPerSecond < 0)
        --seconds;
    std::string text;
    appendCalendarTime(text, "%Y-%m-%dT%H:%M:%S", seconds, false);
    const std::optional<ClockTime> clock = clockTime(seconds, false);
    const std::int64_t offset = clock ? clock->offset / 60 : 0;
    char rest[32];
    std::snprintf(rest, sizeof rest, ".%06d%c%02d:%02d", static_cast<int>((time - seconds * nanosecondsPerSecond) / 1000),
                  offset < 0 ? '-' : '+', static_cast<int>(std::abs(offset) / 60), static_cast<int>(std::abs(offset) % 60));
    return text + rest;
}

/// In a cell of a table of Markdown.
void appendMarkdownCell(std::string_view text, std::string &out)
{
    while (text.ends_with('\n'))
        text.remove_suffix(1);
    for (const char c : text) {
        switch (c) {
        case '\n':
            out += "<br>";
            break;
        case '\r':
            break;
        case '<':
            out += "&lt;";
            break;
        case '&':
            out += "&amp;";
            break;
        case '|':
        case '\\':
        case '`':
        case '*':
        case '_':
        case '[':
        case ']':
            out += '\\';
            [[fallthrough]];
        default:
            out += c;
        }
    }
}

std::string wholeText(const Value &value)
{
    if (value.isNone())
        return {};
    if (value.isText())
        return std::string(value.chars());
    if (value.isDict() || value.isSequence()) {
        std::string json;
        appendJson(value, json);
        return json;
    }
    return cellWords(value).toStdString();
}

} // namespace

Result<std::unique_ptr<RecordWriter>> RecordWriter::create(const RecordTextOptions &options)
{
    std::shared_ptr<const Formatter> formatter;
    if (options.kind == RecordTextOptions::Kind::Text) {
        Formatter::Options format;
        format.format = options.format;
        Result<std::shared_ptr<const Formatter>> made = Formatter::create(format);
        if (!made)
            return made.error();
        formatter = *made;
    }
    RecordTextOptions ready = options;
    if (ready.kind == RecordTextOptions::Kind::Csv) {
        for (const char *needed : {"message", "exc_text"}) {
            if (std::ranges::find(ready.columns, needed) == ready.columns.end())
                ready.columns.emplace_back(needed);
        }
    }
    return std::unique_ptr<RecordWriter>(new RecordWriter(std::move(ready), std::move(formatter)));
}

RecordWriter::RecordWriter(RecordTextOptions options, std::shared_ptr<const Formatter> formatter)
    : m_options(std::move(options)), m_formatter(std::move(formatter))
{
}

void RecordWriter::begin(std::string &out) const
{
    if (m_options.kind == RecordTextOptions::Kind::Csv) {
        for (std::size_t i = 0; i < m_options.columns.size(); ++i) {
            if (i > 0)
                out += ',';
            appendCsvCell(m_options.columns[i], out);
        }
        out += "\r\n";
    } else if (m_options.kind == RecordTextOptions::Kind::Markdown) {
        for (const std::string &column : m_options.columns) {
            out += "| ";
            appendMarkdownCell(column, out);
            out += ' ';
        }
        out += "|\n";
        for (std::size_t i = 0; i < m_options.columns.size(); ++i)
            out += "| --- ";
        out += "|\n";
    }
}

void RecordWriter::write(const LogRecord &record, std::string &out)
{
    switch (m_options.kind) {
    case RecordTextOptions::Kind::Text: {
        const std::size_t before = out.size();
        // A record that the format does not fit is still worth its message.
        if (!m_formatter->format(record, out)) {
            out.resize(before);
            cell(record, "message", out);
        }
        out += '\n';
        break;
    }
    case RecordTextOptions::Kind::JsonLines:
        appendJson(record, out);
        out += '\n';
        break;
    case RecordTextOptions::Kind::Json:
        if (m_written == 0) {
            appendJson(record, m_first);
            break;
        }
        if (m_written == 1)
            out += "[\n" + m_first;
        out += ",\n";
        appendJson(record, out);
        break;
    case RecordTextOptions::Kind::Csv:
    case RecordTextOptions::Kind::Markdown:
        writeCells(record, out);
        break;
    }
    ++m_written;
}

void RecordWriter::end(std::string &out) const
{
    if (m_options.kind == RecordTextOptions::Kind::Json && m_written > 0)
        out += m_written == 1 ? m_first + "\n" : "\n]\n";
}

void RecordWriter::cell(const LogRecord &record, const std::string &column, std::string &out) const
{
    if (column == "created") {
        out += isoTime(record.created);
    } else if (column == "message") {
        if (!appendMessage(record, out))
            out += record.text(Attribute::Msg);
    } else if (const auto value = valueAt(record, column)) {
        out += wholeText(*value);
    }
}

void RecordWriter::writeCells(const LogRecord &record, std::string &out)
{
    const bool csv = m_options.kind == RecordTextOptions::Kind::Csv;
    for (std::size_t i = 0; i < m_options.columns.size(); ++i) {
        m_cell.clear();
        cell(record, m_options.columns[i], m_cell);
        if (csv) {
            if (i > 0)
                out += ',';
            appendCsvCell(m_cell, out);
        } else {
            // A table has no room for a traceback of its own: it goes with the message.
            if (m_options.columns[i] == "message" && !record.text(Attribute::ExcText).empty()) {
                m_cell += '\n';
                m_cell += record.text(Attribute::ExcText);
            }
            out += "| ";
            appendMarkdownCell(m_cell, out);
            out += ' ';
        }
    }
    out += csv ? "\r\n" : "|\n";
}

} // namespace sluice
