#pragma once

#include <string_view>

namespace sluice {

/// The one rule for maps whose values may be anything (headers of requests, variables of an environment): whether a value of this name is a
/// secret. Names are taken as words, whatever stands between them and however they are capitalised: Authorization, Cookie, X-Api-Key,
/// DB_PASSWORD, accessToken. What ends in "key" is one, save for keys that are known to open nothing (Idempotency-Key). In doubt it is:
/// a secret too many is kept in the key store, one too few stands in a file.
bool namesSecret(std::string_view name);

} // namespace sluice
