#include "base/SystemMemory.h"

#include <windows.h>

namespace sluice::systemmemory {

std::byte *take(std::size_t bytes)
{
    return static_cast<std::byte *>(VirtualAlloc(nullptr, bytes, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE));
}

void giveBack(std::byte *memory, std::size_t) { VirtualFree(memory, 0, MEM_RELEASE); }

} // namespace sluice::systemmemory
