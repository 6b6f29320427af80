#pragma once

#include <cstdint>
#include <string>

class QProcess;

/// What differs between systems in running a program with all that it starts.
namespace sluice::programGroup {

/// Makes a program that has not been started yet begin a group of its own, to which its children belong.
void prepare(QProcess &process);

/// Asks the program, and its group where there is one, to end.
void terminate(QProcess &process, std::int64_t id);
/// Ends it at once. What is left of the group is ended too, though the program itself may be gone.
void kill(QProcess &process, std::int64_t id);

/// How a program ended, in words behind its name: "exited with 3", "was ended by signal 9".
std::string ending(bool hasCrashed, int code);

} // namespace sluice::programGroup
