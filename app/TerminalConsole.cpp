#include "TerminalConsole.h"

#include "Terminal.h"
#include "record/Level.h"

#include <cstdio>
#include <cstdlib>

namespace sluice {

namespace {

const char *colourOf(int number)
{
    if (number >= level::Critical)
        return "\x1b[1;31m";
    if (number >= level::Error)
        return "\x1b[31m";
    if (number >= level::Warning)
        return "\x1b[33m";
    return number >= level::Info ? "" : "\x1b[2m";
}

/// Appends `text` with everything that a terminal would obey written as caret notation; tabs and line ends stay.
void appendVisible(std::string &out, std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        // C1 controls (U+0080 to U+009F) are C2 80 to C2 9F.
        const bool isC1 = c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (isC1) {
            out += "?";
            ++i;
        } else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
            out += '^';
            out += static_cast<char>(c ^ 0x40);
        } else {
            out += static_cast<char>(c);
        }
    }
}

} // namespace

TerminalConsole::TerminalConsole() : m_colours(isTerminal(stdout) && !std::getenv("NO_COLOR"))
{
    Formatter::Options options;
    options.format = "%(asctime)s %(levelname)-8s %(name)s  %(message)s";
    m_formatter = *Formatter::create(options);
}

void TerminalConsole::append(RecordSpan records)
{
    m_out.clear();
    for (const LogRecord *record : records) {
        m_line.clear();
        if (const Status status = m_formatter->format(*record, m_line); !status)
            m_line = status.error().text;
        const char *colour = m_colours ? colourOf(record->levelno) : "";
        m_out += colour;
        appendVisible(m_out, m_line);
        m_out += *colour ? "\x1b[0m\n" : "\n";
    }
    std::fwrite(m_out.data(), 1, m_out.size(), stdout);
    std::fflush(stdout);
}

} // namespace sluice
