#include "filter/ExpressionNumber.h"

#include "filter/ExpressionText.h"
#include "format/PythonFloat.h"

#include <QByteArrayView>

#include <charconv>
#include <cmath>

namespace sluice {

namespace {

using Dimension = ExpressionNumber::Dimension;

struct Unit
{
    std::string_view name;
    Dimension dimension;
    double factor;
};

constexpr Unit units[] = {
    {"", Dimension::None, 1},
    {"ns", Dimension::Duration, 1e-9},
    {"us", Dimension::Duration, 1e-6},
    {"µs", Dimension::Duration, 1e-6},
    {"ms", Dimension::Duration, 1e-3},
    {"s", Dimension::Duration, 1},
    {"m", Dimension::Duration, 60},
    {"min", Dimension::Duration, 60},
    {"h", Dimension::Duration, 3600},
    {"d", Dimension::Duration, 86'400},
    {"B", Dimension::Size, 1},
    {"kB", Dimension::Size, 1e3},
    {"KB", Dimension::Size, 1e3},
    {"MB", Dimension::Size, 1e6},
    {"GB", Dimension::Size, 1e9},
    {"TB", Dimension::Size, 1e12},
    {"KiB", Dimension::Size, 1024.},
    {"MiB", Dimension::Size, 1024. * 1024},
    {"GiB", Dimension::Size, 1024. * 1024 * 1024},
    {"TiB", Dimension::Size, 1024. * 1024 * 1024 * 1024},
};

struct NameEnding
{
    std::string_view ending;
    Dimension dimension;
    double unit;
};

constexpr NameEnding nameEndings[] = {
    {"_ns", Dimension::Duration, 1e-9},     {"_nanos", Dimension::Duration, 1e-9},
    {"_us", Dimension::Duration, 1e-6},     {"_micros", Dimension::Duration, 1e-6},
    {"_ms", Dimension::Duration, 1e-3},     {"_millis", Dimension::Duration, 1e-3},
    {"_msec", Dimension::Duration, 1e-3},   {"Ms", Dimension::Duration, 1e-3},
    {"msecs", Dimension::Duration, 1e-3},   {"Millis", Dimension::Duration, 1e-3},
    {"relativeCreated", Dimension::Duration, 1e-3},
    {"_min", Dimension::Duration, 60},      {"_minutes", Dimension::Duration, 60},
    {"_hours", Dimension::Duration, 3600},  {"_kb", Dimension::Size, 1e3},
    {"_mb", Dimension::Size, 1e6},          {"_gb", Dimension::Size, 1e9},
    {"_kib", Dimension::Size, 1024.},       {"_mib", Dimension::Size, 1024. * 1024},
};

/// -1.5e3; 0 if none begins here.
std::size_t decimalLength(std::string_view text)
{
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const auto digits = [&] {
        const std::size_t start = at;
        while (at < text.size() && expression::isDigit(text[at]))
            ++at;
        return at - start;
    };
    std::size_t count = digits();
    if (at < text.size() && text[at] == '.') {
        ++at;
        count += digits();
    }
    if (count == 0)
        return 0;
    const std::size_t mantissa = at;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '-' || text[at] == '+'))
            ++at;
        if (digits() > 0)
            return at;
    }
    return mantissa;
}

} // namespace

std::optional<ExpressionNumber> ExpressionNumber::parse(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    const std::size_t size = decimalLength(text);
    if (size == 0)
        return std::nullopt;
    const std::string_view decimal = text.substr(0, size);
    ExpressionNumber number;
    const auto [end, error] = std::from_chars(decimal.data(), decimal.data() + size, number.m_integer);
    if (error != std::errc() || end != decimal.data() + size) {
        bool isRight = false;
        const double real = QByteArrayView(decimal.data(), static_cast<qsizetype>(size)).toDouble(&isRight);
        constexpr double exactLimit = 9'007'199'254'740'992.0;
        if (!isRight || !std::isfinite(real))
            return std::nullopt;
        number.m_whole = real == std::floor(real) && std::abs(real) < exactLimit;
        number.m_integer = number.m_whole ? static_cast<std::int64_t>(real) : 0;
        number.m_real = number.m_whole ? 0 : real;
    }
    const std::string_view unit = text.substr(size);
    for (std::size_t i = 0; i < std::size(units); ++i) {
        if (units[i].name == unit) {
            number.m_unit = static_cast<std::uint8_t>(i);
            return number;
        }
    }
    return std::nullopt;
}

ExpressionNumber ExpressionNumber::fromInt(std::int64_t value)
{
    ExpressionNumber number;
    number.m_integer = value;
    return number;
}

std::string ExpressionNumber::print() const
{
    std::string out;
    if (m_whole)
        out = std::to_string(m_integer);
    else
        python::appendFloatRepr(out, m_real);
    out += units[m_unit].name;
    return out;
}

Dimension ExpressionNumber::dimension() const { return units[m_unit].dimension; }

double ExpressionNumber::inUnits() const { return asReal() * units[m_unit].factor; }

double unitOfFieldName(std::string_view name, Dimension dimension)
{
    for (const NameEnding &known : nameEndings) {
        if (known.dimension == dimension && name.ends_with(known.ending))
            return known.unit;
    }
    return 1;
}

} // namespace sluice
