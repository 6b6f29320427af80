#include "receiver/InterruptibleFile.h"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace sluice {

namespace {

std::string reasonOf(int error) { return std::generic_category().message(error); }

class PosixFile final : public InterruptibleFile
{
public:
    PosixFile(int file, bool owned, const int (&wake)[2])
        : m_file(file), m_owned(owned), m_wake{wake[0], wake[1]}
    {
    }

    ~PosixFile() override
    {
        if (m_owned)
            ::close(m_file);
        ::close(m_wake[0]);
        ::close(m_wake[1]);
    }

    ReadResult read(std::span<char> into) override
    {
        for (;;) {
            pollfd waits[] = {{m_file, POLLIN, 0}, {m_wake[0], POLLIN, 0}};
            if (::poll(waits, 2, -1) < 0) {
                if (errno == EINTR)
                    continue;
                return {State::Failed, 0, reasonOf(errno)};
            }
            if (m_interrupted)
                return {State::Interrupted, 0, {}};
            if (waits[0].revents & POLLNVAL)
                return {State::Failed, 0, reasonOf(EBADF)};
            if (!waits[0].revents)
                continue;
            const ssize_t bytes = ::read(m_file, into.data(), into.size());
            if (bytes > 0)
                return {State::Data, static_cast<std::size_t>(bytes), {}};
            if (bytes == 0)
                return {State::Ended, 0, {}};
            // Somebody else may have read from a shared standard input first.
            if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)
                return {State::Failed, 0, reasonOf(errno)};
        }
    }

    void interrupt() override
    {
        m_interrupted = true;
        const char byte = 0;
        // The pipe is empty before: it takes one byte without waiting.
        [[maybe_unused]] const ssize_t written = ::write(m_wake[1], &byte, 1);
    }

private:
    const int m_file;
    const bool m_owned;
    const int m_wake[2];
    std::atomic<bool> m_interrupted = false;
};

} // namespace

Result<std::unique_ptr<InterruptibleFile>> InterruptibleFile::open(const std::string &path)
{
    const bool isStandardInput = path == "-";
    int file = STDIN_FILENO;
    if (!isStandardInput) {
        do
            file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        while (file < 0 && errno == EINTR);
        if (file < 0)
            return Error{"The file " + path + " cannot be read: " + reasonOf(errno) + "."};
        struct stat status;
        if (::fstat(file, &status) == 0 && S_ISDIR(status.st_mode)) {
            ::close(file);
            return Error{"The file " + path + " cannot be read: " + reasonOf(EISDIR) + "."};
        }
    }
    int wake[2];
    if (::pipe(wake) != 0) {
        const int error = errno;
        if (!isStandardInput)
            ::close(file);
        return Error{"The file " + path + " cannot be read: " + reasonOf(error) + "."};
    }
    for (const int end : wake) // pipe2() is not everywhere
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    return std::unique_ptr<InterruptibleFile>(std::make_unique<PosixFile>(file, !isStandardInput, wake));
}

} // namespace sluice
