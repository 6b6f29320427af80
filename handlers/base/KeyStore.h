#pragma once

#include "base/Result.h"

#include <atomic>
#include <map>
#include <string>
#include <vector>

/// The system's store for secrets (Secret Service or KWallet, Windows' credentials, macOS's keychain), by QtKeychain. What speaks to it is
/// a module of its own beside the program, loaded when it is first wanted: built where QtKeychain is there, and missed by nobody
/// otherwise. Names are UTF-8, and ours alone. All of it waits for the store, which may ask its user to unlock it: for threads that
/// may wait, a minute at most. Errors say nothing of a secret.
namespace sluice::keystore {

/// A sentence for whoever wants a secret where there is no module.
Status availability();

Result<std::string> read(const std::string &name);

/// What was asked for ahead: names with what the store gave for them, or why it did not.
using Answers = std::map<std::string, Result<std::string>>;

/// Reads them all. A store that does not answer is not asked again, nor is any once `isEnough`: each name has an answer then, too.
Answers read(const std::vector<std::string> &names, const std::atomic<bool> &isEnough);
/// For a name that nobody waited for longer.
Error notWaitedFor(const std::string &name);

/// In place of what has that name.
Status write(const std::string &name, const std::string &secret);
/// What is not there is gone already.
Status remove(const std::string &name);

} // namespace sluice::keystore
