#include "chain/PythonLiteral.h"

#include "chain/PythonConstants.h"
#include "chain/PythonTextLiteral.h"

#include <QJsonArray>
#include <QJsonObject>

#include <cmath>
#include <limits>

namespace sluice {

namespace {

constexpr int maxDepth = 50;
constexpr qsizetype maxLength = 64 * 1024;

bool isDigit(QChar c, int base = 10)
{
    const char16_t u = c.unicode();
    const int digit = u >= u'0' && u <= u'9' ? u - u'0' : u >= u'a' && u <= u'f' ? u - u'a' + 10 : u >= u'A' && u <= u'F' ? u - u'A' + 10 : 99;
    return digit < base;
}

bool isNameStart(QChar c) { return c == u'_' || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); }

class LiteralReader
{
public:
    explicit LiteralReader(const QString &text) : m_text(text) {}

    Result<QJsonValue> read()
    {
        QJsonValue value;
        if (m_text.size() > maxLength)
            fail("is too long");
        else if (expressions(value) && skipSpace() && m_at < m_text.size())
            fail("goes on with what is no literal");
        if (!m_error.empty())
            return Error{m_error};
        return value;
    }

private:
    bool fail(const char *what)
    {
        if (m_error.empty())
            m_error = std::string("The expression ") + what + " (at character " + std::to_string(m_at + 1) + ").";
        return false;
    }

    QChar peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar(); }

    bool skipSpace()
    {
        m_at = skipPythonSpace(m_text, m_at);
        return true;
    }

    bool takes(QChar c)
    {
        skipSpace();
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }

    /// One, or several with commas between them: a tuple without parentheses.
    bool expressions(QJsonValue &out)
    {
        if (!sum(out))
            return false;
        if (!takes(u','))
            return true;
        QJsonArray tuple{out};
        skipSpace();
        while (m_at < m_text.size()) {
            QJsonValue item;
            if (!sum(item))
                return false;
            tuple.append(item);
            if (!takes(u','))
                break;
            skipSpace();
        }
        out = tuple;
        return true;
    }

    bool sum(QJsonValue &out)
    {
        if (!product(out))
            return false;
        for (skipSpace(); peek() == u'+' || peek() == u'-'; skipSpace()) {
            const bool isMinus = m_text[m_at++] == u'-';
            QJsonValue right;
            if (!product(right))
                return false;
            if (!isMinus && out.isString() && right.isString() && !isObject(out) && !isObject(right))
                out = out.toString() + right.toString();
            else if (!calculate(out, right, isMinus ? u'-' : u'+'))
                return false;
        }
        return true;
    }

    bool product(QJsonValue &out)
    {
        if (!unary(out))
            return false;
        for (skipSpace(); peek() == u'*' && peek(1) != u'*'; skipSpace()) {
            ++m_at;
            QJsonValue right;
            if (!unary(right) || !calculate(out, right, u'*'))
                return false;
        }
        return true;
    }

    bool calculate(QJsonValue &left, const QJsonValue &right, char16_t how)
    {
        if (!left.isDouble() || !right.isDouble())
            return fail("calculates with what is no number");
        const double a = left.toDouble();
        const double b = right.toDouble();
        return number(left, how == u'*' ? a * b : how == u'+' ? a + b : a - b);
    }

    bool number(QJsonValue &out, double value)
    {
        if (!std::isfinite(value))
            return fail("has a number that is too large");
        // An integer that is one stays one in JSON.
        if (value == std::floor(value) && std::abs(value) < 9e15)
            out = static_cast<qint64>(value);
        else
            out = value;
        return true;
    }

    bool unary(QJsonValue &out)
    {
        bool isNegative = false;
        bool isSigned = false;
        for (skipSpace(); peek() == u'-' || peek() == u'+'; skipSpace()) {
            isNegative ^= m_text[m_at++] == u'-';
            isSigned = true;
        }
        if (++m_depth > maxDepth)
            return fail("is too deep");
        const bool ok = atom(out);
        --m_depth;
        if (!ok || !isSigned)
            return ok;
        if (!out.isDouble())
            return fail("has a sign before what is no number");
        return number(out, isNegative ? -out.toDouble() : out.toDouble());
    }

    bool atom(QJsonValue &out)
    {
        const QChar c = peek();
        if (c == u'(')
            return parentheses(out);
        if (c == u'[')
            return ++m_at, list(u']', out);
        if (c == u'{')
            return dict(out);
        if (isPythonText(m_text, m_at))
            return strings(out);
        if (isDigit(c) || (c == u'.' && isDigit(peek(1))))
            return numeral(out);
        if (isNameStart(c))
            return name(out);
        return fail(m_at >= m_text.size() ? "ends too early" : "has something that is no literal");
    }

    bool parentheses(QJsonValue &out)
    {
        ++m_at;
        if (takes(u')')) {
            out = QJsonArray();
            return true;
        }
        if (!sum(out))
            return false;
        if (takes(u')'))
            return true;
        QJsonArray tuple{out};
        QJsonValue rest;
        if (!takes(u','))
            return fail("lacks a comma or a bracket");
        if (!list(u')', rest))
            return false;
        const QJsonArray items = rest.toArray();
        for (const QJsonValue item : items)
            tuple.append(item);
        out = tuple;
        return true;
    }

