#include "format/PythonFloat.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace sluice::python {

namespace {

/// Room for what to_chars writes: the digits asked for, those before the point (309 at most), sign, exponent.
class Digits
{
public:
    std::string_view write(double value, std::chars_format format, int precision)
    {
        const auto room = static_cast<std::size_t>(std::max(precision, 0)) + 330;
        char *to = m_small;
        if (room > sizeof m_small) {
            m_large.resize(room);
            to = m_large.data();
        }
        const auto end = precision < 0 ? std::to_chars(to, to + room, value, format)
                                       : std::to_chars(to, to + room, value, format, precision);
        return {to, static_cast<std::size_t>(end.ptr - to)};
    }

private:
    char m_small[400];
    std::string m_large;
};

void appendExponent(std::string &out, char letter, int exponent)
{
    out += letter;
    out += exponent < 0 ? '-' : '+';
    const int size = std::abs(exponent);
    if (size < 10)
        out += '0';
    out += std::to_string(size);
}

/// "d.ddde+XX" taken apart.
struct Scientific
{
    char digits[32];
    std::string longDigits;
    std::string_view all;
    int exponent = 0;

    explicit Scientific(std::string_view text)
    {
        const std::size_t e = text.rfind('e');
        exponent = std::atoi(text.data() + e + 1);
        std::string_view mantissa = text.substr(0, e);
        char *to = digits;
        if (mantissa.size() > sizeof digits) {
            longDigits.resize(mantissa.size());
            to = longDigits.data();
        }
        const char *begin = to;
        for (const char c : mantissa) {
            if (c != '.')
                *to++ = c;
        }
        all = {begin, static_cast<std::size_t>(to - begin)};
    }
};

void appendNonFinite(std::string &out, double value, bool upper)
{
    if (std::isnan(value))
        out += upper ? "NAN" : "nan";
    else
        out.append(std::signbit(value) ? "-" : "").append(upper ? "INF" : "inf");
}

bool isZeroText(std::string_view text)
{
    for (const char c : text) {
        if (c == 'e' || c == 'E')
            break;
        if (c >= '1' && c <= '9')
            return false;
    }
    return true;
}

void appendFixed(std::string &out, double size, int precision, bool alternate)
{
    Digits digits;
    out += digits.write(size, std::chars_format::fixed, precision);
    if (precision == 0 && alternate)
        out += '.';
}

void appendScientific(std::string &out, double size, int precision, bool alternate, char letter)
{
    Digits digits;
    const std::string_view text = digits.write(size, std::chars_format::scientific, precision);
    const std::size_t e = text.rfind('e');
    out += text.substr(0, e);
    if (precision == 0 && alternate)
        out += '.';
    appendExponent(out, letter, std::atoi(std::string(text.substr(e + 1)).c_str()));
}

/// 'g' and 'r': significant digits, with an exponent where the number is very large or small.
void appendGeneral(std::string &out, double size, char type, int precision, FloatStyle style, char letter)
{
    const bool shortest = type == 'r';
    precision = std::max(precision, 1);
    Digits digits;
    char text[400];
    const std::string_view written =
        digits.write(size, std::chars_format::scientific, shortest ? -1 : precision - 1);
    std::string longText;
    // A copy that ends in NUL, for atoi.
    const char *from = text;
    if (written.size() < sizeof text) {
        std::memcpy(text, written.data(), written.size());
        text[written.size()] = '\0';
    } else {
        longText = written;
        from = longText.c_str();
    }
    const Scientific number(std::string_view(from, written.size()));
    std::string_view significant = number.all;
    if (!(style.alternate && !shortest)) {
        const std::size_t last = significant.find_last_not_of('0');
        significant = significant.substr(0, last == std::string_view::npos ? 1 : last + 1);
    }
    int point = number.exponent + 1; // digits before the decimal point
    if (size == 0)
        point = 1;
    const bool exponential = point < -3 || point > (shortest ? 16 : precision - (style.addPointZero ? 1 : 0));
    if (exponential) {
        out += significant[0];
        if (significant.size() > 1 || style.alternate)
            out += '.';
        out += significant.substr(1);
        appendExponent(out, letter, point - 1);
        return;
    }
    if (point <= 0) {
        out += "0.";
        out.append(static_cast<std::size_t>(-point), '0');
        out += significant;
        return;
    }
    const auto before = static_cast<std::size_t>(point);
    if (significant.size() > before) {
        out += significant.substr(0, before);
        out += '.';
        out += significant.substr(before);
        return;
    }
    out += significant;
    out.append(before - significant.size(), '0');
    if (style.addPointZero)
        out += ".0";
    else if (style.alternate)
        out += '.';
}

} // namespace

void appendFloat(std::string &out, double value, char type, int precision, FloatStyle style)
{
    const bool upper = type == 'E' || type == 'F' || type == 'G';
    if (!std::isfinite(value)) {
        appendNonFinite(out, value, upper);
        return;
    }
    const std::size_t start = out.size();
    const bool negative = std::signbit(value);
    const double size = std::fabs(value);
    if (negative)
        out += '-';
    switch (type) {
    case 'f':
    case 'F':
        appendFixed(out, size, precision, style.alternate);
        break;
    case 'e':
    case 'E':
        appendScientific(out, size, precision, style.alternate, type);
        break;
    default:
        appendGeneral(out, size, type, precision, style, upper ? 'E' : 'e');
        break;
    }
    if (negative && style.noNegativeZero && isZeroText(std::string_view(out).substr(start + 1)))
        out.erase(start, 1);
}

} // namespace sluice::python
