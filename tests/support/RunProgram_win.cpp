#include "support/RunProgram.h"
#include "support/TestPaths.h"

#include <windows.h>

#include <QDeadlineTimer>
#include <QFile>
#include <QTemporaryDir>

#include <string>

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Wine starts a program of the system around it, but gives no handle to it.
bool startOutside(const QStringList &command)
{
    QString line;
    for (QString word : command) {
        word.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
        line += QLatin1Char('"') + word + QLatin1String("\" ");
    }
    std::wstring commandLine = line.toStdWString();
    STARTUPINFOW startup{};
    startup.cb = sizeof startup;
    PROCESS_INFORMATION process{};
    return CreateProcessW(L"Z:\\bin\\sh", commandLine.data(), nullptr, nullptr, FALSE, 0, nullptr, nullptr, &startup,
                          &process);
}

} // namespace

ProgramResult runProgram(const QString &program, const QStringList &arguments, const QByteArray &input)
{
    const QTemporaryDir folder;
    QFile inputFile(folder.filePath(QStringLiteral("in")));
    if (!inputFile.open(QIODevice::WriteOnly) || inputFile.write(input) != input.size())
        return {};
    inputFile.close();
    if (!startOutside(QStringList{QStringLiteral("sh"), sluice::test::inSource("tests/windows/outside"),
                                  folder.path(), program} +
                      arguments))
        return {};
    const QString status = folder.filePath(QStringLiteral("status"));
    for (const QDeadlineTimer deadline(120000); !QFile::exists(status); Sleep(5)) {
        if (deadline.hasExpired())
            return {};
    }
    return {contentOf(status) == "0\n", contentOf(folder.filePath(QStringLiteral("out"))),
            contentOf(folder.filePath(QStringLiteral("err")))};
}
