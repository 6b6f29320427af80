#include "text/AccessLogTextFormat.h"

#include "record/Level.h"
#include "text/TextRecord.h"

#include <charconv>

namespace sluice {

namespace {

std::optional<std::int64_t> number(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::string_view takeWord(std::string_view &text)
{
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

/// A text in quotes at the beginning, in which a backslash hides what follows it.
std::optional<std::string_view> takeQuoted(std::string_view &text)
{
    if (!text.starts_with('"'))
        return std::nullopt;
    std::size_t at = 1;
    while (at < text.size() && text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    if (at >= text.size())
        return std::nullopt;
    const std::string_view quoted = text.substr(1, at - 1);
    text.remove_prefix(at + 1);
    if (text.starts_with(' '))
        text.remove_prefix(1);
    return quoted;
}

bool isSaid(std::string_view text) { return !text.empty() && text != "-"; }

} // namespace

AccessLogTextFormat::AccessLogTextFormat() : TextFormat("access", "Access log of a web server: common or combined")
{
    m_head.addVisible();
    m_looksCloser = true;
    m_weight = 8;
}

bool AccessLogTextFormat::beginsWhole(std::string_view line) const
{
    // "[11/Oct/2026:"
    constexpr std::size_t farthest = 300;
    const std::size_t open = line.substr(0, farthest).find(" [");
    return open != std::string_view::npos && open + 14 < line.size() && line[open + 4] == '/' && line[open + 8] == '/' &&
           line[open + 13] == ':' && monthAt(line.substr(open + 5)) != 0;
}

bool AccessLogTextFormat::read(std::string_view first, std::string_view whole, TextRecord &record) const
{
    std::string_view front = first.substr(0, first.find(" ["));
    std::string_view rest = first.substr(front.size());
    if (rest.size() < 2)
        return false;
    rest.remove_prefix(2);
    TimeParts parts;
    const std::size_t bytes = readTimeParts(rest, parts);
    if (bytes == 0 || !rest.substr(bytes).starts_with("] ") || !record.setTime(parts, rest.substr(0, bytes)))
        return false;
    rest.remove_prefix(bytes + 2);

    std::string_view words[4];
    std::size_t count = 0;
    while (!front.empty() && count < 4)
        words[count++] = takeWord(front);
    if (count < 3 || !front.empty())
        return false;
    const std::size_t shift = count - 3;
    if (shift)
        record.addExtraText("vhost", words[0]);
    record.addExtraText("remote_addr", words[shift]);
    if (isSaid(words[shift + 2]))
        record.addExtraText("user", words[shift + 2]);

    const char *const message = rest.data();
    const auto request = takeQuoted(rest);
    if (!request)
        return false;
    std::string_view left = *request;
    const std::string_view method = takeWord(left);
    const std::size_t protocol = left.rfind(' ');
    if (isSaid(method) && !left.empty()) {
        record.addExtraText("method", method);
        record.addExtraText("path", left.substr(0, protocol));
        if (protocol != std::string_view::npos)
            record.addExtraText("protocol", left.substr(protocol + 1));
    }

    const std::string_view statusWord = takeWord(rest);
    const std::string_view bytesWord = takeWord(rest);
    const auto status = number(statusWord);
    if (!status || *status < 0 || *status > 999)
        return false;
    record.addExtra("status", Value::integer(*status));
    record.note("status", statusWord);
    if (const auto sent = number(bytesWord)) {
        record.addExtra("bytes", Value::integer(*sent));
        record.note("bytes", bytesWord);
    } else if (bytesWord != "-" && !bytesWord.empty()) {
        return false;
    }
    const std::string_view last = bytesWord.empty() ? statusWord : bytesWord;
    if (const auto referer = takeQuoted(rest)) {
        if (isSaid(*referer))
            record.addExtraText("referer", *referer);
        if (const auto agent = takeQuoted(rest); agent && isSaid(*agent))
            record.addExtraText("agent", *agent);
    }
    const std::string_view further(rest.data(), static_cast<std::size_t>(whole.data() + whole.size() - rest.data()));
    if (!further.empty())
        record.addExtraText("further", further);

    constexpr int serverError = 500;
    constexpr int clientError = 400;
    record.setLevel(pythonLevel(*status >= serverError   ? level::Error
                                : *status >= clientError ? level::Warning
                                                         : level::Info),
                    {});
    record.set(Attribute::Name, Value::text("access"));
    record.setText(Attribute::Msg, std::string_view(message, static_cast<std::size_t>(last.data() + last.size() - message)));
    return true;
}

} // namespace sluice
