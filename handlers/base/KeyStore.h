#pragma once

#include "base/Result.h"

#include <string>

/// The system's store for secrets (Secret Service or KWallet, Windows' credentials, macOS's keychain), by QtKeychain. What speaks to it is
/// a module of its own beside the program, loaded when it is first wanted: built where QtKeychain is there, and missed by nobody
/// otherwise. Names are UTF-8, and ours alone. All of it waits for the store, which may ask its user to unlock it: for threads that
/// may wait, a minute at most. Errors say nothing of a secret.
namespace sluice::keystore {

/// A sentence for whoever wants a secret where there is no module.
Status availability();

Result<std::string> read(const std::string &name);
/// In place of what has that name.
Status write(const std::string &name, const std::string &secret);
/// What is not there is gone already.
Status remove(const std::string &name);

} // namespace sluice::keystore
