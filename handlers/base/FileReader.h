#pragma once

#include "base/NativeFile.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace sluice {

/// A file that is read at any place, by any number of threads at once. It stays readable when it is renamed or
/// removed. Movable; paths are UTF-8.
class FileReader
{
public:
    FileReader() = default;
    ~FileReader();
    FileReader(FileReader &&other) noexcept;
    FileReader &operator=(FileReader &&other) noexcept;

    static Result<FileReader> open(const std::string &path);

    bool isOpen() const { return m_handle != closed; }

    /// Fills `into`, or less where the file ends. Waits for the disk.
    Result<std::size_t> readAt(std::uint64_t offset, std::span<char> into) const;

    /// As it is now.
    std::uint64_t size() const;
    NativeFile::Identity identity() const { return m_identity; }
    const std::string &path() const { return m_path; }

private:
    static constexpr std::intptr_t closed = -1;

    std::intptr_t m_handle = closed;
    std::string m_path;
    NativeFile::Identity m_identity;
};

} // namespace sluice
