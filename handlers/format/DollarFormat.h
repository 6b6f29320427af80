#pragma once

#include "base/Result.h"
#include "format/RecordFields.h"

#include <string>
#include <string_view>
#include <vector>

/// Python's string.Template. https://docs.python.org/3/library/string.html#template-strings
namespace sluice::python {

/// A literal and the placeholder behind it.
struct DollarItem
{
    std::string_view literal; ///< "$$" already taken for one
    std::string_view name;    ///< empty: none
    bool invalid = false;     ///< a "$" that begins no placeholder, at `at`
    std::size_t at = 0;
};

/// Reads on from `at`; false at the end of the format.
bool nextDollarItem(std::string_view format, std::size_t &at, DollarItem &item);

/// A format of a Formatter, read once: `Template(format).substitute(**record.__dict__)`. Immutable.
class DollarTemplate
{
public:
    DollarTemplate(std::string format, const FieldDefaults &defaults);
    DollarTemplate(const DollarTemplate &) = delete;
    DollarTemplate &operator=(const DollarTemplate &) = delete;

    /// Appends; on failure `out` may hold a part of it.
    Status format(const RecordFields &fields, std::string &out) const;

private:
    struct Piece
    {
        DollarItem item;
        FieldRef field;
    };

    std::string m_format; // items point into it
    std::vector<Piece> m_pieces;
};

} // namespace sluice::python
