#include "receiver/ProgramGroup.h"

#include <QProcess>

#include <csignal>
#include <unistd.h>

namespace sluice {

ProgramGroup::ProgramGroup() = default;
ProgramGroup::~ProgramGroup() = default;

void ProgramGroup::prepare(QProcess &process)
{
    process.setChildProcessModifier([] { ::setpgid(0, 0); });
}

void ProgramGroup::setStarted(const QProcess &process) { m_id = process.processId(); }

void ProgramGroup::terminate(QProcess &)
{
    if (m_id > 0)
        ::kill(static_cast<pid_t>(-m_id), SIGTERM);
}

void ProgramGroup::kill(QProcess &process)
{
    if (m_id > 0)
        ::kill(static_cast<pid_t>(-m_id), SIGKILL);
    if (process.state() != QProcess::NotRunning)
        process.kill();
}

std::string ProgramGroup::ending(bool hasCrashed, int code)
{
    return (hasCrashed ? "was ended by signal " : "exited with ") + std::to_string(code);
}

} // namespace sluice
