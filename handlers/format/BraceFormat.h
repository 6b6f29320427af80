#pragma once

#include "base/Result.h"
#include "format/RecordFields.h"

#include <string>
#include <string_view>
#include <vector>

/// Python's str.format. https://docs.python.org/3/library/string.html#format-string-syntax
namespace sluice::python {

/// A literal and the replacement field behind it, as `string.Formatter().parse` gives them.
struct BraceItem
{
    std::string_view literal; ///< "{{" and "}}" already taken for one
    bool hasField = false;
    std::string_view name; ///< with accessors: "args[0].real"
    std::string_view spec;
    bool specHasFields = false;
    char32_t conversion = 0;
    std::string error; ///< why the format cannot be read from here on
};

/// Reads on from `at`; false at the end of the format. An item with an error is the last one.
bool nextBraceItem(std::string_view format, std::size_t &at, BraceItem &item);

/// A format of a Formatter, read once: `format.format(**record.__dict__)`. Immutable. Attributes of values go
/// as far as plain values have them (real, imag, numerator, denominator of numbers).
class BraceTemplate
{
public:
    BraceTemplate(std::string format, const FieldDefaults &defaults);
    BraceTemplate(const BraceTemplate &) = delete;
    BraceTemplate &operator=(const BraceTemplate &) = delete;

    /// Appends; on failure `out` may hold a part of it.
    Status format(const RecordFields &fields, std::string &out) const;

private:
    struct Accessor
    {
        std::string_view name;
        bool isAttribute = false;
        std::int64_t index = -1; ///< "[7]"
        std::string error;
    };
    struct Piece
    {
        BraceItem item;
        FieldRef field;
        std::string fieldError; ///< why there can be no such field
        std::vector<Accessor> accessors;
        std::vector<Piece> spec; ///< where the spec has fields of its own
    };

    /// Whether fields are numbered by themselves ("{}") or by the writer ("{0}"): a format may do one of
    /// both.
    enum class Numbering { Unknown, Automatic, Manual };

    std::vector<Piece> read(std::string_view format, int depth, Numbering &numbering, int &next) const;
    void readName(Piece &piece, Numbering &numbering, int &next) const;
    static void readAccessors(Piece &piece, std::string_view text);
    static Status format(const std::vector<Piece> &pieces, const RecordFields &fields, std::string &out);
    static Status formatField(const Piece &piece, const RecordFields &fields, std::string &out);
    static Result<Value> access(const Value &value, const Accessor &accessor, std::string &storage);

    std::string m_format; // pieces point into it
    FieldDefaults m_defaults;
    std::vector<Piece> m_pieces;
};

} // namespace sluice::python
