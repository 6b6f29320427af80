#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>

/// Debian's interpreter: the one in PATH may not see apt's modules.
inline constexpr const char *pythonProgram = "/usr/bin/python3";

struct PythonResult
{
    bool ok = false;
    QByteArray output;
    QByteArray errors;
};

/// Runs a script of the tests (path within the source tree) and waits for it to end.
inline PythonResult runPython(const char *script, const QStringList &arguments = {},
                              const QByteArray &input = {})
{
    QProcess process;
    process.start(
        QString::fromLatin1(pythonProgram),
        QStringList{QString::fromUtf8(SLUICE_SOURCE_DIR) + QLatin1Char('/') + QString::fromLatin1(script)} +
            arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(120000);
    return {ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
            process.readAllStandardOutput(), process.readAllStandardError()};
}
