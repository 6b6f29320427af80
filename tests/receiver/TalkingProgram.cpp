// What WindowsProgramTest runs: it says things, or holds a file and its ears shut.
#include <windows.h>

#include <QCoreApplication>
#include <QStringList>

#include <cstdio>

namespace {

int sayArguments(const QStringList &words)
{
    for (const QString &word : words)
        std::printf("%s\n", word.toUtf8().constData());
    return 0;
}

int sayMuch(int count)
{
    for (int i = 0; i < count; ++i)
        std::fprintf(i % 2 ? stderr : stdout, "INFO:app:line %d\n", i);
    return 0;
}

[[noreturn]] void sleepForEver()
{
    for (;;)
        Sleep(1000);
}

BOOL WINAPI endAtBreak(DWORD event)
{
    if (event != CTRL_BREAK_EVENT)
        return FALSE;
    std::printf("goodbye\n");
    std::fflush(stdout);
    ExitProcess(0);
}

[[noreturn]] void hold(const QString &path)
{
    SetConsoleCtrlHandler([](DWORD) WINAPI -> BOOL { return TRUE; }, TRUE);
    CreateFileW(path.toStdWString().c_str(), GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    std::printf("held\n");
    std::fflush(stdout);
    sleepForEver();
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QStringList words = application.arguments().mid(1);
    const QString what = words.isEmpty() ? QString() : words.takeFirst();
    if (what == u"say")
        return sayArguments(words);
    if (what == u"much")
        return sayMuch(words.value(0).toInt());
    if (what == u"hold")
        hold(words.value(0));
    if (what == u"wait") {
        SetConsoleCtrlHandler(endAtBreak, TRUE);
        std::printf("ready\n");
        std::fflush(stdout);
        sleepForEver();
    }
    return 2;
}
