#include "support/RunProgram.h"

ProgramResult runProgram(const QString &program, const QStringList &arguments, const QByteArray &input)
{
    return runOwnProgram(program, arguments, input);
}
