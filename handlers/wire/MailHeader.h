#pragma once

#include "base/Result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// A piece of a mail header's value, from which it is folded: a text, or a list of pieces. CPython's TokenList and
/// Terminal (email._header_value_parser), of which it has what folding asks for.
struct MailToken
{
    enum class Kind {
        Text,
        Space,       ///< where a line may be broken
        QuotedText,  ///< text within quotes: needs encoding if it has specials
        List,
        QuotedList,  ///< a list that is written within quotes
        EncodedWord, ///< a list; what it decodes to
    };

    Kind kind = Kind::List;
    std::u32string text;
    std::vector<MailToken> parts;
    /// Whether it may become encoded words; none: if all its parts may.
    std::optional<bool> encodable;
    /// Whether it should rather stand on a line of its own than be cut.
    bool breakBefore = true;

    static MailToken of(std::u32string text) { return {Kind::Text, std::move(text), {}, {}, true}; }
    static MailToken space(std::u32string text) { return {Kind::Space, std::move(text), {}, {}, true}; }
    static MailToken list(std::vector<MailToken> parts, std::optional<bool> encodable = {})
    {
        return {Kind::List, {}, std::move(parts), encodable, true};
    }

    bool isText() const { return kind == Kind::Text || kind == Kind::Space || kind == Kind::QuotedText; }
    bool mayBeEncoded() const;
    bool startsWithSpace() const;
    void appendTo(std::u32string &out) const;
    std::u32string str() const;
};

namespace mail {

/// Python's str.isspace() of one character.
bool isSpace(char32_t c);

/// Takes the space at the beginning of `value`, as CPython's get_fws.
MailToken takeSpace(std::u32string_view &value);

/// A value without structure (a subject): words, encoded words and the space between.
MailToken unstructured(std::u32string_view value);

/// "Name: value" in lines of at most 78 characters that end in CRLF, beyond ASCII as encoded words; with `utf8` as it
/// is (RFC 6532). Fails where a text that may not be encoded (an address) is not ASCII.
Result<std::string> foldHeader(std::u32string_view name, const MailToken &value, bool utf8);

/// "Subject: …", folded; a subject of more than one line is refused, as in Python.
Result<std::string> subjectHeader(std::string_view subject, bool utf8);

} // namespace mail
} // namespace sluice
