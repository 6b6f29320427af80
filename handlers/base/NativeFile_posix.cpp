#include "base/NativeFile.h"

#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <memory>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <utility>

namespace sluice {

namespace {

Error failure(const char *what, const std::string &path, int code)
{
    return Error{std::string("Cannot ") + what + " " + path + ": " + std::strerror(code) + "."};
}

int descriptor(std::intptr_t handle) { return static_cast<int>(handle); }

NativeFile::Identity identityFrom(const struct stat &status)
{
    return {static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino)};
}

} // namespace

const std::string_view NativeFile::newline = "\n";

NativeFile::~NativeFile()
{
    if (isOpen())
        ::close(descriptor(m_handle));
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
    int flags = O_WRONLY | O_CREAT | O_CLOEXEC;
    flags |= mode == Mode::Append ? O_APPEND : mode == Mode::Truncate ? O_TRUNC : O_EXCL;
    if (mode == Mode::CreatePrivate)
        flags |= O_APPEND;
    const mode_t permissions = mode == Mode::CreatePrivate ? 0600 : 0666;
    int handle;
    do {
        handle = ::open(path.c_str(), flags, permissions);
    } while (handle < 0 && errno == EINTR);
    if (handle < 0)
        return failure("open", path, errno);
    NativeFile file;
    file.m_handle = handle;
    file.m_path = path;
    struct stat status;
    if (::fstat(handle, &status) != 0)
        return failure("look at", path, errno);
    if (S_ISDIR(status.st_mode))
        return failure("open", path, EISDIR);
    file.m_identity = identityFrom(status);
    return file;
}

NativeFile::Written NativeFile::write(std::string_view bytes)
{
    Written written;
    while (written.bytes < bytes.size()) {
        const ssize_t n =
            ::write(descriptor(m_handle), bytes.data() + written.bytes, bytes.size() - written.bytes);
        if (n > 0) {
            written.bytes += static_cast<std::size_t>(n);
        } else if (n == 0 || errno != EINTR) {
            written.status = failure("write to", m_path, n == 0 ? EIO : errno);
            break;
        }
    }
    return written;
}

std::uint64_t NativeFile::size() const
{
    struct stat status;
    if (::fstat(descriptor(m_handle), &status) != 0 || status.st_size < 0)
        return 0;
    return static_cast<std::uint64_t>(status.st_size);
}

Status NativeFile::truncate(std::uint64_t size)
{
    if (::ftruncate(descriptor(m_handle), static_cast<off_t>(size)) != 0)
        return failure("truncate", m_path, errno);
    return {};
}

bool NativeFile::isSeekable() const { return ::lseek(descriptor(m_handle), 0, SEEK_CUR) >= 0; }

Status NativeFile::sync()
{
    // What is no file cannot be synchronised, and needs not.
    if (::fsync(descriptor(m_handle)) != 0 && errno != EINVAL && errno != EROFS)
        return failure("save", m_path, errno);
    return {};
}

Status NativeFile::close()
{
    if (!isOpen())
        return {};
    // After EINTR the descriptor is gone all the same.
    if (::close(descriptor(std::exchange(m_handle, closed))) != 0 && errno != EINTR)
        return failure("close", m_path, errno);
    return {};
}

namespace files {

const std::string_view separators = "/";
const bool ignoresCase = false;

bool exists(const std::string &path)
{
    struct stat status;
    return ::stat(path.c_str(), &status) == 0;
}

bool isRegular(const std::string &path)
{
    struct stat status;
    return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::optional<NativeFile::Identity> identity(const std::string &path)
{
    struct stat status;
    if (::stat(path.c_str(), &status) != 0)
        return std::nullopt;
    return identityFrom(status);
}

Result<std::int64_t> modified(const std::string &path)
{
    struct stat status;
    if (::stat(path.c_str(), &status) != 0)
        return failure("look at", path, errno);
    return static_cast<std::int64_t>(status.st_mtime);
}

Status rename(const std::string &from, const std::string &to)
{
    if (::rename(from.c_str(), to.c_str()) != 0)
        return failure(("rename to " + to + " the file").c_str(), from, errno);
    return {};
}

Status remove(const std::string &path)
{
    if (::unlink(path.c_str()) != 0)
        return failure("remove", path, errno);
    return {};
}

Status makePrivateDirectory(const std::string &path)
{
    if (const std::string above = split(path).directory; !above.empty() && above != path && !exists(above)) {
        if (Status status = makePrivateDirectory(above); !status)
            return status;
    }
    struct stat status;
    if (::mkdir(path.c_str(), 0700) == 0 || (errno == EEXIST && ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)))
        return {};
    return failure("make the directory", path, errno);
}

std::optional<std::uint64_t> freeSpace(const std::string &directory)
{
    struct statvfs space;
    if (::statvfs(directory.c_str(), &space) != 0)
        return std::nullopt;
    return std::uint64_t{space.f_bavail} * space.f_frsize;
}

Result<std::vector<std::string>> names(const std::string &directory)
{
    const std::unique_ptr<DIR, int (*)(DIR *)> folder(::opendir(directory.c_str()), ::closedir);
    if (!folder)
        return failure("list", directory, errno);
    std::vector<std::string> names;
    for (;;) {
        errno = 0;
        const dirent *entry = ::readdir(folder.get());
        if (!entry) {
            if (errno != 0)
                return failure("list", directory, errno);
            return names;
        }
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..")
            names.emplace_back(name);
    }
}

PathParts split(const std::string &path)
{
    const std::size_t slash = path.find_last_of('/');
    if (slash == std::string::npos)
        return {"", path};
    return {path.substr(0, slash == 0 ? 1 : slash), path.substr(slash + 1)};
}

std::string absolute(const std::string &path)
{
    std::error_code error;
    std::string text = std::filesystem::absolute(path, error).lexically_normal().string();
    if (text.size() > 1 && text.ends_with('/'))
        text.pop_back();
    return error ? path : text;
}

} // namespace files
} // namespace sluice
