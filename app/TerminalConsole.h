#pragma once

#include "format/Formatter.h"
#include "handler/ConsoleSink.h"

#include <memory>
#include <string>

namespace sluice {

/// The console where there is no window: a line for each record on standard output, levels in colour on a
/// terminal (unless NO_COLOR is set, https://no-color.org). Control characters of the records' text are made visible,
/// so that no sender can move the cursor.
class TerminalConsole : public ConsoleSink
{
public:
    TerminalConsole();

    void append(RecordSpan records) override;

private:
    std::shared_ptr<const Formatter> m_formatter;
    const bool m_colours;
    std::string m_line;
    std::string m_out;
};

} // namespace sluice
