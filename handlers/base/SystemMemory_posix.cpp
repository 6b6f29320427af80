#include "base/SystemMemory.h"

#include <sys/mman.h>

namespace sluice::systemmemory {

std::byte *take(std::size_t bytes)
{
    void *memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? nullptr : static_cast<std::byte *>(memory);
}

void giveBack(std::byte *memory, std::size_t bytes) { ::munmap(memory, bytes); }

} // namespace sluice::systemmemory
