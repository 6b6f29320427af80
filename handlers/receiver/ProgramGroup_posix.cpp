#include "receiver/ProgramGroup.h"

#include <QProcess>

#include <csignal>
#include <unistd.h>

namespace sluice::programGroup {

void prepare(QProcess &process)
{
    process.setChildProcessModifier([] { ::setpgid(0, 0); });
}

void terminate(QProcess &, std::int64_t id)
{
    if (id > 0)
        ::kill(static_cast<pid_t>(-id), SIGTERM);
}

void kill(QProcess &process, std::int64_t id)
{
    if (id > 0)
        ::kill(static_cast<pid_t>(-id), SIGKILL);
    if (process.state() != QProcess::NotRunning)
        process.kill();
}

std::string ending(bool hasCrashed, int code)
{
    return (hasCrashed ? "was ended by signal " : "exited with ") + std::to_string(code);
}

} // namespace sluice::programGroup
