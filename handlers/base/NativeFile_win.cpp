#include "base/NativeFile.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <utility>
#include <windows.h>

namespace sluice {

namespace {

std::wstring wide(const std::string &text)
{
    const int length =
        MultiByteToWideChar(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), nullptr, 0);
    std::wstring out(static_cast<std::size_t>(length), L'\0');
    MultiByteToWideChar(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), out.data(), length);
    return out;
}

std::string narrow(const std::wstring &text)
{
    const int length = WideCharToMultiByte(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), nullptr, 0,
                                           nullptr, nullptr);
    std::string out(static_cast<std::size_t>(length), '\0');
    WideCharToMultiByte(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), out.data(), length, nullptr,
                        nullptr);
    return out;
}

std::string reason(DWORD code)
{
    wchar_t text[512];
    DWORD length = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, nullptr, code,
                                  0, text, 512, nullptr);
    while (length > 0 && (text[length - 1] <= L' ' || text[length - 1] == L'.'))
        --length;
    return length > 0 ? narrow({text, length}) : "error " + std::to_string(code);
}

Error failure(const char *what, const std::string &path, DWORD code)
{
    return Error{std::string("Cannot ") + what + " " + path + ": " + reason(code) + "."};
}

/// FILE_DISPOSITION_INFO_EX, which MinGW's headers do not have for every Windows.
struct PosixDisposition
{
    ULONG flags;
};
constexpr ULONG posixDelete = 0x1 | 0x2; // FILE_DISPOSITION_FLAG_DELETE, FILE_DISPOSITION_FLAG_POSIX_SEMANTICS
constexpr auto posixDispositionClass = static_cast<FILE_INFO_BY_HANDLE_CLASS>(21); // FileDispositionInfoEx

HANDLE handleOf(std::intptr_t handle) { return reinterpret_cast<HANDLE>(handle); }

/// Does it again where another program is in the way for a moment: a virus scanner, an indexer, a viewer.
template<typename Try>
DWORD patiently(Try attempt)
{
    constexpr int attempts = 10;
    constexpr DWORD pause = 10; // ms
    for (int i = 1;; ++i) {
        if (attempt())
            return ERROR_SUCCESS;
        const DWORD code = GetLastError();
        const bool inTheWay =
            code == ERROR_SHARING_VIOLATION || code == ERROR_ACCESS_DENIED || code == ERROR_LOCK_VIOLATION;
        if (!inTheWay || i == attempts)
            return code;
        Sleep(pause);
    }
}

constexpr DWORD shareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

std::optional<NativeFile::Identity> identityOf(HANDLE handle)
{
    BY_HANDLE_FILE_INFORMATION info;
    if (!GetFileInformationByHandle(handle, &info))
        return std::nullopt;
    return NativeFile::Identity{info.dwVolumeSerialNumber,
                                std::uint64_t{info.nFileIndexHigh} << 32 | info.nFileIndexLow};
}

/// NUL, COM1, a pipe, …, as absolute() names them.
bool isDevice(const std::string &path) { return path.starts_with("\\\\.\\"); }

} // namespace

const std::string_view NativeFile::newline = "\r\n";

NativeFile::~NativeFile()
{
    if (isOpen())
        CloseHandle(handleOf(m_handle));
}

NativeFile::NativeFile(NativeFile &&other) noexcept
    : m_handle(std::exchange(other.m_handle, closed)), m_path(std::move(other.m_path)), m_identity(other.m_identity)
{
}

NativeFile &NativeFile::operator=(NativeFile &&other) noexcept
{
    std::swap(m_handle, other.m_handle);
    std::swap(m_path, other.m_path);
    std::swap(m_identity, other.m_identity);
    return *this;
}

