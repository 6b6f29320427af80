#pragma once

#include "base/Arena.h"
#include "record/Value.h"
#include "wire/UniqueKeys.h"

#include <cstddef>
#include <optional>
#include <string_view>

/// What the calls written in pickles would make: a plain value where that is certain without calling
/// anything, else text that says what it was.
namespace sluice::pickleshapes {

/// A call as a pickle describes it, all parts finished.
struct Call
{
    Value callable;
    Value arguments; ///< a Tuple
    Value keywords;  ///< a Dict, or None
    std::optional<Value> state;
    std::optional<Value> items;   ///< a List of what was appended afterwards
    std::optional<Value> entries; ///< a Dict of what was set afterwards
};

/// "<global os.system>"
Value global(std::string_view path, Arena &arena);

/// The value itself, or Inert text of about `maxBytes` at most.
Value result(const Call &call, Arena &arena, UniqueKeys &keys, std::size_t maxBytes);

} // namespace sluice::pickleshapes
