#pragma once

#include "wire/PackedReader.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace sluice {

/// The text of a packed file, in a file without a name that is gone with its last reader, however the program ends. It
/// is unpacked step by step, and never to more than a limit, nor to more than is left of the disk. For one thread, which waits
/// for the disk; packedBytes() is for any.
class UnpackedText
{
public:
    /// `folder`: where it is unpacked to, made if it is missing; empty: the system's for what is temporary.
    static Result<std::unique_ptr<UnpackedText>> create(FileReader packed, std::string folder, std::uint64_t limit);

    /// Unpacks so many bytes more, less at the end or when it is cancelled.
    void unpack(std::uint64_t bytes, const std::atomic<bool> &cancelled);
    bool isDone() const { return m_isDone; }
    /// Why there is no more of it, in a sentence; empty if that is all.
    const std::string &problem() const { return m_problem; }

    /// Once: what reads the text that is there already.
    FileReader takeReader() { return std::move(m_reader); }
    std::uint64_t bytes() const { return m_bytes; }
    /// Behind the last line end of bytes().
    std::uint64_t wholeLines() const { return m_wholeLines; }
    std::uint64_t packedBytes() const { return m_packed.position(); }
    std::uint64_t packedTotal() const { return m_packed.size(); }

private:
    UnpackedText(FileReader packed, std::string folder, std::uint64_t limit);

    Status makeFile();
    /// What more may be unpacked; says why if it is nothing.
    std::uint64_t room();
    void end(std::string why);

    PackedReader m_packed;
    const std::string m_folder;
    const std::uint64_t m_limit;
    NativeFile m_file;
    FileReader m_reader;
    std::string m_buffer;
    std::uint64_t m_bytes = 0;
    std::uint64_t m_wholeLines = 0;
    bool m_isDone = false;
    std::string m_problem;
};

} // namespace sluice
