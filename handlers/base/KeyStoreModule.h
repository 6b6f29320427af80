#pragma once

/// What the module sluice-keystore exports: C, so that it is found by name. Each returns null, or an error as UTF-8 that lives until the
/// next call of the thread.
extern "C" {

using SluiceKeyStoreTake = void (*)(void *context, const char *secret, unsigned long size);
using SluiceKeyStoreRead = const char *(*)(const char *name, SluiceKeyStoreTake take, void *context);
using SluiceKeyStoreWrite = const char *(*)(const char *name, const char *secret);
using SluiceKeyStoreRemove = const char *(*)(const char *name);
}

namespace sluice {

/// Its error, word for word, where the store has not answered in time.
inline constexpr char keyStoreSilent[] = "it does not answer";

inline constexpr char keyStoreRead[] = "sluiceKeyStoreRead";
inline constexpr char keyStoreWrite[] = "sluiceKeyStoreWrite";
inline constexpr char keyStoreRemove[] = "sluiceKeyStoreRemove";

} // namespace sluice
