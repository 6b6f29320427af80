#include "base/BlockMemory.h"

#include "base/SystemMemory.h"

#include <algorithm>
#include <mutex>
#include <new>
#include <vector>

namespace sluice {

namespace {

/// Blocks of about a size are to fit each other's place.
constexpr std::size_t step = std::size_t{128} << 10;

struct Spare
{
    struct Piece
    {
        std::byte *memory;
        std::size_t size;
    };

    std::mutex mutex;
    std::vector<Piece> pieces;
    std::size_t bytes = 0;

    /// Never destroyed: there are blocks that end after everything else.
    static Spare &instance()
    {
        static Spare &spare = *new Spare;
        return spare;
    }
};

std::byte *takeSpare(std::size_t size)
{
    Spare &spare = Spare::instance();
    const std::lock_guard lock(spare.mutex);
    // The one that was given back last: the processor still knows it.
    const auto found = std::find_if(spare.pieces.rbegin(), spare.pieces.rend(), [size](const Spare::Piece &piece) { return piece.size == size; });
    if (found == spare.pieces.rend())
        return nullptr;
    std::byte *memory = found->memory;
    spare.pieces.erase(std::next(found).base());
    spare.bytes -= size;
    return memory;
}

bool keepSpare(std::byte *memory, std::size_t size)
{
    Spare &spare = Spare::instance();
    const std::lock_guard lock(spare.mutex);
    if (spare.bytes + size > BlockMemory::mostSpare)
        return false;
    spare.pieces.push_back({memory, size});
    spare.bytes += size;
    return true;
}

} // namespace

BlockMemory::BlockMemory(std::size_t bytes) : m_size(bytes < step ? 0 : (bytes + step - 1) / step * step)
{
    if (m_size == 0) {
        m_memory = new std::byte[bytes];
        return;
    }
    m_memory = takeSpare(m_size);
    if (!m_memory)
        m_memory = systemmemory::take(m_size);
    if (!m_memory)
        throw std::bad_alloc();
}

BlockMemory::~BlockMemory()
{
    if (m_size == 0)
        delete[] m_memory;
    else if (!keepSpare(m_memory, m_size))
        systemmemory::giveBack(m_memory, m_size);
}

std::size_t BlockMemory::spare()
{
    Spare &spare = Spare::instance();
    const std::lock_guard lock(spare.mutex);
    return spare.bytes;
}

} // namespace sluice
