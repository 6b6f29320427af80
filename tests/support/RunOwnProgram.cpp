#include "support/RunProgram.h"

#include <QProcess>

#include <thread>

/// QProcess starts it from a thread of its own: the child begins in this process's memory (vfork), and what it does there makes
/// the thread sanitizer blind for the locks of the thread it came from.
ProgramResult runOwnProgram(const QString &program, const QStringList &arguments, const QByteArray &input)
{
    ProgramResult result;
    std::thread([&] {
        QProcess process;
        process.start(program, arguments);
        process.write(input);
        process.closeWriteChannel();
        const bool ended = process.waitForFinished(120000);
        result = {ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
                  process.readAllStandardOutput(), process.readAllStandardError()};
    }).join();
    return result;
}
