#include "receiver/InputFile.h"

#include <windows.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace sluice {

namespace {

std::string reasonOf(DWORD error) { return std::system_category().message(static_cast<int>(error)); }

std::wstring widened(const std::string &text)
{
    const int size = ::MultiByteToWideChar(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), nullptr, 0);
    std::wstring wide(static_cast<std::size_t>(size), L'\0');
    ::MultiByteToWideChar(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), wide.data(), size);
    return wide;
}

HANDLE handleOf(std::intptr_t handle) { return reinterpret_cast<HANDLE>(handle); }

} // namespace

Result<std::optional<InputFile>> InputFile::open(const std::string &path)
{
    // All sharing: a log that is being written, renamed or removed may be read.
    const HANDLE handle = ::CreateFileW(widened(path).c_str(), GENERIC_READ,
                                        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                                        FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE) {
        const DWORD error = ::GetLastError();
        if (error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND || error == ERROR_DELETE_PENDING)
            return std::optional<InputFile>();
        return Error{"The file " + path + " cannot be read: " + reasonOf(error) + "."};
    }
    InputFile file;
    file.m_handle = reinterpret_cast<std::intptr_t>(handle);
    BY_HANDLE_FILE_INFORMATION information;
    if (::GetFileType(handle) != FILE_TYPE_DISK || !::GetFileInformationByHandle(handle, &information))
        return Error{path + " is no file that could be followed."};
    file.m_identity = {information.dwVolumeSerialNumber,
                       std::uint64_t{information.nFileIndexHigh} << 32 | information.nFileIndexLow};
    return std::optional<InputFile>(std::move(file));
}

InputFile::InputFile(InputFile &&other) noexcept
    : m_handle(std::exchange(other.m_handle, -1)), m_identity(other.m_identity)
{
}

InputFile &InputFile::operator=(InputFile &&other) noexcept
{
    std::swap(m_handle, other.m_handle);
    std::swap(m_identity, other.m_identity);
    return *this;
}

InputFile::~InputFile()
{
    if (m_handle != -1)
        ::CloseHandle(handleOf(m_handle));
}

Result<std::size_t> InputFile::read(std::uint64_t offset, std::span<char> into) const
{
    OVERLAPPED place{};
    place.Offset = static_cast<DWORD>(offset);
    place.OffsetHigh = static_cast<DWORD>(offset >> 32);
    DWORD bytes = 0;
    const auto most = static_cast<DWORD>(std::min<std::size_t>(into.size(), 1u << 30));
    if (::ReadFile(handleOf(m_handle), into.data(), most, &bytes, &place))
        return std::size_t{bytes};
    const DWORD error = ::GetLastError();
    if (error == ERROR_HANDLE_EOF)
        return std::size_t{0};
    return Error{reasonOf(error)};
}

InputFile::Figures InputFile::figures() const
{
    BY_HANDLE_FILE_INFORMATION information;
    if (!::GetFileInformationByHandle(handleOf(m_handle), &information))
        return {};
    constexpr std::int64_t ticksTo1970 = 116'444'736'000'000'000;
    const std::int64_t ticks =
        std::int64_t{information.ftLastWriteTime.dwHighDateTime} << 32 | information.ftLastWriteTime.dwLowDateTime;
    return {std::uint64_t{information.nFileSizeHigh} << 32 | information.nFileSizeLow, (ticks - ticksTo1970) * 100};
}

} // namespace sluice
