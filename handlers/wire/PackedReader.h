#pragma once

#include "base/FileReader.h"
#include "wire/Unpacker.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace sluice {

/// The text of a file that gzip or zstd has packed, from its beginning to its end. One that is cut off or damaged is read as
/// far as that goes. For one thread, which waits for the disk; position() is for any.
class PackedReader
{
public:
    /// By what stands at its beginning, whatever its name is.
    static bool isPacked(const FileReader &file);
    /// The first `bytes` of a file's text, packed or not; less if there is no more.
    static Result<std::string> beginning(FileReader file, std::size_t bytes);

    /// Of a file that is packed.
    explicit PackedReader(FileReader file);

    /// Fills `into`, or less at the end.
    std::size_t read(std::span<char> into);
    bool isAtEnd() const { return m_isAtEnd; }
    /// Why it ends before its end, and where, in a sentence; empty if it does not.
    const std::string &problem() const { return m_problem; }

    /// Bytes of the file that have been read, of so many.
    std::uint64_t position() const { return m_position.load(std::memory_order_relaxed); }
    std::uint64_t size() const { return m_size; }
    const FileReader &file() const { return m_file; }

private:
    void end(std::string why);

    const FileReader m_file;
    const std::uint64_t m_size;
    std::unique_ptr<Unpacker> m_unpacker;
    std::string m_buffer; ///< a piece of the file
    std::size_t m_used = 0;
    std::uint64_t m_read = 0; ///< where the next piece begins
    std::uint64_t m_made = 0;
    std::atomic<std::uint64_t> m_position{0};
    bool m_isAtEnd = false;
    std::string m_problem;
};

} // namespace sluice
