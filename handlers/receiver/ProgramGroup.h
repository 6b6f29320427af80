#pragma once

#include <cstdint>
#include <string>

class QProcess;

namespace sluice {

/// A program with all that it starts: a process group, and on Windows a job. Used by one thread. What still runs when it goes,
/// runs on.
class ProgramGroup
{
public:
    ProgramGroup();
    ~ProgramGroup();
    ProgramGroup(const ProgramGroup &) = delete;
    ProgramGroup &operator=(const ProgramGroup &) = delete;

    /// Makes a program that has not been started yet the first of this group.
    void prepare(QProcess &process);
    /// It has been started.
    void setStarted(const QProcess &process);

    /// Asks the program, and its group where they can hear it, to end: SIGTERM; on Windows Ctrl+Break, and closing its windows.
    void terminate(QProcess &process);
    /// Ends it at once. What is left of the group is ended too, though the program itself may be gone.
    void kill(QProcess &process);

    /// How a program ended, in words behind its name: "exited with 3", "was ended by signal 9".
    static std::string ending(bool hasCrashed, int code);

private:
    std::int64_t m_id = 0; ///< of the first process
    std::intptr_t m_job = 0; ///< on Windows
};

} // namespace sluice
