#include "wire/MailBody.h"

#include "base/Utf8.h"
#include "wire/Base64.h"

#include <algorithm>
#include <vector>

namespace sluice {

namespace {

constexpr std::size_t maxLine = 78;
using Lines = std::vector<std::string_view>;

/// bytes.splitlines(): at LF, CR and CRLF.
Lines splitLines(std::string_view text)
{
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(text.size(), end + (text.substr(end).starts_with("\r\n") ? 2 : 1)));
    }
    return lines;
}

std::string join(const Lines &lines, std::size_t count)
{
    std::string out;
    for (std::size_t i = 0; i < std::min(count, lines.size()); ++i) {
        out += lines[i];
        out += '\n';
    }
    // Python joins with line ends and adds one more: no line at all is an empty one.
    return out.empty() ? "\n" : out;
}

std::string quote(std::string_view line)
{
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : line) {
        if ((c >= ' ' && c <= '~' && c != '=') || c == '\t')
            out += c;
        else
            out += {'=', digits[static_cast<unsigned char>(c) >> 4], digits[c & 15]};
    }
    return out;
}

/// One line of quoprimime.body_encode.
void appendQuoted(std::string_view raw, std::string &out)
{
    const std::string line = quote(raw);
    const auto size = static_cast<std::ptrdiff_t>(line.size());
    std::ptrdiff_t start = 0;
    const std::ptrdiff_t lastStart = size - 1 - static_cast<std::ptrdiff_t>(maxLine);
    const auto piece = [&](std::ptrdiff_t from, std::ptrdiff_t to) {
        return line.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
    };
    while (start <= lastStart) {
        std::ptrdiff_t stop = start + static_cast<std::ptrdiff_t>(maxLine) - 1;
        // No cut within an escape.
        if (line[static_cast<std::size_t>(stop - 2)] == '=')
            stop -= 2;
        else if (line[static_cast<std::size_t>(stop - 1)] == '=')
            stop -= 1;
        out += piece(start, stop) + "=\n";
        start = stop;
    }
    if (size == 0 || (line.back() != ' ' && line.back() != '\t')) {
        out += piece(start, size) + '\n';
        return;
    }
    const std::string blank = line.back() == ' ' ? "=20" : "=09";
    const std::ptrdiff_t room = start - lastStart;
    out += piece(start, size - 1);
    if (room >= 3)
        out += blank;
    else if (room == 2)
        out += line.back() + std::string("=\n");
    else
        out += "=\n" + blank;
    out += '\n';
}

std::string quotedPrintable(const Lines &lines, std::size_t count)
{
    std::string out;
    for (std::size_t i = 0; i < std::min(count, lines.size()); ++i)
        appendQuoted(lines[i], out);
    return out;
}

std::string base64Lines(std::string_view bytes)
{
    constexpr std::size_t perLine = maxLine / 4 * 3;
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += perLine)
        out += base64(bytes.substr(i, perLine)) + '\n';
    return out;
}

/// LF becomes CRLF.
std::string onTheWire(std::string_view text, bool escapeFrom)
{
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (escapeFrom && text.starts_with("From "))
            out += '>';
        out += text.substr(0, end);
        if (end < text.size())
            out += "\r\n";
        text.remove_prefix(std::min(text.size(), end + 1));
    }
    return out;
}

} // namespace

Result<MailBody> mailBody(std::string_view text, bool escapeFrom)
{
    if (!utf8::isValid(text, utf8::Surrogates::Refuse))
        return Error{"The text has lone surrogates, which mail cannot carry."};
    const Lines lines = splitLines(text);
    const bool isShort = std::ranges::all_of(lines, [](std::string_view line) { return line.size() <= maxLine; });
    if (isShort)
        return MailBody{utf8::isAscii(text) ? "7bit" : "8bit", onTheWire(join(lines, lines.size()), escapeFrom)};
    // Python decides by the first ten lines.
    constexpr std::size_t sample = 10;
    const std::size_t base64Size = (join(lines, sample).size() + 2) / 3 * 4 + 1;
    if (quotedPrintable(lines, sample).size() > base64Size)
        return MailBody{"base64", onTheWire(base64Lines(join(lines, lines.size())), escapeFrom)};
    return MailBody{"quoted-printable", onTheWire(quotedPrintable(lines, lines.size()), escapeFrom)};
}

} // namespace sluice
