#include "chain/PythonTextLiteral.h"

namespace sluice {

namespace {

bool isLetter(QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); }

int digitOf(QChar c)
{
    const char16_t u = c.unicode();
    return u >= u'0' && u <= u'9' ? u - u'0' : u >= u'a' && u <= u'f' ? u - u'a' + 10 : u >= u'A' && u <= u'F' ? u - u'A' + 10 : 99;
}

class TextReader
{
public:
    TextReader(const QString &text, qsizetype &at) : m_text(text), m_at(at) {}

    Result<QString> read()
    {
        do {
            if (const char *problem = one())
                return Error{problem};
        } while (isPythonText(m_text, skipPythonSpace(m_text, m_at)) && (m_at = skipPythonSpace(m_text, m_at), true));
        return m_out;
    }

private:
    QChar peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar(); }

    /// Null, or what is wrong.
    const char *one()
    {
        bool isRaw = false;
        for (; isLetter(peek()); ++m_at) {
            const QChar prefix = peek().toLower();
            if (prefix != u'r' && prefix != u'u')
                return "has a text of another kind (bytes or an f-string)";
            isRaw = isRaw || prefix == u'r';
        }
        const QChar quote = peek();
        const bool isTriple = peek(1) == quote && peek(2) == quote;
        for (m_at += isTriple ? 3 : 1; m_at < m_text.size();) {
            const QChar c = m_text[m_at];
            if (c == quote && (!isTriple || (peek(1) == quote && peek(2) == quote))) {
                m_at += isTriple ? 3 : 1;
                return nullptr;
            }
            if (c == u'\n' && !isTriple)
                break;
            ++m_at;
            if (c != u'\\') {
                m_out += c;
            } else if (m_at >= m_text.size()) {
                break;
            } else if (isRaw) {
                m_out += c;
                m_out += m_text[m_at++];
            } else if (const char *problem = escape()) {
                return problem;
            }
        }
        return "has a text without an end";
    }

    const char *escape()
    {
        const QChar c = m_text[m_at++];
        switch (c.unicode()) {
        case u'\n': return nullptr;
        case u'\\':
        case u'\'':
        case u'"': m_out += c; return nullptr;
        case u'a': m_out += QChar(7); return nullptr;
        case u'b': m_out += u'\b'; return nullptr;
        case u'f': m_out += u'\f'; return nullptr;
        case u'n': m_out += u'\n'; return nullptr;
        case u'r': m_out += u'\r'; return nullptr;
        case u't': m_out += u'\t'; return nullptr;
        case u'v': m_out += u'\v'; return nullptr;
        case u'x': return codePoint(2);
        case u'u': return codePoint(4);
        case u'U': return codePoint(8);
        case u'N': return "has a character by its name";
        default: break;
        }
        if (digitOf(c) > 7) {
            m_out += u'\\';
            m_out += c;
            return nullptr;
        }
        int value = digitOf(c);
        for (int i = 0; i < 2 && digitOf(peek()) < 8; ++i)
            value = value * 8 + digitOf(m_text[m_at++]);
        m_out += QChar(static_cast<char16_t>(value));
        return nullptr;
    }

    const char *codePoint(int digits)
    {
        char32_t value = 0;
        for (int i = 0; i < digits; ++i) {
            const int digit = digitOf(peek());
            if (digit > 15)
                return "has an escape that is none";
            value = value * 16 + static_cast<char32_t>(digit);
            ++m_at;
        }
        if (value > 0x10FFFF)
            return "has an escape that is none";
        m_out += QChar::fromUcs4(value);
        return nullptr;
    }

    const QString &m_text;
    qsizetype &m_at;
    QString m_out;
};

} // namespace

qsizetype skipPythonSpace(const QString &text, qsizetype at)
{
    for (; at < text.size(); ++at) {
        const QChar c = text[at];
        if (c == u'#') {
            while (at + 1 < text.size() && text[at + 1] != u'\n')
                ++at;
        } else if (c != u' ' && c != u'\t' && c != u'\n' && c != u'\r' && c != u'\f') {
            break;
        }
    }
    return at;
}

bool isPythonText(const QString &text, qsizetype at)
{
    qsizetype quote = at;
    while (quote < text.size() && quote < at + 3 && isLetter(text[quote]))
        ++quote;
    return quote < text.size() && quote <= at + 2 && (text[quote] == u'"' || text[quote] == u'\'');
}

Result<QString> readPythonTexts(const QString &text, qsizetype &at) { return TextReader(text, at).read(); }

} // namespace sluice
