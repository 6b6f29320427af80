#pragma once

#include "support/RunProgram.h"
#include "support/TestPaths.h"

#include <QProcess>

/// Debian's interpreter: the one in PATH may not see apt's modules.
inline constexpr const char *pythonProgram = "/usr/bin/python3";

using PythonResult = ProgramResult;

/// Runs Python with these arguments.
inline PythonResult runPythonWith(const QStringList &arguments)
{
    return runProgram(QString::fromLatin1(pythonProgram), arguments);
}

/// Runs a script of the tests (path within the source tree) and waits for it to end.
inline PythonResult runPython(const char *script, const QStringList &arguments = {},
                              const QByteArray &input = {})
{
    const QString path = sluice::test::inSource(script);
    return runProgram(QString::fromLatin1(pythonProgram), QStringList{path} + arguments, input);
}
