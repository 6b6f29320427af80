#include "receiver/ProgramGroup.h"

#include <QProcess>

#include <cstdio>

namespace sluice::programGroup {

// Windows has no groups that a signal could be sent to; the program alone is ended.
void prepare(QProcess &) {}

void terminate(QProcess &process, std::int64_t) { process.terminate(); }

void kill(QProcess &process, std::int64_t)
{
    if (process.state() != QProcess::NotRunning)
        process.kill();
}

std::string ending(bool hasCrashed, int code)
{
    if (!hasCrashed)
        return "exited with " + std::to_string(code);
    char text[40];
    std::snprintf(text, sizeof text, "crashed with 0x%08X", static_cast<unsigned>(code));
    return text;
}

} // namespace sluice::programGroup
