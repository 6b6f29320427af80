#pragma once

#include <cstdio>
#include <functional>

namespace sluice {

/// Whether a person sees what is written there.
bool isTerminal(std::FILE *stream);

/// Calls `interrupted`, on a thread of its own, when the program is asked to end (SIGINT, SIGTERM; Ctrl+C and closing on
/// Windows); asked a second time, the program ends at once. Call once, before other threads are started.
void onInterrupt(std::function<void()> interrupted);

} // namespace sluice
