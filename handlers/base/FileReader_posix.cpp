#include "base/FileReader.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace sluice {

namespace {

Error failure(const char *what, const std::string &path, int code)
{
    return Error{std::string("Cannot ") + what + " " + path + ": " + std::strerror(code) + "."};
}

} // namespace

FileReader::~FileReader()
{
    if (isOpen())
        ::close(static_cast<int>(m_handle));
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
    if (path.find('\0') != std::string::npos)
        return Error{"Cannot open a file whose name has a null character in it."};
    int handle;
    do {
        handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    } while (handle < 0 && errno == EINTR);
    if (handle < 0)
        return failure("open", path, errno);
    FileReader file;
    file.m_handle = handle;
    file.m_path = path;
    struct stat status;
    if (::fstat(handle, &status) != 0)
        return failure("look at", path, errno);
    if (S_ISDIR(status.st_mode))
        return failure("read", path, EISDIR);
    file.m_identity = {static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino)};
    return file;
}

Result<std::size_t> FileReader::readAt(std::uint64_t offset, std::span<char> into) const
{
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t n = ::pread(static_cast<int>(m_handle), into.data() + done, into.size() - done,
                                  static_cast<off_t>(offset + done));
        if (n == 0)
            break;
        if (n > 0)
            done += static_cast<std::size_t>(n);
        else if (errno != EINTR)
            return failure("read", m_path, errno);
    }
    return done;
}

std::uint64_t FileReader::size() const
{
    struct stat status;
    if (::fstat(static_cast<int>(m_handle), &status) != 0 || status.st_size < 0)
        return 0;
    return static_cast<std::uint64_t>(status.st_size);
}

} // namespace sluice
