#include "receiver/InputFile.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace sluice {

namespace {

Error unreadable(const std::string &path, int code)
{
    return Error{"The file " + path + " cannot be read: " + std::generic_category().message(code) + "."};
}

} // namespace

Result<std::optional<InputFile>> InputFile::open(const std::string &path)
{
    int handle;
    do
        handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); // a pipe without a writer would be waited for
    while (handle < 0 && errno == EINTR);
    if (handle < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return std::optional<InputFile>();
        return unreadable(path, errno);
    }
    InputFile file;
    file.m_handle = handle;
    struct stat status;
    if (::fstat(handle, &status) != 0)
        return unreadable(path, errno);
    if (S_ISDIR(status.st_mode))
        return unreadable(path, EISDIR);
    if (!S_ISREG(status.st_mode))
        return Error{path + " is no file that could be followed."};
    file.m_identity = {static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino)};
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
    if (m_handle >= 0)
        ::close(static_cast<int>(m_handle));
}

Result<std::size_t> InputFile::read(std::uint64_t offset, std::span<char> into) const
{
    for (;;) {
        const ssize_t bytes =
            ::pread(static_cast<int>(m_handle), into.data(), into.size(), static_cast<off_t>(offset));
        if (bytes >= 0)
            return static_cast<std::size_t>(bytes);
        if (errno != EINTR)
            return Error{std::generic_category().message(errno)};
    }
}

InputFile::Figures InputFile::figures() const
{
    struct stat status;
    if (::fstat(static_cast<int>(m_handle), &status) != 0 || status.st_size < 0)
        return {};
    return {static_cast<std::uint64_t>(status.st_size), Nanoseconds{status.st_mtime} * nanosecondsPerSecond};
}

} // namespace sluice
