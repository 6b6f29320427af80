#pragma once

#include "chain/SecretPlace.h"

namespace sluice {

/// Visits the secrets in the part of a Python configuration that an Unsupported node keeps (chain/UnsupportedNodes.h): in its JSON,
/// at whatever depth, where a "cfg://" reference of that name leads to, and in the Python code that a fileConfig's arguments are. What is no
/// JSON, as while it is typed, is read as code. Returns the part with what the visitor wants instead, or as it stands if it wants nothing
/// else. `path` leads to the part.
QString visitKeptSecrets(const QString &part, const std::vector<std::string> &path, const SecretVisitor &visit);

} // namespace sluice
