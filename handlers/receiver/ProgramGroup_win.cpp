#include "receiver/ProgramGroup.h"

#include <QProcess>

#include <cstdio>
#include <windows.h>

namespace sluice {

namespace {

/// The status of what is ended here; QProcess::kill() gives the same.
constexpr UINT killed = 0xF291;

HANDLE handleOf(std::intptr_t handle) { return reinterpret_cast<HANDLE>(handle); }

/// Ctrl+Break reaches a group within the caller's console only. A program of the window has a console that nobody sees.
bool sendBreak(DWORD group)
{
    if (!AttachConsole(group)) {
        const bool hasOwn = GetLastError() == ERROR_ACCESS_DENIED; // which a program that it starts shares
        return hasOwn && GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, group);
    }
    const bool isSent = GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, group);
    FreeConsole();
    return isSent;
}

} // namespace

ProgramGroup::ProgramGroup() : m_job(reinterpret_cast<std::intptr_t>(CreateJobObjectW(nullptr, nullptr))) {}

ProgramGroup::~ProgramGroup()
{
    if (m_job)
        CloseHandle(handleOf(m_job));
}

void ProgramGroup::prepare(QProcess &process)
{
    process.setCreateProcessArgumentsModifier(
        [](QProcess::CreateProcessArguments *arguments) { arguments->flags |= CREATE_NEW_PROCESS_GROUP; });
}

void ProgramGroup::setStarted(const QProcess &process)
{
    m_id = process.processId();
    if (!m_job || m_id <= 0)
        return;
    // What it has started in the moment before this is not of the job.
    if (const HANDLE handle = OpenProcess(PROCESS_SET_QUOTA | PROCESS_TERMINATE, FALSE, static_cast<DWORD>(m_id))) {
        AssignProcessToJobObject(handleOf(m_job), handle);
        CloseHandle(handle);
    }
}

void ProgramGroup::terminate(QProcess &process)
{
    process.terminate(); // its windows
    if (m_id > 0)
        sendBreak(static_cast<DWORD>(m_id));
}

void ProgramGroup::kill(QProcess &process)
{
    if (m_job)
        TerminateJobObject(handleOf(m_job), killed);
    if (process.state() != QProcess::NotRunning)
        process.kill();
}

std::string ProgramGroup::ending(bool hasCrashed, int code)
{
    if (!hasCrashed)
        return "exited with " + std::to_string(code);
    if (static_cast<UINT>(code) == killed)
        return "was ended";
    if (static_cast<DWORD>(code) == STATUS_CONTROL_C_EXIT)
        return "was ended by Ctrl+Break";
    char text[40];
    std::snprintf(text, sizeof text, "crashed with 0x%08X", static_cast<unsigned>(code));
    return text;
}

} // namespace sluice
