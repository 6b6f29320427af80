#pragma once

#include "base/Result.h"
#include "record/Value.h"

#include <span>
#include <string>

namespace sluice {

/// Appends Python's urllib.parse.urlencode(fields): str() of keys and values (bytes as they are) with quote_plus, in
/// their order. Fails for text with lone surrogates; `out` is then as it was.
Status appendForm(std::span<const Field> fields, std::string &out);

} // namespace sluice
