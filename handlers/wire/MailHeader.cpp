#include "wire/MailHeader.h"

#include "base/Utf8.h"
#include "wire/CodePoints.h"
#include "wire/EncodedWord.h"

#include <algorithm>
#include <deque>

namespace sluice {

namespace {

constexpr std::size_t maxLine = 78;

bool isBlank(char32_t c) { return c == U' ' || c == U'\t'; }

bool isAscii(std::u32string_view text)
{
    return std::ranges::all_of(text, [](char32_t c) { return c < 0x80; });
}

bool hasAnyOf(std::u32string_view text, std::u32string_view characters)
{
    return text.find_first_of(characters) != std::u32string_view::npos;
}

/// The blank at the end of the last line, which becomes the beginning of the next.
std::u32string stealBlank(std::vector<std::u32string> &lines)
{
    if (lines.back().empty() || !isBlank(lines.back().back()))
        return {};
    std::u32string blank(1, lines.back().back());
    lines.back().pop_back();
    return blank;
}

std::size_t roomIn(const std::u32string &line) { return line.size() >= maxLine ? 0 : maxLine - line.size(); }

/// CPython's _refold_parse_tree, step by step.
class Folder
{
public:
    explicit Folder(bool utf8) : m_utf8(utf8) {}

    std::vector<std::u32string> fold(const MailToken &value)
    {
        m_parts.assign(value.parts.begin(), value.parts.end());
        while (!m_parts.empty()) {
            const Part part = std::move(m_parts.front());
            m_parts.pop_front();
            if (part.endOfBlock)
                --m_blocked;
            else
                place(part.token);
        }
        return std::move(m_lines);
    }

private:
    struct Part
    {
        Part(MailToken piece) : token(std::move(piece)) {}
        MailToken token;
        bool endOfBlock = false;
    };

    void place(const MailToken &token)
    {
        const std::u32string text = token.str();
        if (!m_wantEncoding)
            m_wantEncoding = hasAnyOf(text, token.kind == MailToken::Kind::QuotedText
                                                ? std::u32string_view(U"()<>@,:;.\\\"[]\r\n")
                                                : std::u32string_view(U"\r\n"));
        if (!m_utf8 && !isAscii(text))
            m_wantEncoding = true;
        if (m_wantEncoding && m_blocked == 0 && placeEncoded(token, text))
            return;
        if (text.size() <= roomIn(m_lines.back())) {
            m_lines.back() += text;
            return;
        }
        if (token.breakBefore && text.size() + 1 <= maxLine) {
            const std::u32string blank = stealBlank(m_lines);
            if (!blank.empty() || token.startsWithSpace()) {
                m_lines.push_back(blank + text);
                m_lastWord.reset();
                return;
            }
        }
        if (!token.isText()) {
            unpack(token, !token.mayBeEncoded());
            return;
        }
        if (token.mayBeEncoded() && m_blocked == 0) {
            m_parts.push_front(token);
            m_wantEncoding = true;
            return;
        }
        const std::u32string blank = stealBlank(m_lines);
        if (!blank.empty() || token.startsWithSpace())
            m_lines.push_back(blank + text);
        else
            m_lines.back() += text;
    }

    /// False: it is to be placed as it is.
    bool placeEncoded(const MailToken &token, const std::u32string &text)
    {
        if (!token.mayBeEncoded()) {
            m_wantEncoding = false;
            m_lastWord.reset();
            if (token.breakBefore && !token.isText()) {
                const std::vector<std::u32string> alone = Folder(m_utf8).fold(token);
                if (alone.size() == 1) {
                    if (alone[0].size() > roomIn(m_lines.back()))
                        m_lines.push_back(stealBlank(m_lines));
                    m_lines.back() += alone[0];
                    return true;
                }
            }
        }
        if (!token.isText()) {
            unpack(token, false);
            m_wantEncoding = false;
            return true;
        }
        const bool encode = token.mayBeEncoded();
        if (encode)
            appendEncoded(text);
        else
            m_lastWord.reset();
        m_wantEncoding = false;
        return encode;
    }

    void unpack(const MailToken &token, bool block)
    {
        std::vector<Part> parts(token.parts.begin(), token.parts.end());
        if (block) {
            ++m_blocked;
            Part end{MailToken()};
            end.endOfBlock = true;
            parts.push_back(std::move(end));
        }
        m_parts.insert(m_parts.begin(), parts.begin(), parts.end());
    }

    /// CPython's _fold_as_ew: joins what follows an encoded word to it.
    void appendEncoded(std::u32string text)
    {
        if (m_lastWord) {
            // CPython keeps the place when it begins a new line, which may be shorter.
            const std::size_t begin = std::min(*m_lastWord, m_lines.back().size());
            text = mail::unstructured(m_lines.back().substr(begin) + text).str();
            m_lines.back().erase(begin);
        }
        if (!text.empty() && isBlank(text.front())) {
            if (m_lines.back().size() == maxLine)
                m_lines.push_back(stealBlank(m_lines));
            m_lines.back() += text.front();
            text.erase(0, 1);
        }
        std::u32string trailing;
        if (!text.empty() && isBlank(text.back())) {
            trailing = text.back();
            text.pop_back();
        }
        std::size_t lastWord = m_lastWord.value_or(m_lines.back().size());
        constexpr std::size_t frame = 12; // "=?utf-8?q??="
        while (!text.empty()) {
            const std::size_t room = roomIn(m_lines.back());
            if (room <= frame) {
                m_lines.push_back(U" ");
                continue;
            }
            std::size_t count = std::min(text.size(), room - frame);
            std::u32string word = encodedword::encode(text.substr(0, count));
            while (word.size() > room)
                word = encodedword::encode(text.substr(0, --count));
            m_lines.back() += word;
            text.erase(0, count);
            if (!text.empty()) {
                m_lines.push_back(U" ");
                lastWord = 1;
            }
        }
        m_lines.back() += trailing;
        m_lastWord = lastWord;
    }

