#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

/// A number as people write it in an expression, with a unit of time (500ms, 1.5h) or of size (10kB, 2MiB) or
/// without. Whole numbers are exact, up to 64 bits.
class ExpressionNumber
{
public:
    enum class Dimension : std::uint8_t { None, Duration, Size };

    static std::optional<ExpressionNumber> parse(std::string_view text);
    static ExpressionNumber fromInt(std::int64_t value);

    std::string print() const;
    Dimension dimension() const;
    bool isWhole() const { return m_whole; }
    std::int64_t asInt() const { return m_integer; }
    double asReal() const { return m_whole ? static_cast<double>(m_integer) : m_real; }
    /// In seconds, or bytes.
    double inUnits() const;

    bool operator==(const ExpressionNumber &) const = default;

private:
    bool m_whole = true;
    std::int64_t m_integer = 0;
    double m_real = 0;
    std::uint8_t m_unit = 0; ///< in the table of units; 0: none
};

/// How many seconds or bytes there are to 1 of a field: by the ending of its name (`elapsed_ms`, `size_kb`).
double unitOfFieldName(std::string_view name, ExpressionNumber::Dimension dimension);

} // namespace sluice
