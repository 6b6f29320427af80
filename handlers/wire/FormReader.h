#pragma once

#include "base/Arena.h"
#include "base/Result.h"
#include "record/Value.h"
#include "wire/UniqueKeys.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Reads application/x-www-form-urlencoded, a body or the query of an address, as Python's
/// urllib.parse.parse_qsl(text, keep_blank_values=True) does, into a Dict of texts; of equal names the last one
/// counts. Keeps its memory between forms. Not thread-safe.
class FormReader
{
public:
    /// More fields than this are an error.
    static constexpr std::size_t maxFields = 1000;

    /// Names and values live in `arena`. What is not UTF-8 becomes U+FFFD.
    Result<Value> read(std::string_view form, Arena &arena);

private:
    Value decoded(std::string_view text, Arena &arena);

    std::vector<Field> m_fields;
    std::string m_text;
    UniqueKeys m_keys;
};

/// Gives the attributes of a record that came as a form their types back. CPython's HTTPHandler sends
/// str(value) of each (urlencode(record.__dict__)): "20" is the number 20 again where the attribute is a number,
/// and "None" is None where it can be. What is no attribute stays text.
///
/// The arguments of the message came as text, which nothing can be merged with: they become the field `args_text`,
/// and msg is shown as it is, or `message` if the sender's formatter has left that in the record.
class FormRecord
{
public:
    /// `form` is a Dict of texts. Text is shared with it; the members live in `arena`.
    Value read(const Value &form, Arena &arena);

private:
    std::vector<Field> m_fields;
};

} // namespace sluice
