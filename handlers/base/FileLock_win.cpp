#include "base/FileLock.h"

#include <filesystem>
#include <system_error>
#include <utility>
#include <windows.h>

namespace sluice {

FileLock::~FileLock()
{
    if (m_handle != none)
        CloseHandle(reinterpret_cast<HANDLE>(m_handle));
}

FileLock::FileLock(FileLock &&other) noexcept : m_handle(std::exchange(other.m_handle, none)) {}

FileLock &FileLock::operator=(FileLock &&other) noexcept
{
    std::swap(m_handle, other.m_handle);
    return *this;
}

Result<std::optional<FileLock>> FileLock::acquire(const std::string &path)
{
    // Nobody else may open it while it is open here.
    const std::filesystem::path native(std::u8string(path.begin(), path.end()));
    const HANDLE handle = CreateFileW(native.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_ALWAYS,
                                      FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle != INVALID_HANDLE_VALUE)
        return std::optional(FileLock(reinterpret_cast<std::intptr_t>(handle)));
    const DWORD code = GetLastError();
    if (code == ERROR_SHARING_VIOLATION)
        return std::optional<FileLock>();
    return Error{"Cannot lock " + path + ": " + std::system_category().message(static_cast<int>(code)) + "."};
}

} // namespace sluice
