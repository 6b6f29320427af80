#include "format/FormatValidation.h"

#include "base/Utf8.h"
#include "format/BraceFormat.h"
#include "format/DollarFormat.h"
#include "format/PythonText.h"
#include "format/UnicodeClass.h"

#include <algorithm>
#include <string>

namespace sluice::python {

namespace {

/// A place in a text, with the steps that Python's regular expressions take there.
struct Matcher
{
    std::string_view text;
    std::size_t at = 0;

    bool atEnd() const { return at >= text.size(); }
    bool is(char c) const { return !atEnd() && text[at] == c; }
    bool isOneOf(std::string_view set) const
    {
        return !atEnd() && set.find(text[at]) != std::string_view::npos;
    }
    bool skip(char c) { return is(c) && ++at; }
    bool skipOneOf(std::string_view set) { return isOneOf(set) && ++at; }
    void skipDigits()
    {
        while (isOneOf("0123456789"))
            ++at;
    }
    /// `\w+`
    bool skipWord()
    {
        const std::size_t start = at;
        while (!atEnd()) {
            std::size_t next = at;
            if (!isWordCharacter(utf8::next(text, next)))
                break;
            at = next;
        }
        return at > start;
    }
    /// `$` without MULTILINE: the end, or before a newline that ends the text.
    bool isDollar() const { return atEnd() || (at + 1 == text.size() && text[at] == '\n'); }

    /// `\d+|{\w+}`
    bool skipDigitsOrName()
    {
        if (is('{')) {
            Matcher name{text, at + 1};
            if (!name.skipWord() || !name.skip('}'))
                return false;
            at = name.at;
            return true;
        }
        const std::size_t start = at;
        skipDigits();
        return at > start;
    }
};

/// PercentStyle.validation_pattern from behind a "%".
bool matchesPercentField(Matcher m)
{
    if (!m.skip('(') || !m.skipWord() || !m.skip(')'))
        return false;
    while (m.skipOneOf("#0+ -"))
        ;
    if (!m.skip('*'))
        m.skipDigits();
    if (m.is('.')) {
        Matcher precision = m;
        ++precision.at;
        const std::size_t start = precision.at;
        if (!precision.skip('*'))
            precision.skipDigits();
        if (precision.at > start)
            m = precision;
    }
    return m.isOneOf("diouxefgcrsaDIOUXEFGCRSA%");
}

/// StrFormatStyle.fmt_spec behind its fill and alignment.
bool matchesSpecRest(Matcher m)
{
    m.skipOneOf("+ -");
    m.skip('#');
    m.skip('0');
    m.skipDigitsOrName();
    m.skipOneOf(",_");
    if (m.is('.')) {
        Matcher precision = m;
        ++precision.at;
        if (precision.skipDigitsOrName())
            m = precision;
    }
    m.skipOneOf("bcdefgnosxBCDEFGNOSX%");
    return m.isDollar();
}

bool matchesSpec(std::string_view spec)
{
    if (!spec.empty() && spec[0] != '\n') {
        Matcher filled{spec};
        utf8::next(spec, filled.at);
        if (filled.skipOneOf("<>=^") && matchesSpecRest(filled))
            return true;
    }
    Matcher aligned{spec};
    if (aligned.skipOneOf("<>=^") && matchesSpecRest(aligned))
        return true;
    return matchesSpecRest(Matcher{spec});
}

/// StrFormatStyle.field_spec
bool matchesField(std::string_view field)
{
    Matcher m{field};
    if (!m.skipWord())
        return false;
    while (!m.isDollar()) {
        if (m.skip('.')) {
            if (!m.skipWord())
                return false;
        } else if (m.skip('[')) {
            const std::size_t start = m.at;
            m.at = std::min(field.find(']', m.at), field.size());
            if (m.at == start || !m.skip(']'))
                return false;
        } else {
            return false;
        }
    }
    return true;
}

Error invalidFormat(const std::string &why) { return Error{"invalid format: " + why}; }

} // namespace

Status validatePercentFormat(std::string_view format)
{
    for (std::size_t at = format.find('%'); at != std::string_view::npos; at = format.find('%', at + 1)) {
        if (matchesPercentField({format, at + 1}))
            return {};
    }
    return Error{"Invalid format '" + std::string(format) + "' for '%' style"};
}

Status validateBraceFormat(std::string_view format)
{
    bool anyField = false;
    BraceItem item;
    for (std::size_t at = 0; nextBraceItem(format, at, item);) {
        if (!item.error.empty())
            return invalidFormat(item.error);
        if (!item.name.empty()) {
            if (!matchesField(item.name))
                return invalidFormat("invalid field name/expression: " + textRepr(item.name));
            anyField = true;
        }
        if (item.conversion && item.conversion != 'r' && item.conversion != 's' && item.conversion != 'a') {
            std::string conversion;
            utf8::append(conversion, item.conversion);
            return invalidFormat("invalid conversion: " + textRepr(conversion));
        }
        if (!item.spec.empty() && !matchesSpec(item.spec))
            return invalidFormat("bad specifier: " + textRepr(item.spec));
    }
    if (!anyField)
        return invalidFormat("no fields");
    return {};
}

Status validateDollarFormat(std::string_view format)
{
    bool anyField = false;
    DollarItem item;
    for (std::size_t at = 0; nextDollarItem(format, at, item);) {
        if (item.invalid)
            return Error{"invalid format: bare '$' not allowed"};
        anyField = anyField || !item.name.empty();
    }
    if (!anyField)
        return invalidFormat("no fields");
    return {};
}

} // namespace sluice::python
