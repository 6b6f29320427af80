#include "base/FileLock.h"

#include <filesystem>
#include <system_error>
#include <utility>
#include <windows.h>

namespace sluice {

namespace {

Error failure(const std::string &path, DWORD code)
{
    return Error{"Cannot lock " + path + ": " + std::system_category().message(static_cast<int>(code)) + "."};
}

} // namespace

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
    // A byte far behind its end is locked, so that others can still look at the file and copy it; and whoever does so for a
    // moment, a virus scanner or a backup, is not taken for its holder.
    constexpr DWORD place = 0x40000000;
    const std::filesystem::path native(std::u8string(path.begin(), path.end()));
    const HANDLE handle = CreateFileW(native.c_str(), GENERIC_READ | GENERIC_WRITE,
                                      FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_ALWAYS,
                                      FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE)
        return failure(path, GetLastError());
    FileLock lock(reinterpret_cast<std::intptr_t>(handle));
    OVERLAPPED range{};
    range.Offset = place;
    if (LockFileEx(handle, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &range))
        return std::optional(std::move(lock));
    const DWORD code = GetLastError();
    if (code == ERROR_LOCK_VIOLATION || code == ERROR_IO_PENDING)
        return std::optional<FileLock>();
    return failure(path, code);
}

} // namespace sluice
