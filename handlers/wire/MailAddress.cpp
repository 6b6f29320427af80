#include "wire/MailAddress.h"

#include "base/Utf8.h"
#include "wire/CodePoints.h"
#include "wire/EncodedWord.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr std::u32string_view specials = U"()<>@,:;.\\\"[]";
constexpr std::u32string_view blanks = U" \t";

/// The part of CPython's get_address_list that people use, with the tree it makes. A function gives false where the text
/// is something else.
class AddressParser
{
public:
    explicit AddressParser(std::u32string_view text) : m_rest(text) {}

    bool parse(MailAddresses &out)
    {
        for (;;) {
            MailToken address;
            std::u32string spec;
            if (!parseAddress(address, spec))
                return false;
            out.header.parts.push_back(std::move(address));
            out.specs.push_back(utf8Text(spec));
            if (m_rest.empty())
                return true;
            if (m_rest.front() != U',')
                return false;
            MailToken comma = MailToken::of(U",");
            comma.encodable = false;
            comma.breakBefore = false;
            out.header.parts.push_back(std::move(comma));
            m_rest.remove_prefix(1);
        }
    }

private:
    bool at(std::u32string_view any) const { return !m_rest.empty() && any.find(m_rest.front()) != any.npos; }

    void takeSpaceInto(MailToken &token)
    {
        if (at(blanks))
            token.parts.push_back(MailToken::list({mail::takeSpace(m_rest)}));
    }

    bool parseAddress(MailToken &out, std::u32string &spec)
    {
        const std::u32string_view begin = m_rest;
        MailToken mailbox;
        if (!parseNamed(mailbox, spec)) {
            m_rest = begin;
            spec.clear();
            mailbox.parts.clear();
            MailToken addrSpec;
            if (!parseSpec(addrSpec, spec))
                return false;
            mailbox.parts.push_back(std::move(addrSpec));
        }
        out = MailToken::list({MailToken::list({std::move(mailbox)})});
        return true;
    }

    /// [phrase] "<" addr-spec ">"
    bool parseNamed(MailToken &out, std::u32string &spec)
    {
        MailToken leader;
        takeSpaceInto(leader);
        MailToken angle;
        if (!at(U"<")) {
            MailToken name;
            if (!parsePhrase(name))
                return false;
            if (!leader.parts.empty())
                name.parts.front().parts.insert(name.parts.front().parts.begin(), leader.parts.front());
            out.parts.push_back(std::move(name));
        } else {
            angle.parts = leader.parts;
        }
        if (!at(U"<"))
            return false;
        m_rest.remove_prefix(1);
        MailToken addrSpec;
        if (!parseSpec(addrSpec, spec) || !at(U">"))
            return false;
        m_rest.remove_prefix(1);
        angle.parts.push_back(MailToken::of(U"<"));
        angle.parts.push_back(std::move(addrSpec));
        angle.parts.push_back(MailToken::of(U">"));
        takeSpaceInto(angle);
        out.parts.push_back(std::move(angle));
        return true;
    }

    bool parsePhrase(MailToken &out)
    {
        MailToken word;
        if (!parseWord(word))
            return false;
        out.parts.push_back(std::move(word));
        while (!m_rest.empty() && !at(U"()<>@,:;\\[]")) {
            if (at(U".")) {
                out.parts.push_back(MailToken::of(U"."));
                m_rest.remove_prefix(1);
                continue;
            }
            MailToken next;
            if (!parseWord(next))
                return false;
            out.parts.push_back(std::move(next));
        }
        return true;
    }

    /// An atom or a quoted string, with the space around it.
    bool parseWord(MailToken &out)
    {
        takeSpaceInto(out);
        if (at(U"\""))
            return parseQuoted(out);
        if (m_rest.empty() || at(specials))
            return false;
        if (const auto word = encodedword::decode(m_rest)) {
            MailToken token = mail::unstructured(m_rest.substr(0, word->size));
            out.parts.push_back(std::move(token.parts.front()));
            m_rest.remove_prefix(word->size);
        } else {
            out.parts.push_back(takeAtomText());
        }
        takeSpaceInto(out);
        return true;
    }

