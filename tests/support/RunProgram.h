#pragma once

#include <QByteArray>
#include <QStringList>

struct ProgramResult
{
    bool ok = false; ///< it ended by itself, with status 0
    QByteArray output;
    QByteArray errors;
};

/// Runs a program of this build and waits for it to end, for two minutes at most.
ProgramResult runOwnProgram(const QString &program, const QStringList &arguments, const QByteArray &input = {});

/// Runs a program of the machine (under Wine: of the system around it) and waits for it to end, for two minutes at most.
ProgramResult runProgram(const QString &program, const QStringList &arguments, const QByteArray &input = {});
