#pragma once

#include <cstddef>

namespace sluice::systemmemory {

/// Pages straight from the system, all zero; null where it has none left. `bytes` is a multiple of the system's pages. Any thread.
std::byte *take(std::size_t bytes);

/// Back to the system at once; `bytes` as when it was taken.
void giveBack(std::byte *memory, std::size_t bytes);

} // namespace sluice::systemmemory
