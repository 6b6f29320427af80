#pragma once

#include <string>
#include <string_view>

namespace sluice {

/// Appends a cell of a CSV file (RFC 4180): in quotes where it has to be. What a spreadsheet would take for a
/// formula, a cell that begins with = + - @, a tab or a carriage return, gets a ' in front
/// (https://owasp.org/www-community/attacks/CSV_Injection).
void appendCsvCell(std::string_view text, std::string &out);

} // namespace sluice
