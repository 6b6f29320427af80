#include "text/FormatFields.h"

#include "base/Utf8.h"
#include "format/BraceFormat.h"
#include "format/DollarFormat.h"
#include "format/FormatSpecParser.h"
#include "format/PercentItem.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr std::size_t maxWidth = 1000;

std::size_t widthOf(std::int64_t width) { return width > 0 ? std::min(std::size_t(width), maxWidth) : 0; }

/// Puts literals where they belong, in front of the first field or behind the last.
class Collector
{
public:
    explicit Collector(FormatFields &out) : m_out(out) {}

    void literal(std::string_view text) { (m_out.fields.empty() ? m_out.literal : m_out.fields.back().literal) += text; }
    void field(FormatField field) { m_out.fields.push_back(std::move(field)); }

private:
    FormatFields &m_out;
};

Status readPercent(std::string_view format, Collector out)
{
    std::size_t at = 0;
    python::PercentItem item;
    while (python::nextPercentItem(format, at, item)) {
        out.literal(item.literal);
        if (!item.error.empty())
            return Error{"The format cannot be read: " + item.error + "."};
        if (!item.hasConversion)
            continue;
        if (item.type == '%') {
            out.literal("%");
            continue;
        }
        if (!item.hasKey)
            return Error{"A field of the format has no name."};
        out.field({std::string(item.key), {}, widthOf(item.width), item.left ? '<' : '>'});
    }
    return {};
}

Status readBrace(std::string_view format, Collector out)
{
    std::size_t at = 0;
    python::BraceItem item;
    while (python::nextBraceItem(format, at, item)) {
        out.literal(item.literal);
        if (!item.error.empty())
            return Error{"The format cannot be read: " + item.error + "."};
        if (!item.hasField)
            continue;
        const std::string_view name = item.name;
        if (name.empty() || (name.front() >= '0' && name.front() <= '9') ||
            name.find_first_of(".[") != std::string_view::npos || item.specHasFields)
            return Error{"The field {" + std::string(name) + "} of the format cannot be read back."};
        FormatField field{std::string(name), {}, 0, 0};
        if (!item.spec.empty()) {
            const auto spec = python::parseSpec(item.spec, "str", U's', '<');
            if (!spec)
                return Error{"The format cannot be read: " + spec.error().text + "."};
            if (spec->width > 0 && spec->fill != " " && spec->fill != "0")
                return Error{"The field {" + std::string(name) + "} is filled with characters that cannot be told from its own."};
            field.width = widthOf(spec->width);
            field.align = spec->align;
        }
        out.field(std::move(field));
    }
    return {};
}

Status readDollar(std::string_view format, Collector out)
{
    std::size_t at = 0;
    python::DollarItem item;
    while (python::nextDollarItem(format, at, item)) {
        out.literal(item.literal);
        if (item.invalid)
            return Error{"The format has a $ that begins no field."};
        if (!item.name.empty())
            out.field({std::string(item.name), {}, 0, 0});
    }
    return {};
}

} // namespace

Result<FormatFields> FormatFields::parse(std::string_view format, Formatter::Style style)
{
    if (!utf8::isValid(format, utf8::Surrogates::Refuse))
        return Error{"The format is not UTF-8."};
    FormatFields out;
    const Status status = style == Formatter::Style::Percent ? readPercent(format, Collector(out))
                          : style == Formatter::Style::Brace ? readBrace(format, Collector(out))
                                                             : readDollar(format, Collector(out));
    if (!status)
        return status.error();
    if (out.fields.empty())
        return Error{"The format names no field."};
    constexpr std::size_t maxFields = 32;
    if (out.fields.size() > maxFields)
        return Error{"The format has more than 32 fields."};
    return out;
}

Formatter::Style FormatFields::guessStyle(std::string_view format)
{
    if (format.find("%(") != std::string_view::npos)
        return Formatter::Style::Percent;
    if (format.find("${") != std::string_view::npos)
        return Formatter::Style::Dollar;
    if (format.find('{') != std::string_view::npos)
        return Formatter::Style::Brace;
    return format.find('$') != std::string_view::npos ? Formatter::Style::Dollar : Formatter::Style::Percent;
}

} // namespace sluice
