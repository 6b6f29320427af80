#pragma once

#include "base/Result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace sluice {

/// Says that something is in use, to other programs and to this one, for as long as the object lives or the program
/// runs, however it ends. Movable.
class FileLock
{
public:
    ~FileLock();
    FileLock(FileLock &&other) noexcept;
    FileLock &operator=(FileLock &&other) noexcept;

    /// Makes the file, for its user only, if it is not there. Nothing if someone else holds it; does not wait.
    static Result<std::optional<FileLock>> acquire(const std::string &path);

private:
    static constexpr std::intptr_t none = -1;

    explicit FileLock(std::intptr_t handle) : m_handle(handle) {}

    std::intptr_t m_handle = none;
};

} // namespace sluice
