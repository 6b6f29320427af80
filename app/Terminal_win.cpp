#include "Terminal.h"

#include <windows.h>

#include <io.h>

namespace sluice {

namespace {

std::function<void()> &interruptHandler()
{
    static std::function<void()> handler;
    return handler;
}

BOOL WINAPI onControlEvent(DWORD)
{
    static LONG times = 0;
    if (InterlockedIncrement(&times) > 1)
        return FALSE; // the default: the program ends
    interruptHandler()();
    return TRUE;
}

} // namespace

bool isTerminal(std::FILE *stream) { return _isatty(_fileno(stream)) != 0; }

void onInterrupt(std::function<void()> interrupted)
{
    interruptHandler() = std::move(interrupted);
    SetConsoleCtrlHandler(onControlEvent, TRUE);
}

} // namespace sluice