    const bool m_utf8;
    std::deque<Part> m_parts;
    std::vector<std::u32string> m_lines{U""};
    std::optional<std::size_t> m_lastWord;
    int m_blocked = 0;
    bool m_wantEncoding = false;
};

std::size_t wordEnd(std::u32string_view value) { return std::min(value.find_first_of(U" \t"), value.size()); }

void splitWords(std::u32string_view text, MailToken &into)
{
    while (!text.empty()) {
        if (isBlank(text.front())) {
            into.parts.push_back(mail::takeSpace(text));
            continue;
        }
        const std::size_t end = wordEnd(text);
        into.parts.push_back(MailToken::of(std::u32string(text.substr(0, end))));
        text.remove_prefix(end);
    }
}

/// Whether str.splitlines() makes more than one line of it.
bool hasSeveralLines(std::u32string_view text)
{
    const std::size_t end = text.find_first_of(U"\n\r\v\f\x1C\x1D\x1E\x85\u2028\u2029");
    if (end == std::u32string_view::npos)
        return false;
    const std::size_t behind = end + (text.substr(end).starts_with(U"\r\n") ? 2 : 1);
    return behind < text.size();
}

} // namespace

bool MailToken::mayBeEncoded() const
{
    return encodable.value_or(
        isText() || std::ranges::all_of(parts, [](const MailToken &part) { return part.mayBeEncoded(); }));
}

bool MailToken::startsWithSpace() const
{
    return isText() ? kind == Kind::Space : !parts.empty() && parts.front().startsWithSpace();
}

void MailToken::appendTo(std::u32string &out) const
{
    if (isText()) {
        out += text;
        return;
    }
    std::u32string inner;
    for (const MailToken &part : parts)
        part.appendTo(inner);
    if (kind != Kind::QuotedList) {
        out += inner;
        return;
    }
    out += U'"';
    for (const char32_t c : inner) {
        if (c == U'"' || c == U'\\')
            out += U'\\';
        out += c;
    }
    out += U'"';
}

std::u32string MailToken::str() const
{
    std::u32string out;
    appendTo(out);
    return out;
}

namespace mail {

bool isSpace(char32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

MailToken takeSpace(std::u32string_view &value)
{
    const auto end = std::ranges::find_if_not(value, isSpace);
    MailToken token = MailToken::space(std::u32string(value.begin(), end));
    value.remove_prefix(token.text.size());
    return token;
}

MailToken unstructured(std::u32string_view value)
{
    MailToken out;
    while (!value.empty()) {
        if (isBlank(value.front())) {
            out.parts.push_back(takeSpace(value));
            continue;
        }
        if (const auto word = encodedword::decode(value)) {
            // Space between two encoded words is none of the text.
            if (out.parts.size() > 1 && out.parts.back().kind == MailToken::Kind::Space &&
                out.parts[out.parts.size() - 2].kind == MailToken::Kind::EncodedWord)
                out.parts.back().text.clear();
            MailToken token;
            token.kind = MailToken::Kind::EncodedWord;
            splitWords(word->text, token);
            out.parts.push_back(std::move(token));
            value.remove_prefix(word->size);
            continue;
        }
        std::size_t end = wordEnd(value);
        if (!value.starts_with(U"=?") && encodedword::contains(value.substr(0, end)))
            end = value.find(U"=?");
        out.parts.push_back(MailToken::of(std::u32string(value.substr(0, end))));
        value.remove_prefix(end);
    }
    return out;
}

Result<std::string> foldHeader(std::u32string_view name, const MailToken &value, bool utf8)
{
    MailToken header;
    MailToken label = MailToken::list({MailToken::of(std::u32string(name)), MailToken::of(U":")}, false);
    header.parts.push_back(std::move(label));
    if (!value.parts.empty())
        header.parts.push_back(MailToken::list({MailToken::space(U" ")}));
    header.parts.push_back(value);
    std::string out;
    for (const std::u32string &line : Folder(utf8).fold(header)) {
        if (!utf8 && !isAscii(line))
            return Error{"The address " + utf8Text(value.str()) + " has characters that mail cannot carry there."};
        out += utf8Text(line) + "\r\n";
    }
    return out;
}

Result<std::string> subjectHeader(std::string_view subject, bool utf8)
{
    if (!utf8::isValid(subject, utf8::Surrogates::Refuse))
        return Error{"The subject is no valid text."};
    const std::u32string text = codePoints(subject);
    if (hasSeveralLines(text))
        return Error{"Header values may not contain linefeed or carriage return characters."};
    return foldHeader(U"Subject", unstructured(text), utf8);
}

} // namespace mail
} // namespace sluice
