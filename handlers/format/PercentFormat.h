#pragma once

#include "base/Result.h"
#include "format/PercentItem.h"
#include "format/RecordFields.h"
#include "record/Value.h"

#include <string>
#include <string_view>
#include <vector>

/// Python's `%` operator on str.
/// https://docs.python.org/3/library/stdtypes.html#printf-style-string-formatting
namespace sluice::python {

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
