#include "handler/DesktopNotifier.h"

#include <cerrno>
#include <spawn.h>
#include <sys/wait.h>

extern char **environ;

namespace sluice {

namespace {

/// Title and text are arguments of the script and never part of it.
class ScriptNotifier final : public DesktopNotifier
{
public:
    Status show(const std::string &title, const std::string &text, bool) override
    {
        const char *const arguments[] = {
            "osascript", "-e", "on run argv",
            "-e", "display notification (item 2 of argv) with title (item 1 of argv)",
            "-e", "end run", "--", title.c_str(), text.c_str(), nullptr};
        pid_t child = 0;
        if (posix_spawn(&child, "/usr/bin/osascript", nullptr, nullptr, const_cast<char *const *>(arguments), environ) != 0)
            return Error{"The desktop shows no notification: osascript cannot be started."};
        int status = 0;
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
        if (status != 0)
            return Error{"The desktop shows no notification: osascript failed."};
        return {};
    }
};

} // namespace

Result<std::unique_ptr<DesktopNotifier>> DesktopNotifier::create()
{
    return std::unique_ptr<DesktopNotifier>(std::make_unique<ScriptNotifier>());
}

} // namespace sluice
