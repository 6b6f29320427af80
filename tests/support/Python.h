#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>

#include <thread>

/// Debian's interpreter: the one in PATH may not see apt's modules.
inline constexpr const char *pythonProgram = "/usr/bin/python3";

struct PythonResult
{
    bool ok = false;
    QByteArray output;
    QByteArray errors;
};

/// Runs a program and waits for it to end. QProcess starts it from a thread of its own: the child begins in this process's
/// memory (vfork), and what it does there makes the thread sanitizer blind for the locks of the thread it came from.
inline PythonResult runProgram(const QString &program, const QStringList &arguments, const QByteArray &input = {})
{
    PythonResult result;
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

/// Runs Python with these arguments.
inline PythonResult runPythonWith(const QStringList &arguments)
{
    return runProgram(QString::fromLatin1(pythonProgram), arguments);
}

/// Runs a script of the tests (path within the source tree) and waits for it to end.
inline PythonResult runPython(const char *script, const QStringList &arguments = {},
                              const QByteArray &input = {})
{
    const QString path = QString::fromUtf8(SLUICE_SOURCE_DIR) + QLatin1Char('/') + QString::fromLatin1(script);
    return runProgram(QString::fromLatin1(pythonProgram), QStringList{path} + arguments, input);
}
