#include "base/FileLock.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace sluice {

FileLock::~FileLock()
{
    if (m_handle != none)
        ::close(static_cast<int>(m_handle));
}

FileLock::FileLock(FileLock &&other) noexcept : m_handle(std::exchange(other.m_handle, none)) {}

FileLock &FileLock::operator=(FileLock &&other) noexcept
{
    std::swap(m_handle, other.m_handle);
    return *this;
}

Result<std::optional<FileLock>> FileLock::acquire(const std::string &path)
{
    const auto failure = [&] { return Error{"Cannot lock " + path + ": " + std::strerror(errno) + "."}; };
    const int handle = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (handle < 0)
        return failure();
    FileLock lock(handle);
    int locked;
    do {
        locked = ::flock(handle, LOCK_EX | LOCK_NB);
    } while (locked != 0 && errno == EINTR);
    if (locked == 0)
        return std::optional(std::move(lock));
    if (errno == EWOULDBLOCK)
        return std::optional<FileLock>();
    return failure();
}

} // namespace sluice
