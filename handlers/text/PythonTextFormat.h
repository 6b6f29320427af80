#pragma once

#include "text/FormatFields.h"
#include "text/TextFormat.h"
#include "text/TimePattern.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Reads back what a logging.Formatter wrote: the inverse of a format string, in any of Python's three styles. Many other
/// programs' lines are such formats too.
///
/// Fields become what they were: asctime the time, levelname the level, numbers numbers; names that are no attributes
/// become extra fields. A text field ends where the literal behind it first stands; so "%(name)s %(message)s" takes names
/// without spaces.
class PythonTextFormat final : public TextFormat
{
public:
    struct Options
    {
        std::string name = "python";
        std::string title; ///< empty: made of the format
        std::string format;
        std::optional<std::string> datefmt; ///< none: Python's default, with milliseconds
        std::optional<Formatter::Style> style; ///< none: seen from the format
        /// For formats that are recognised: only levels that are known by name are levels, names have no spaces, and
        /// fields may be padded, which the format need not say.
        bool isLoose = false;
    };

    static Result<TextFormatPtr> create(const Options &options);

protected:
    bool read(std::string_view first, std::string_view whole, TextRecord &record) const override;
    bool beginsWhole(std::string_view line) const override;

private:
    enum class Kind : std::uint8_t {
        Text,    ///< an attribute
        Extra,   ///< a field of another name
        Integer, ///< an attribute
        Time,
        Seconds, ///< created
        Msecs,
        Level,
        LevelNumber,
        Message,
        Skip ///< what is known better from others
    };

    struct Piece
    {
        Kind kind = Kind::Extra;
        Attribute attribute = Attribute::Name;
        std::string name;
        std::string end; ///< literal behind it
        std::size_t width = 0;
        bool padsLeft = false;
        bool padsRight = false;
    };

    /// What one line says, before a record is made of it.
    struct Scan;

    explicit PythonTextFormat(const Options &options);
    Status compile(const Options &options);
    Status addPiece(const FormatField &field);
    void makeHead();
    bool scan(std::string_view line, Scan &scan) const;
    bool take(const Piece &piece, bool isLast, std::string_view line, std::size_t &at, Scan &scan) const;
    bool takeNumber(const Piece &piece, std::string_view line, std::size_t &at, Scan &scan) const;
    bool takeText(const Piece &piece, bool isLast, std::string_view line, std::size_t &at, Scan &scan) const;
    std::size_t findEnd(const Piece &piece, std::string_view line, std::size_t from) const;

    std::string m_prefix;
    std::vector<Piece> m_pieces;
    std::optional<TimePattern> m_time; ///< none: Python's default
    bool m_isLoose = false;
};

} // namespace sluice
