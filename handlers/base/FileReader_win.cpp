#include "base/FileReader.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <windows.h>

namespace sluice {

namespace {

Error failure(const char *what, const std::string &path, DWORD code)
{
    return Error{std::string("Cannot ") + what + " " + path + ": " +
                 std::system_category().message(static_cast<int>(code)) + "."};
}

HANDLE handleOf(std::intptr_t handle) { return reinterpret_cast<HANDLE>(handle); }

} // namespace

FileReader::~FileReader()
{
    if (isOpen())
        CloseHandle(handleOf(m_handle));
}

FileReader::FileReader(FileReader &&other) noexcept
    : m_handle(std::exchange(other.m_handle, closed)), m_path(std::move(other.m_path)), m_identity(other.m_identity)
{
}

FileReader &FileReader::operator=(FileReader &&other) noexcept
{
    std::swap(m_handle, other.m_handle);
    std::swap(m_path, other.m_path);
    std::swap(m_identity, other.m_identity);
    return *this;
}

Result<FileReader> FileReader::open(const std::string &path)
{
    const std::filesystem::path native(std::u8string(path.begin(), path.end()));
    const HANDLE handle = CreateFileW(native.c_str(), GENERIC_READ,
                                      FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                                      OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE)
        return failure("open", path, GetLastError());
    FileReader file;
    file.m_handle = reinterpret_cast<std::intptr_t>(handle);
    file.m_path = path;
    BY_HANDLE_FILE_INFORMATION info;
    if (GetFileInformationByHandle(handle, &info))
        file.m_identity = {info.dwVolumeSerialNumber, std::uint64_t{info.nFileIndexHigh} << 32 | info.nFileIndexLow};
    return file;
}

Result<std::size_t> FileReader::readAt(std::uint64_t offset, std::span<char> into) const
{
    constexpr std::size_t most = 1u << 30;
    std::size_t done = 0;
    while (done < into.size()) {
        const std::uint64_t at = offset + done;
        OVERLAPPED place{};
        place.Offset = static_cast<DWORD>(at);
        place.OffsetHigh = static_cast<DWORD>(at >> 32);
        DWORD n = 0;
        const auto length = static_cast<DWORD>(std::min(into.size() - done, most));
        if (!::ReadFile(handleOf(m_handle), into.data() + done, length, &n, &place)) {
            if (GetLastError() == ERROR_HANDLE_EOF)
                break;
            return failure("read", m_path, GetLastError());
        }
        if (n == 0)
            break;
        done += n;
    }
    return done;
}

std::uint64_t FileReader::size() const
{
    LARGE_INTEGER size;
    return GetFileSizeEx(handleOf(m_handle), &size) && size.QuadPart > 0
               ? static_cast<std::uint64_t>(size.QuadPart)
               : 0;
}

} // namespace sluice
