#include "support/SystemWords.h"

#include <windows.h>

#include <shlobj.h>

namespace {

/// In the words of this version and language; those of Wine are its own.
std::string wordsFor(DWORD code)
{
    char text[512];
    DWORD length = FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, nullptr, code, 0, text,
                                  sizeof text, nullptr);
    while (length > 0 && (text[length - 1] <= ' ' || text[length - 1] == '.'))
        --length;
    return {text, length};
}

} // namespace

const bool isWindows = true;

std::string noSuchFile() { return wordsFor(ERROR_FILE_NOT_FOUND); }
std::string noSuchFolder() { return wordsFor(ERROR_PATH_NOT_FOUND); }
std::string fileExists() { return wordsFor(ERROR_FILE_EXISTS); }

bool isWine() { return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != nullptr; }
bool isAdministrator() { return IsUserAnAdmin(); }