Result<NativeFile> NativeFile::open(const std::string &path, Mode mode)
{
    if (path.find('\0') != std::string::npos)
        return Error{"Cannot open a file whose name has a null character in it."};
    const DWORD access =
        mode == Mode::Append || mode == Mode::CreatePrivate ? FILE_APPEND_DATA | FILE_READ_ATTRIBUTES | SYNCHRONIZE : GENERIC_WRITE;
    const DWORD disposition = mode == Mode::Append     ? OPEN_ALWAYS
                              : mode == Mode::Truncate ? CREATE_ALWAYS
                                                       : CREATE_NEW;
    const HANDLE handle = CreateFileW(wide(path).c_str(), access, shareAll, nullptr, disposition,
                                      FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE)
        return failure("open", path, GetLastError());
    NativeFile file;
    file.m_handle = reinterpret_cast<std::intptr_t>(handle);
    file.m_path = path;
    file.m_identity = identityOf(handle).value_or(Identity()); // a device has none
    return file;
}

NativeFile::Written NativeFile::write(std::string_view bytes)
{
    constexpr std::size_t most = 1u << 30;
    Written written;
    while (written.bytes < bytes.size()) {
        DWORD n = 0;
        const auto length = static_cast<DWORD>(std::min(bytes.size() - written.bytes, most));
        if (!WriteFile(handleOf(m_handle), bytes.data() + written.bytes, length, &n, nullptr) || n == 0) {
            written.status = failure("write to", m_path, GetLastError());
            break;
        }
        written.bytes += n;
    }
    return written;
}

std::uint64_t NativeFile::size() const
{
    LARGE_INTEGER size;
    return GetFileSizeEx(handleOf(m_handle), &size) && size.QuadPart > 0
               ? static_cast<std::uint64_t>(size.QuadPart)
               : 0;
}

Status NativeFile::truncate(std::uint64_t size)
{
    FILE_END_OF_FILE_INFO info;
    info.EndOfFile.QuadPart = static_cast<LONGLONG>(size);
    if (!SetFileInformationByHandle(handleOf(m_handle), FileEndOfFileInfo, &info, sizeof info))
        return failure("truncate", m_path, GetLastError());
    return {};
}

bool NativeFile::isSeekable() const { return GetFileType(handleOf(m_handle)) == FILE_TYPE_DISK; }

Status NativeFile::sync()
{
    if (!FlushFileBuffers(handleOf(m_handle)) && GetLastError() != ERROR_INVALID_HANDLE)
        return failure("save", m_path, GetLastError());
    return {};
}

Status NativeFile::close()
{
    if (!isOpen())
        return {};
    if (!CloseHandle(handleOf(std::exchange(m_handle, closed))))
        return failure("close", m_path, GetLastError());
    return {};
}

