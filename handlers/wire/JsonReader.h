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

/// What bounds the reading of one JSON text.
struct JsonLimits
{
    /// Containers within containers.
    std::size_t maxDepth = 200;
    /// Members of all containers.
    std::size_t maxValues = 1'000'000;
};

/// Reads JSON into Values as Python's json.loads does: NaN and infinities are numbers, integers are of any
/// size (up to 4300 digits, as Python's), a surrogate may stand alone, of equal keys the last one counts,
/// control characters in strings are refused. https://docs.python.org/3/library/json.html
///
/// Keeps its memory between texts. Not thread-safe.
class JsonReader
{
public:
    explicit JsonReader(JsonLimits limits = {}) : m_limits(limits) {}

    /// The value of the whole text. Strings without escapes and large integers point into `json`, all else
    /// lives in `arena`. Errors name the column, in bytes from 1.
    Result<Value> read(std::string_view json, Arena &arena);

private:
    bool value(Value &out, std::size_t depth);
    bool object(Value &out, std::size_t depth);
    bool array(Value &out, std::size_t depth);
    bool string(Value &out);
    bool escape(std::string &out, std::size_t quote);
    bool codeUnit(char32_t &unit);
    bool number(Value &out);
    bool literal(std::string_view word);
    bool takes(char c);
    void skipSpace();
    bool fail(std::string sentence, std::size_t at);

    JsonLimits m_limits;
    std::string_view m_json;
    std::size_t m_at = 0;
    Arena *m_arena = nullptr;
    std::size_t m_count = 0;
    std::vector<Value> m_items;
    std::vector<Field> m_entries;
    std::string m_unescaped;
    std::string m_error;
    UniqueKeys m_keys;
};

} // namespace sluice
