#pragma once

#include "format/Formatter.h"

#include <memory>
#include <string>
#include <vector>

namespace sluice {

/// What records are copied or exported as. A plain value.
struct RecordTextOptions
{
    enum class Kind {
        Text,      ///< by a format, as a handler writes them
        JsonLines, ///< an object a line
        Json,      ///< the object, or an array if there are several
        Csv,       ///< a line each, the columns' names first
        Markdown,  ///< a table
    };

    /// "2026-11-21 14:03:05,123 INFO app.db: message"
    static constexpr const char *standardFormat = "%(asctime)s %(levelname)s %(name)s: %(message)s";

    Kind kind = Kind::Text;
    std::string format = standardFormat;
    /// Of Csv and Markdown: fields by Python's names, "message", or paths of extra fields. Csv has what is in no
    /// column of message and exc_text as well, so that nothing is lost.
    std::vector<std::string> columns;
};

/// Writes records one after the other into a text, UTF-8. For one thread.
class RecordWriter
{
public:
    /// Fails with the Formatter's sentence where the format is wrong.
    static Result<std::unique_ptr<RecordWriter>> create(const RecordTextOptions &options);

    void begin(std::string &out) const;
    void write(const LogRecord &record, std::string &out);
    void end(std::string &out) const;

private:
    RecordWriter(RecordTextOptions options, std::shared_ptr<const Formatter> formatter);

    void writeCells(const LogRecord &record, std::string &out);
    void cell(const LogRecord &record, const std::string &column, std::string &out) const;

    const RecordTextOptions m_options;
    const std::shared_ptr<const Formatter> m_formatter; ///< null but for Text
    std::size_t m_written = 0;
    std::string m_first; ///< Json: the first one, until it is known whether there are more
    std::string m_cell;
};

} // namespace sluice
