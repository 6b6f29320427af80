#pragma once

#include "TerminalConsole.h"
#include "base/Result.h"
#include "format/Formatter.h"
#include "record/LogRecordBatch.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace sluice {

/// Writes the records that a query finds to standard output, as they are found.
class QueryOutput
{
public:
    enum class Kind {
        Lines, ///< as the console shows them, nothing in them obeyed by a terminal
        Json,  ///< an object a line, as `sluicectl run --input` takes it
        Text,  ///< by a format, as Python's Formatter writes it
        Count, ///< only how many there are
    };

    /// `formatter`: for Text.
    explicit QueryOutput(Kind kind, std::shared_ptr<const Formatter> formatter = nullptr);

    void write(RecordSpan records);
    /// Writes the count, if that is what was asked for.
    void finish();

    /// Nobody takes what is written any more.
    bool isBroken() const { return m_isBroken; }

private:
    void flush();

    const Kind m_kind;
    const std::shared_ptr<const Formatter> m_formatter;
    std::optional<TerminalConsole> m_console;
    std::string m_out;
    std::uint64_t m_count = 0;
    bool m_isBroken = false;
};

} // namespace sluice
