#include "base/PathWatch.h"

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace sluice {

namespace {

/// XFS and F2FS are not in all versions of linux/magic.h.
constexpr long xfsMagic = 0x58465342;
constexpr long f2fsMagic = long(0xF2F52010);
/// Changed by nobody but this machine, and by the names that they have here: not so over a network, in FUSE, in overlays.
constexpr std::array ownFileSystems = {long(EXT4_SUPER_MAGIC), xfsMagic, long(BTRFS_SUPER_MAGIC), f2fsMagic, long(TMPFS_MAGIC)};

/// What befalls a file or a folder itself. Its writers, and what else comes and goes beside it, are no news.
constexpr std::uint32_t news = IN_MOVE_SELF | IN_DELETE_SELF | IN_ATTRIB | IN_DONT_FOLLOW;

bool isOwn(const std::string &folder)
{
    struct statfs status;
    return statfs(folder.c_str(), &status) == 0 && std::ranges::find(ownFileSystems, long(status.f_type)) != ownFileSystems.end();
}

/// Each of "/", "/var", "/var/log" for "/var/log/app.log".
template <typename Use>
bool allFolders(const std::string &path, Use use)
{
    if (!use("/"))
        return false;
    for (std::size_t at = path.find('/', 1); at != std::string::npos; at = path.find('/', at + 1)) {
        if (!use(path.substr(0, at)))
            return false;
    }
    return true;
}

bool isPlain(const std::string &path) { return path.starts_with('/') && path.find("/../") == std::string::npos && !path.ends_with("/.."); }

} // namespace

struct PathWatch::System
{
    int poll = epoll_create1(EPOLL_CLOEXEC);
    int events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    /// Says when something is mounted: see proc(5).
    int mounts = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);

    System() = default;
    System(const System &) = delete;
    System &operator=(const System &) = delete;
    ~System()
    {
        for (const int descriptor : {poll, events, mounts}) {
            if (descriptor >= 0)
                close(descriptor);
        }
    }

    bool listen(int descriptor, std::uint32_t what) const
    {
        epoll_event event{};
        event.events = what;
        return descriptor >= 0 && epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event) == 0;
    }

    bool begin(const std::string &path) const
    {
        // The file is watched before it is asked what it is, as a link's watch would not be its file's.
        struct stat status;
        return isPlain(path) && poll >= 0 && listen(events, EPOLLIN) && listen(mounts, EPOLLPRI) &&
               allFolders(path, [this](const std::string &folder) { return isOwn(folder) && inotify_add_watch(events, folder.c_str(), news | IN_ONLYDIR) >= 0; }) &&
               inotify_add_watch(events, path.c_str(), news) >= 0 && lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
    }
};

PathWatch::PathWatch() = default;
PathWatch::~PathWatch() = default;

bool PathWatch::begin(const std::string &path)
{
    end();
    auto system = std::make_unique<System>();
    if (system->begin(path))
        m_system = std::move(system);
    return isOn();
}

void PathWatch::end() { m_system.reset(); }

bool PathWatch::isQuiet() const
{
    epoll_event event;
    return epoll_wait(m_system->poll, &event, 1, 0) == 0;
}

} // namespace sluice