    bool list(char16_t end, QJsonValue &out)
    {
        QJsonArray items;
        while (!takes(end)) {
            QJsonValue item;
            if (!sum(item))
                return false;
            items.append(item);
            if (!takes(u',')) {
                if (!takes(end))
                    return fail("lacks a comma or a bracket");
                break;
            }
        }
        out = items;
        return true;
    }

    bool dict(QJsonValue &out)
    {
        ++m_at;
        QJsonObject object;
        while (!takes(u'}')) {
            QJsonValue key;
            QJsonValue value;
            if (!sum(key))
                return false;
            if (!key.isString() || isObject(key))
                return fail("has a key that is no text");
            if (!takes(u':'))
                return fail("lacks a colon");
            if (!sum(value))
                return false;
            object.insert(key.toString(), value);
            if (!takes(u',')) {
                if (!takes(u'}'))
                    return fail("lacks a comma or a bracket");
                break;
            }
        }
        out = object;
        return true;
    }

    static bool isObject(const QJsonValue &value) { return value.toString().startsWith(u"ext://"); }

    bool numeral(QJsonValue &out)
    {
        const char16_t kind = peek(1).toLower().unicode();
        const int base = peek() != u'0' ? 10 : kind == u'x' ? 16 : kind == u'o' ? 8 : kind == u'b' ? 2 : 10;
        QString digits;
        const auto takeDigits = [&] {
            const qsizetype before = digits.size();
            for (; isDigit(peek(), base) || (peek() == u'_' && digits.size() > before && isDigit(peek(1), base)); ++m_at) {
                if (peek() != u'_')
                    digits += peek();
            }
            return digits.size() > before;
        };
        if (base != 10) {
            m_at += 2;
            if (peek() == u'_')
                ++m_at;
            double value = 0;
            if (!takeDigits())
                return fail("has a number without digits");
            for (const QChar digit : std::as_const(digits))
                value = value * base + QString(digit).toInt(nullptr, 16);
            return !isNameStart(peek()) && !isDigit(peek()) ? number(out, value) : fail("has a number that is none");
        }
        bool isInteger = true;
        takeDigits();
        const bool hasLeadingZero = digits.size() > 1 && digits[0] == u'0' && digits.count(u'0') != digits.size();
        if (peek() == u'.') {
            isInteger = false;
            digits += u'.';
            ++m_at;
            takeDigits();
        }
        if (peek().toLower() == u'e') {
            isInteger = false;
            digits += u'e';
            ++m_at;
            if (peek() == u'+' || peek() == u'-')
                digits += m_text[m_at++];
            if (!takeDigits())
                return fail("has a number without digits");
        }
        if ((isInteger && hasLeadingZero) || isNameStart(peek()))
            return fail("has a number that is none");
        return number(out, digits.toDouble());
    }

    bool name(QJsonValue &out)
    {
        QString path;
        while (isNameStart(peek()) || isDigit(peek()) || peek() == u'.')
            path += m_text[m_at++];
        if (path == u"None")
            out = QJsonValue::Null;
        else if (path == u"True" || path == u"False")
            out = path == u"True";
        else if (path == u"datetime.time" && takes(u'('))
            return timeOfDay(out);
        else
            return constant(path, out);
        return true;
    }

    /// Names are those of the module logging, in which fileConfig evaluates; with the module in front as well.
    bool constant(QString path, QJsonValue &out)
    {
        if (path.startsWith(u"handlers.socket."))
            path = path.mid(9);
        for (const QString &full : {path, QStringLiteral("logging.") + path}) {
            const std::optional<QJsonValue> found = pythonConstant(full);
            if (!found)
                continue;
            // The stream itself, not its name; a kind of socket, not its number.
            const bool isThing = full.startsWith(u"sys.") || full.startsWith(u"socket.");
            out = isThing ? QJsonValue(QStringLiteral("ext://") + full) : *found;
            return true;
        }
        return fail(("has the name " + path.left(100).toStdString() + ", which is no literal").c_str());
    }

    bool timeOfDay(QJsonValue &out)
    {
        QJsonValue parts;
        if (!list(u')', parts))
            return false;
        const QJsonArray array = parts.toArray();
        static constexpr int most[] = {23, 59, 59, 999999};
        int values[4] = {};
        if (array.size() > 4)
            return fail("has a time of day that is none");
        for (qsizetype i = 0; i < array.size(); ++i) {
            values[i] = array[i].toInt(-1);
            if (values[i] < 0 || values[i] > most[i])
                return fail("has a time of day that is none");
        }
        out = QStringLiteral("%1:%2:%3").arg(values[0], 2, 10, QLatin1Char('0')).arg(values[1], 2, 10, QLatin1Char('0')).arg(values[2], 2, 10, QLatin1Char('0'));
        return true;
    }

    bool strings(QJsonValue &out)
    {
        Result<QString> text = readPythonTexts(m_text, m_at);
        if (!text)
            return fail(text.error().text.c_str());
        // What looks like a reference into a program is a text here, and must not become a reference.
        if (text->startsWith(u"ext://") || text->startsWith(u"cfg://"))
            return fail("has a text that dictConfig would take for a reference");
        out = *text;
        return true;
    }

    const QString &m_text;
    qsizetype m_at = 0;
    int m_depth = 0;
    std::string m_error;
};

} // namespace

Result<QJsonValue> readPythonLiteral(const QString &text) { return LiteralReader(text).read(); }

} // namespace sluice
