#include "wire/NumberText.h"

#include <charconv>
#include <cmath>

namespace sluice {

void appendFloatRepr(double number, std::string &out)
{
    if (std::isnan(number)) {
        out += "nan";
        return;
    }
    if (std::isinf(number)) {
        out += number < 0 ? "-inf" : "inf";
        return;
    }
    char text[64];
    const auto scientific = std::to_chars(text, text + sizeof text, number, std::chars_format::scientific);
    const std::string_view shortest(text, static_cast<std::size_t>(scientific.ptr - text));
    const std::size_t mark = shortest.find('e');
    int exponent = 0;
    const std::size_t digitsOfExponent = mark + (shortest[mark + 1] == '+' ? 2 : 1);
    std::from_chars(shortest.data() + digitsOfExponent, shortest.data() + shortest.size(), exponent);
    if (exponent < -4 || exponent >= 16) {
        out += shortest;
        return;
    }
    char fixedText[64];
    const auto fixed =
        std::to_chars(fixedText, fixedText + sizeof fixedText, number, std::chars_format::fixed);
    const std::string_view plain(fixedText, static_cast<std::size_t>(fixed.ptr - fixedText));
    out += plain;
    if (plain.find('.') == std::string_view::npos)
        out += ".0";
}

std::optional<double> floatFromText(std::string_view text)
{
    if (text.starts_with('+') && !text.substr(1).starts_with('-'))
        text.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end != text.data() + text.size() || text.empty() || error == std::errc::invalid_argument)
        return std::nullopt;
    if (error == std::errc::result_out_of_range) {
        // from_chars does not say which end of the range was missed.
        const std::size_t mark = text.find_first_of("eE");
        const bool tiny = mark != std::string_view::npos
                              ? text.substr(mark).find('-') != std::string_view::npos
                              : text.find('.') < 300;
        number = std::copysign(tiny ? 0.0 : HUGE_VAL, text.front() == '-' ? -1.0 : 1.0);
    }
    return number;
}

} // namespace sluice
