#pragma once

#include "chain/SecretPlace.h"

#include <string_view>
#include <vector>

namespace sluice {

/// Visits the texts in Python code that are secrets by the names they have there: `password='x'`, `{'token': 'x'}`, the second of
/// `credentials=('user', 'x')`. The code is read, never run, and may be anything; what it looks up elsewhere by a name
/// (`os.environ['PASSWORD']`) is none. Returns it with what the visitor wants instead; all else stays as it is written.
/// `parameters` are the names of the values in an argument list, by their order; `isIni` where the code stands in an INI file, which
/// doubles each %. `path` leads to the code.
QString visitSecretsInCode(const QString &code, const std::vector<std::string_view> &parameters, bool isIni,
                           const std::vector<std::string> &path, const SecretVisitor &visit);

} // namespace sluice
