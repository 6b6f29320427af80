#include "format/FormatSpecParser.h"

#include "base/Utf8.h"

#include <cstdio>
#include <limits>

namespace sluice::python {

namespace {

bool isAlign(char c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

class SpecParser
{
public:
    SpecParser(std::string_view text, std::string_view typeName) : m_text(text), m_typeName(typeName) {}

    Result<Spec> parse(char32_t defaultType, char defaultAlign)
    {
        m_spec.type = defaultType;
        m_spec.align = defaultAlign;
        const bool aligned = readAlignment();
        if (peek() == '+' || peek() == '-' || peek() == ' ')
            m_spec.sign = take();
        m_spec.noNegativeZero = takeIf('z');
        m_spec.alternate = takeIf('#');
        if (!m_fillGiven && takeIf('0')) {
            m_spec.fill = "0";
            if (!aligned && defaultAlign == '>')
                m_spec.align = '=';
        }
        if (Status status = readNumber(m_spec.width); !status)
            return status.error();
        if (Status status = readSeparator(); !status)
            return status.error();
        if (takeIf('.')) {
            if (Status status = readNumber(m_spec.precision); !status)
                return status.error();
            if (m_spec.precision < 0)
                return Error{"Format specifier missing precision"};
        }
        if (Status status = readType(); !status)
            return status.error();
        return m_spec;
    }

private:
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    char take() { return m_text[m_at++]; }
    bool takeIf(char c)
    {
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    bool readAlignment()
    {
        if (m_text.empty())
            return false;
        std::size_t next = 0;
        utf8::next(m_text, next);
        if (next < m_text.size() && isAlign(m_text[next])) {
            m_spec.fill = m_text.substr(0, next);
            m_spec.align = m_text[next];
            m_fillGiven = true;
            m_at = next + 1;
            return true;
        }
        if (isAlign(m_text[0])) {
            m_spec.align = take();
            return true;
        }
        return false;
    }

    Status readNumber(std::int64_t &number)
    {
        constexpr std::int64_t limit = std::numeric_limits<std::int64_t>::max();
        bool any = false;
        std::int64_t value = 0;
        for (; peek() >= '0' && peek() <= '9'; ++m_at, any = true) {
            const int digit = peek() - '0';
            if (value > (limit - digit) / 10)
                return Error{"Too many decimal digits in format string"};
            value = value * 10 + digit;
        }
        if (any)
            number = value;
        return {};
    }

    Status readSeparator()
    {
        if (takeIf(','))
            m_spec.separator = ',';
        if (peek() == '_') {
            if (m_spec.separator)
                return Error{"Cannot specify both ',' and '_'."};
            m_spec.separator = take();
        }
        if (peek() == ',' && m_spec.separator == '_')
            return Error{"Cannot specify both ',' and '_'."};
        return {};
    }

    Status readType()
    {
        if (m_at < m_text.size()) {
            m_spec.type = utf8::next(m_text, m_at);
            if (m_at < m_text.size())
                return Error{"Invalid format specifier '" + std::string(m_text) + "' for object of type '" +
                             std::string(m_typeName) + "'"};
        }
        if (!m_spec.separator)
            return {};
        switch (m_spec.type) {
        case 'd':
        case 'e':
        case 'f':
        case 'g':
        case 'E':
        case 'G':
        case '%':
        case 'F':
        case 0:
            return {};
        case 'b':
        case 'o':
        case 'x':
        case 'X':
            if (m_spec.separator == '_') {
                m_spec.group = 4;
                return {};
            }
            break;
        default:
            break;
        }
        return Error{std::string("Cannot specify '") + m_spec.separator + "' with '" + shown(m_spec.type) +
                     "'."};
    }

    std::string_view m_text;
    std::string_view m_typeName;
    Spec m_spec;
    std::size_t m_at = 0;
    bool m_fillGiven = false;
};

} // namespace

Result<Spec> parseSpec(std::string_view text, std::string_view typeName, char32_t defaultType,
                       char defaultAlign)
{
    return SpecParser(text, typeName).parse(defaultType, defaultAlign);
}

std::string shown(char32_t c)
{
    if (c > 32 && c < 128)
        return std::string(1, static_cast<char>(c));
    char text[16];
    std::snprintf(text, sizeof text, "\\x%x", static_cast<unsigned>(c));
    return text;
}

} // namespace sluice::python