    MailToken takeAtomText()
    {
        const std::size_t end = std::min(m_rest.find_first_of(U"()<>@,:;.\\\"[] \t"), m_rest.size());
        MailToken token = MailToken::of(std::u32string(m_rest.substr(0, end)));
        m_rest.remove_prefix(end);
        return token;
    }

    bool parseQuoted(MailToken &out)
    {
        m_rest.remove_prefix(1);
        MailToken quoted;
        quoted.kind = MailToken::Kind::QuotedList;
        while (!m_rest.empty() && !at(U"\"")) {
            if (at(blanks)) {
                quoted.parts.push_back(mail::takeSpace(m_rest));
                continue;
            }
            if (m_rest.starts_with(U"=?"))
                return false;
            MailToken content;
            content.kind = MailToken::Kind::QuotedText;
            while (!m_rest.empty() && !at(U"\"") && !at(blanks)) {
                if (at(U"\\") && m_rest.size() > 1 && blanks.find(m_rest[1]) == blanks.npos)
                    m_rest.remove_prefix(1);
                content.text += m_rest.front();
                m_rest.remove_prefix(1);
            }
            quoted.parts.push_back(std::move(content));
        }
        if (m_rest.empty())
            return false;
        m_rest.remove_prefix(1);
        out.parts.push_back(std::move(quoted));
        takeSpaceInto(out);
        return true;
    }

    /// Texts with dots between them, none of them empty.
    bool parseDotAtom(MailToken &out, std::u32string &spec)
    {
        takeSpaceInto(out);
        MailToken text;
        text.encodable = true;
        for (;;) {
            if (m_rest.empty() || at(specials) || at(blanks) || m_rest.starts_with(U"=?"))
                return false;
            text.parts.push_back(takeAtomText());
            if (!at(U"."))
                break;
            text.parts.push_back(MailToken::of(U"."));
            m_rest.remove_prefix(1);
        }
        spec += text.str();
        out.parts.push_back(std::move(text));
        takeSpaceInto(out);
        return true;
    }

    bool parseSpec(MailToken &out, std::u32string &spec)
    {
        out.encodable = false;
        MailToken local = MailToken::list({}, false);
        MailToken token;
        const std::u32string_view begin = m_rest;
        if (!parseDotAtom(token, spec)) {
            m_rest = begin;
            token.parts.clear();
            spec.clear();
            takeSpaceInto(token);
            if (!at(U"\"") || !parseQuoted(token))
                return false;
            for (const MailToken &part : token.parts) {
                if (part.kind == MailToken::Kind::QuotedList)
                    spec += part.str();
            }
        }
        local.parts.push_back(std::move(token));
        out.parts.push_back(std::move(local));
        // "root": a mailbox of this machine.
        if (!at(U"@"))
            return m_rest.empty() || at(U",>");
        m_rest.remove_prefix(1);
        out.parts.push_back(MailToken::of(U"@"));
        spec += U'@';
        return parseDomain(out, spec);
    }

    bool parseDomain(MailToken &out, std::u32string &spec)
    {
        MailToken domain = MailToken::list({}, false);
        MailToken token;
        if (at(U"[")) {
            const std::size_t end = m_rest.find(U']');
            if (end == m_rest.npos || m_rest.substr(0, end).find_first_of(U" \t\\") != m_rest.npos)
                return false;
            token = MailToken::list({MailToken::of(U"["),
                                     MailToken::of(std::u32string(m_rest.substr(1, end - 1))), MailToken::of(U"]")},
                                    false);
            spec += m_rest.substr(0, end + 1);
            m_rest.remove_prefix(end + 1);
            takeSpaceInto(token);
        } else if (!parseDotAtom(token, spec)) {
            return false;
        }
        domain.parts.push_back(std::move(token));
        out.parts.push_back(std::move(domain));
        return true;
    }

    std::u32string_view m_rest;
};

} // namespace

Result<MailAddresses> parseMailAddresses(std::string_view text)
{
    const Error refused{"Mail cannot be addressed to or from '" + utf8::sanitized(text.substr(0, 200)) + "'."};
    const bool clean = utf8::isValid(text, utf8::Surrogates::Refuse) &&
                       std::ranges::none_of(text, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F; });
    if (!clean || text.empty())
        return refused;
    const std::u32string characters = codePoints(text);
    MailAddresses out;
    if (!AddressParser(characters).parse(out))
        return refused;
    return out;
}

} // namespace sluice
