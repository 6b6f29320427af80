#include "receiver/UnixSocketFile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>

namespace sluice {

namespace {

constexpr int backlog = 128;

std::string systemWords() { return std::generic_category().message(errno); }

int openSocket(UnixSocketFile::Kind kind)
{
    const int fd = ::socket(AF_UNIX, kind == UnixSocketFile::Kind::Stream ? SOCK_STREAM : SOCK_DGRAM, 0);
    if (fd >= 0) {
        ::fcntl(fd, F_SETFD, FD_CLOEXEC);
        ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    }
    return fd;
}

/// Whether a socket's file was left behind by a program that has ended.
bool isAbandoned(const sockaddr_un &address, UnixSocketFile::Kind kind)
{
    const int probe = openSocket(kind);
    if (probe < 0)
        return false;
    const bool refused = ::connect(probe, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 &&
                         errno == ECONNREFUSED;
    ::close(probe);
    return refused;
}

/// The path has been found short enough.
sockaddr_un addressOf(const ListenAddress &where)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, where.path.data(), where.path.size());
    return address;
}

/// What is there must be nothing, or what a program that has ended left behind.
Status lookAt(const ListenAddress &where, UnixSocketFile::Kind kind)
{
    if (where.path.size() >= sizeof sockaddr_un().sun_path)
        return Error{"The path " + where.name + " is too long for a socket: " +
                     std::to_string(sizeof sockaddr_un().sun_path - 1) + " bytes are possible."};
    struct stat there{};
    if (::lstat(where.path.c_str(), &there) != 0)
        return {};
    if (!S_ISSOCK(there.st_mode))
        return Error{where.name + " is there already, and is no socket."};
    if (!isAbandoned(addressOf(where), kind))
        return Error{"The socket " + where.name + " is in use by another program."};
    return {};
}

class PosixSocketFile final : public UnixSocketFile
{
public:
    explicit PosixSocketFile(int fd) : m_fd(fd) {}
    ~PosixSocketFile() override
    {
        ::close(m_fd);
        struct stat now{};
        // Only ours: someone may have put another in its place.
        if (m_bound && ::lstat(m_path.c_str(), &now) == 0 && now.st_dev == m_file.st_dev &&
            now.st_ino == m_file.st_ino)
            ::unlink(m_path.c_str());
    }

    Status open(const ListenAddress &where, Kind kind)
    {
        if (Status status = lookAt(where, kind); !status)
            return status;
        const sockaddr_un address = addressOf(where);
        ::unlink(where.path.c_str());
        // Linux makes the file with these; elsewhere, and against the umask, they are set afterwards, which for
        // a stream is before anyone can connect.
        ::fchmod(m_fd, where.permissions);
        if (::bind(m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
            return Error{"The socket " + where.name + " cannot be made: " + systemWords() + "."};
        m_path = where.path;
        m_bound = ::lstat(m_path.c_str(), &m_file) == 0;
        if (::chmod(m_path.c_str(), where.permissions) != 0)
            return Error{"The permissions of the socket " + where.name + " cannot be set: " + systemWords() + "."};
        if (kind == Kind::Stream && ::listen(m_fd, backlog) != 0)
            return Error{"The socket " + where.name + " cannot be listened on: " + systemWords() + "."};
        return {};
    }

    socketio::Descriptor descriptor() const override { return m_fd; }

    Result<std::optional<socketio::Descriptor>> accept() override
    {
        using Accepted = std::optional<socketio::Descriptor>;
        for (;;) {
            const int fd = ::accept(m_fd, nullptr, nullptr);
            if (fd >= 0) {
                ::fcntl(fd, F_SETFD, FD_CLOEXEC);
                return Accepted(fd);
            }
            if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ECONNABORTED)
                return Accepted();
            if (errno != EINTR)
                return Error{"A connection could not be accepted: " + systemWords() + "."};
        }
    }

private:
    const int m_fd;
    std::string m_path;
    struct stat m_file{};
    bool m_bound = false;
};

} // namespace

Status UnixSocketFile::look(const ListenAddress &address, Kind kind)
{
    if (Status status = lookAt(address, kind); !status)
        return status;
    const std::string::size_type slash = address.path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : address.path.substr(0, slash + 1);
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return Error{"The socket " + address.name + " cannot be made: " + systemWords() + "."};
    return {};
}

Result<std::unique_ptr<UnixSocketFile>> UnixSocketFile::bind(const ListenAddress &address, Kind kind)
{
    const int fd = openSocket(kind);
    if (fd < 0)
        return Error{"The socket " + address.name + " cannot be made: " + systemWords() + "."};
    auto file = std::make_unique<PosixSocketFile>(fd);
    if (const Status status = file->open(address, kind); !status)
        return status.error();
    return std::unique_ptr<UnixSocketFile>(std::move(file));
}

} // namespace sluice