namespace files {

const std::string_view separators = "/\\";
const bool ignoresCase = true;

bool exists(const std::string &path)
{
    // Whether a device has attributes differs between them; that it is there, opening it tells.
    return isDevice(path) || GetFileAttributesW(wide(path).c_str()) != INVALID_FILE_ATTRIBUTES;
}

bool isRegular(const std::string &path)
{
    if (isDevice(path)) // of which NUL has a file's attributes
        return false;
    const DWORD attributes = GetFileAttributesW(wide(path).c_str());
    return attributes != INVALID_FILE_ATTRIBUTES &&
           !(attributes & (FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_DEVICE));
}

std::optional<NativeFile::Identity> identity(const std::string &path)
{
    const HANDLE handle = CreateFileW(wide(path).c_str(), FILE_READ_ATTRIBUTES, shareAll, nullptr,
                                      OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
    if (handle == INVALID_HANDLE_VALUE)
        return std::nullopt;
    const auto identity = identityOf(handle);
    CloseHandle(handle);
    return identity;
}

Result<std::int64_t> modified(const std::string &path)
{
    WIN32_FILE_ATTRIBUTE_DATA data;
    if (!GetFileAttributesExW(wide(path).c_str(), GetFileExInfoStandard, &data))
        return failure("look at", path, GetLastError());
    // In steps of 100 ns since 1601.
    const std::int64_t ticks = static_cast<std::int64_t>(std::uint64_t{data.ftLastWriteTime.dwHighDateTime} << 32 |
                                                         data.ftLastWriteTime.dwLowDateTime);
    return ticks / 10'000'000 - 11'644'473'600;
}

Status rename(const std::string &from, const std::string &to)
{
    const std::wstring source = wide(from);
    const std::wstring target = wide(to);
    const DWORD code = patiently(
        [&] { return MoveFileExW(source.c_str(), target.c_str(), MOVEFILE_REPLACE_EXISTING) != 0; });
    if (code != ERROR_SUCCESS)
        return failure(("rename to " + to + " the file").c_str(), from, code);
    return {};
}

Status remove(const std::string &path)
{
    const std::wstring name = wide(path);
    // Where somebody still has it open, DeleteFile would leave the name there until the last one closes it.
    const HANDLE handle =
        CreateFileW(name.c_str(), DELETE, shareAll, nullptr, OPEN_EXISTING, FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
    if (handle == INVALID_HANDLE_VALUE)
        return failure("remove", path, GetLastError());
    PosixDisposition now{posixDelete};
    const bool isGone = SetFileInformationByHandle(handle, posixDispositionClass, &now, sizeof now) != 0;
    CloseHandle(handle);
    if (isGone)
        return {};
    // A file system, or a Windows before 10, that cannot do that: it has to be another's name.
    static std::atomic<unsigned> number{0};
    const std::wstring away = name + L".removed-" + std::to_wstring(GetCurrentProcessId()) + L"-" + std::to_wstring(++number);
    const bool isAway = MoveFileExW(name.c_str(), away.c_str(), 0) != 0;
    if (!DeleteFileW(isAway ? away.c_str() : name.c_str())) {
        const DWORD code = GetLastError();
        if (isAway)
            MoveFileExW(away.c_str(), name.c_str(), 0);
        return failure("remove", path, code);
    }
    return {};
}

Status makePrivateDirectory(const std::string &path)
{
    // A user's folders are the user's own here: what is made in them inherits that.
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path(wide(path)), error);
    if (error)
        return failure("make the directory", path, static_cast<DWORD>(error.value()));
    return {};
}

std::optional<std::uint64_t> freeSpace(const std::string &directory)
{
    ULARGE_INTEGER space;
    if (!GetDiskFreeSpaceExW(wide(directory).c_str(), &space, nullptr, nullptr))
        return std::nullopt;
    return space.QuadPart;
}

Result<std::vector<std::string>> names(const std::string &directory)
{
    WIN32_FIND_DATAW found;
    const HANDLE search = FindFirstFileW((wide(directory) + L"\\*").c_str(), &found);
    if (search == INVALID_HANDLE_VALUE)
        return failure("list", directory, GetLastError());
    std::vector<std::string> names;
    do {
        std::string name = narrow(found.cFileName);
        if (name != "." && name != "..")
            names.push_back(std::move(name));
    } while (FindNextFileW(search, &found));
    const DWORD code = GetLastError();
    FindClose(search);
    if (code != ERROR_NO_MORE_FILES)
        return failure("list", directory, code);
    return names;
}

PathParts split(const std::string &path)
{
    const std::size_t slash = path.find_last_of(separators);
    if (slash == std::string::npos)
        return {"", path};
    const bool root = slash == 0 || path[slash - 1] == ':';
    return {path.substr(0, root ? slash + 1 : slash), path.substr(slash + 1)};
}

std::string absolute(const std::string &path)
{
    if (path.find('\0') != std::string::npos)
        return path; // open() says it
    // Leaves \\.\NUL as it is, where std::filesystem takes the dot away.
    const std::wstring given = wide(path);
    std::wstring full(GetFullPathNameW(given.c_str(), 0, nullptr, nullptr), L'\0');
    full.resize(GetFullPathNameW(given.c_str(), static_cast<DWORD>(full.size()), full.data(), nullptr));
    return full.empty() ? path : narrow(full);
}

} // namespace files
} // namespace sluice
