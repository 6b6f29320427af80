#pragma once

#include "base/Clock.h"
#include "base/NativeFile.h"
#include "base/Result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace sluice {

/// A file that is read at places of its own while others write, rename or remove it. Not thread-safe; movable.
class InputFile
{
public:
    /// None if there is no file of that name. Fails if it cannot be read, or is none (a directory, a pipe).
    static Result<std::optional<InputFile>> open(const std::string &path);

    InputFile(InputFile &&other) noexcept;
    InputFile &operator=(InputFile &&other) noexcept;
    ~InputFile();

    /// Bytes read from `offset` on; 0 at the end.
    Result<std::size_t> read(std::uint64_t offset, std::span<char> into) const;

    struct Figures
    {
        std::uint64_t size = 0;
        Nanoseconds modified = 0;
    };
    Figures figures() const;

    /// Whom the file is, whatever it is called; asked when it was opened.
    const NativeFile::Identity &identity() const { return m_identity; }

private:
    InputFile() = default;

    std::intptr_t m_handle = -1;
    NativeFile::Identity m_identity;
};

} // namespace sluice
