#pragma once

#include "base/Result.h"
#include "format/RecordFields.h"
#include "record/Value.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Python's `%` operator on str.
/// https://docs.python.org/3/library/stdtypes.html#printf-style-string-formatting
namespace sluice::python {

/// One conversion of a format ("%(name)-8s"), with the literal text before it.
struct PercentItem
{
    std::string_view literal;
    bool hasConversion = false;
    bool hasKey = false;
    bool openKey = false; ///< a key began and does not end; `error` says so
    bool left = false;
    bool sign = false;
    bool blank = false;
    bool alternate = false;
    bool zero = false;
    bool widthFromArguments = false;
    bool precisionFromArguments = false;
    char type = 0; ///< 0: `error` says why there is none
    std::int64_t width = -1;
    std::int64_t precision = -1;
    std::string_view key;
    /// What is wrong with the format from here on; raised when the formatting gets here, as Python does.
    std::string error;
    bool errorTakesArgument = false;

    bool isPlain() const
    {
        return width < 0 && precision < 0 && !widthFromArguments && !precisionFromArguments;
    }
};

/// Reads on from `at`; false at the end of the format. An item with an error is the last one.
bool nextPercentItem(std::string_view format, std::size_t &at, PercentItem &item);

/// Appends `format % arguments`; on failure `out` may hold a part of it. Sentences are CPython's; that of a
/// KeyError is "KeyError: 'x'". A width or precision beyond 16 MiB is refused, as a line of that length would
/// be an attack.
Status percentFormat(std::string_view format, const Value &arguments, std::string &out);

/// A format of a Formatter, read once: `format % record.__dict__`. Immutable.
class PercentTemplate
{
public:
    PercentTemplate(std::string format, const FieldDefaults &defaults);
    PercentTemplate(const PercentTemplate &) = delete;
    PercentTemplate &operator=(const PercentTemplate &) = delete;

    /// Appends; on failure `out` may hold a part of it.
    Status format(const RecordFields &fields, std::string &out) const;

private:
    struct Piece
    {
        PercentItem item;
        FieldRef field;
        bool plainText = false;     ///< "%(name)s" without width and precision
        bool argumentsUsed = false; ///< a conversion before it has taken the only argument
    };

    std::string m_format; // items point into it
    FieldDefaults m_defaults;
    std::vector<Piece> m_pieces;
};

} // namespace sluice::python
