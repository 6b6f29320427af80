#include "format/PercentItem.h"

#include "base/Utf8.h"

#include <algorithm>
#include <cstdio>
#include <limits>

namespace sluice::python {

namespace {

/// Reads one conversion; the parser of CPython's unicode_format_arg_parse, step by step.
class ItemParser
{
public:
    ItemParser(std::string_view format, std::size_t &at, PercentItem &item)
        : m_format(format), m_at(at), m_item(item)
    {
    }

    void parse()
    {
        if (m_at < m_format.size() && m_format[m_at] == '(' && !readKey())
            return;
        readFlags();
        if (!readNumber(m_item.width, m_item.widthFromArguments, std::numeric_limits<std::int64_t>::max(),
                        "width too big"))
            return;
        if (peek() == '.') {
            ++m_at;
            m_item.precision = 0;
            if (!readNumber(m_item.precision, m_item.precisionFromArguments, std::numeric_limits<int>::max(),
                            "precision too big"))
                return;
        }
        if (peek() == 'h' || peek() == 'l' || peek() == 'L')
            ++m_at;
        readType();
    }

private:
    char peek() const { return m_at < m_format.size() ? m_format[m_at] : '\0'; }

    bool fail(std::string error)
    {
        m_item.error = std::move(error);
        return false;
    }

    bool readKey()
    {
        const std::size_t start = ++m_at;
        int open = 1;
        for (; m_at < m_format.size(); ++m_at) {
            if (m_format[m_at] == '(')
                ++open;
            else if (m_format[m_at] == ')' && --open == 0)
                break;
        }
        m_item.hasKey = open == 0;
        m_item.openKey = open != 0;
        if (m_item.openKey)
            return fail("incomplete format key");
        m_item.key = m_format.substr(start, m_at - start);
        ++m_at;
        return true;
    }

    void readFlags()
    {
        for (; m_at < m_format.size(); ++m_at) {
            switch (m_format[m_at]) {
            case '-':
                m_item.left = true;
                break;
            case '+':
                m_item.sign = true;
                break;
            case ' ':
                m_item.blank = true;
                break;
            case '#':
                m_item.alternate = true;
                break;
            case '0':
                m_item.zero = true;
                break;
            default:
                return;
            }
        }
    }

    bool readNumber(std::int64_t &number, bool &fromArguments, std::int64_t limit, const char *tooBig)
    {
        if (peek() == '*') {
            ++m_at;
            fromArguments = true;
            return true;
        }
        bool first = true;
        for (; m_at < m_format.size() && m_format[m_at] >= '0' && m_format[m_at] <= '9'; ++m_at) {
            const int digit = m_format[m_at] - '0';
            const std::int64_t before = first ? 0 : number;
            first = false;
            if (before > (limit - digit) / 10)
                return fail(tooBig);
            number = before * 10 + digit;
        }
        return true;
    }

    void readType()
    {
        if (m_at >= m_format.size()) {
            m_item.error = "incomplete format";
            return;
        }
        const std::size_t from = m_at;
        const char32_t c = utf8::next(m_format, m_at);
        if (c < 0x80 &&
            std::string_view("sradiuoxXeEfFgGc").find(static_cast<char>(c)) != std::string_view::npos) {
            m_item.type = static_cast<char>(c);
            return;
        }
        char code[16];
        std::snprintf(code, sizeof code, "0x%x", static_cast<unsigned>(c));
        m_item.error = "unsupported format character '" +
                       std::string(1, c > 31 && c < 128 ? static_cast<char>(c) : '?') + "' (" + code +
                       ") at index " + std::to_string(utf8::length(m_format.substr(0, from)));
        m_item.errorTakesArgument = true;
    }

    std::string_view m_format;
    std::size_t &m_at;
    PercentItem &m_item;
};

} // namespace

bool nextPercentItem(std::string_view format, std::size_t &at, PercentItem &item)
{
    if (at >= format.size())
        return false;
    item = PercentItem();
    const std::size_t start = at;
    at = std::min(format.find('%', at), format.size());
    if (at < format.size() && at + 1 < format.size() && format[at + 1] == '%') {
        item.literal = format.substr(start, at + 1 - start);
        at += 2;
        return true;
    }
    item.literal = format.substr(start, at - start);
    if (at == format.size())
        return true;
    ++at;
    item.hasConversion = true;
    ItemParser(format, at, item).parse();
    if (!item.error.empty())
        at = format.size();
    return true;
}

} // namespace sluice::python
