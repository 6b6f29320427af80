#include "text/TextFormat.h"

#include "base/Utf8.h"
#include "text/TextRecord.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr char escapeByte = '\x1B'; // what TextFormat::escape is

std::string_view withoutLineEnds(std::string_view text)
{
    while (text.ends_with('\n') || text.ends_with('\r'))
        text.remove_suffix(1);
    return text;
}

bool isBetween(std::string_view text, std::size_t at, char first, char last)
{
    return at < text.size() && text[at] >= first && text[at] <= last;
}

/// The end of a terminal's escape sequence that begins at `at`. One that is broken off ends where no byte of it can be, so
/// that no character is cut in two and no line end is lost.
std::size_t endOfEscape(std::string_view text, std::size_t at)
{
    ++at;
    if (at < text.size() && text[at] == '[') {
        ++at;
        while (isBetween(text, at, ' ', '?'))
            ++at;
        return at + isBetween(text, at, '@', '~');
    }
    if (at < text.size() && text[at] == ']') { // a title or a link, until BEL, or ESC and a backslash
        while (at < text.size() && text[at] != '\a' && text[at] != escapeByte && text[at] != '\n')
            ++at;
        if (at < text.size() && text[at] == escapeByte)
            return at + (text.substr(at + 1).starts_with('\\') ? 2 : 0);
        return at + (at < text.size() && text[at] == '\a');
    }
    return at + isBetween(text, at, ' ', '~');
}

/// Without escape sequences, and with U+000A alone for line ends.
std::string_view cleaned(std::string_view text, std::string &scratch, Arena &arena)
{
    scratch.clear();
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == escapeByte) {
            at = endOfEscape(text, at);
            continue;
        }
        if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') {
            ++at;
            continue;
        }
        scratch += text[at++];
    }
    return arena.copy(scratch);
}

} // namespace

bool TextFormat::beginsWhole(std::string_view) const { return true; }

bool TextFormat::isUnusual(std::string_view line, bool &begins) const
{
    if (line.front() == escape) {
        while (!line.empty() && line.front() == escape)
            line.remove_prefix(endOfEscape(line, 0));
        begins = this->begins(line);
        return true;
    }
    begins = false;
    return line.starts_with("Traceback (most recent call last):") || line.starts_with("Stack (most recent call last):");
}

bool TextFormat::parse(std::string_view lines, LogRecordBatch &batch, TextContext &context) const
{
    std::string_view whole = withoutLineEnds(lines);
    if (!utf8::isValid(whole, utf8::Surrogates::Refuse))
        whole = batch.arena().copy(utf8::sanitized(whole));
    std::size_t end = whole.find('\n');
    if (whole.find(escape) != std::string_view::npos ||
        (end != std::string_view::npos && whole.find('\r') != std::string_view::npos)) {
        whole = cleaned(whole, context.scratch, batch.arena());
        end = whole.find('\n');
    }
    const std::string_view first = whole.substr(0, end);

    TextRecord record(whole, batch, context);
    const bool isOurs = read(first, whole, record);
    if (!isOurs) {
        record.reset();
        record.setMessage(first, whole);
    }
    record.finish();
    return isOurs;
}

} // namespace sluice
