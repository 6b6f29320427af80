#include "wire/CsvWriter.h"

namespace sluice {

void appendCsvCell(std::string_view text, std::string &out)
{
    const bool isFormula = !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
    // Spaces in front are kept by quotes alone.
    const bool quoted = isFormula || text.find_first_of(",;\"\r\n\t") != std::string_view::npos ||
                        (!text.empty() && (text.front() == ' ' || text.back() == ' '));
    if (!quoted) {
        out += text;
        return;
    }
    out += '"';
    if (isFormula)
        out += '\'';
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    out += '"';
}

} // namespace sluice
