#include "receiver/FileWatch.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>


namespace sluice {

namespace {

class InotifyWatch final : public FileWatch
{
public:
    InotifyWatch() : m_inotify(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)), m_wake(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

    ~InotifyWatch() override
    {
        for (const int descriptor : {m_inotify, m_wake}) {
            if (descriptor >= 0)
                ::close(descriptor);
        }
    }

    void add(const std::string &directory) override
    {
        if (m_inotify < 0)
            return;
        // Where it fails, looking from time to time is what remains.
        [[maybe_unused]] const int watch =
            ::inotify_add_watch(m_inotify, directory.c_str(), names | IN_MODIFY | IN_CLOSE_WRITE | IN_ONLYDIR);
    }

    News wait(std::chrono::milliseconds most) override
    {
        // Without inotify (all instances in use) looking from time to time is what remains.
        constexpr int withoutInotify = 100;
        const int timeout = m_inotify < 0 ? std::min<int>(int(most.count()), withoutInotify) : int(most.count());
        pollfd waits[] = {{m_wake, POLLIN, 0}, {m_inotify, POLLIN, 0}};
        const int ready = ::poll(waits, m_inotify < 0 ? 1 : 2, timeout);
        if (ready <= 0)
            return {true, ready == 0};
        if (waits[0].revents) {
            std::uint64_t count = 0;
            [[maybe_unused]] const ssize_t bytes = ::read(m_wake, &count, sizeof count);
        }
        return readEvents();
    }

    void interrupt() override
    {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t bytes = ::write(m_wake, &one, sizeof one);
    }

private:
    static constexpr std::uint32_t names =
        IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB;

    News readEvents()
    {
        News news;
        alignas(inotify_event) char buffer[16 * 1024];
        ssize_t bytes;
        while (m_inotify >= 0 && (bytes = ::read(m_inotify, buffer, sizeof buffer)) > 0) {
            for (std::size_t at = 0; at < static_cast<std::size_t>(bytes);) {
                const auto *event = reinterpret_cast<const inotify_event *>(buffer + at);
                news.mayHaveGrown = true;
                news.mayHaveMoved = news.mayHaveMoved || (event->mask & (names | IN_Q_OVERFLOW | IN_IGNORED));
                at += sizeof(inotify_event) + event->len;
            }
        }
        return news;
    }

    const int m_inotify;
    const int m_wake;
};

} // namespace

std::unique_ptr<FileWatch> FileWatch::create() { return std::make_unique<InotifyWatch>(); }

} // namespace sluice
