#include "handler/HandlerFixtures.h"
#include "handler/NTEventLogHandler.h"
#include "record/Level.h"
#include "support/Patience.h"
#include "support/TestPaths.h"

#include <windows.h>

using namespace sluice;

namespace {

constexpr wchar_t entryPath[] = L"SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\Sluice test";

/// A value of the entry, as it stands there.
std::wstring textValue(const wchar_t *name, DWORD *type)
{
    wchar_t text[1024] = {};
    DWORD size = sizeof text;
    HKEY key = nullptr;
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, entryPath, 0, KEY_QUERY_VALUE, &key) != ERROR_SUCCESS)
        return L"<no entry>";
    const LSTATUS status = RegQueryValueExW(key, name, nullptr, type, reinterpret_cast<BYTE *>(text), &size);
    RegCloseKey(key);
    return status == ERROR_SUCCESS ? text : L"<no value>";
}

std::wstring messageText(const std::string &file, DWORD id, const wchar_t *text)
{
    const HMODULE module =
        LoadLibraryExW(QString::fromStdString(file).toStdWString().c_str(), nullptr, LOAD_LIBRARY_AS_DATAFILE);
    if (!module)
        return L"<no file>";
    wchar_t out[1024] = {};
    DWORD_PTR arguments[] = {reinterpret_cast<DWORD_PTR>(text)};
    const DWORD length =
        FormatMessageW(FORMAT_MESSAGE_FROM_HMODULE | FORMAT_MESSAGE_ARGUMENT_ARRAY, module, id, 0, out, 1024,
                       reinterpret_cast<va_list *>(arguments));
    FreeLibrary(module);
    return length ? std::wstring(out, length) : L"<no message>";
}

} // namespace

class WindowsEventLogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { RegDeleteKeyW(HKEY_LOCAL_MACHINE, entryPath); }

    void registryEntryIsThatOfPython()
    {
        NTEventLogHandler handler({"Sluice test", "%SystemRoot%\\texts.dll", "Application"});
        QVERIFY(handler.open().ok());
        DWORD type = 0;
        QCOMPARE(QString::fromStdWString(textValue(L"EventMessageFile", &type)), QStringLiteral("%SystemRoot%\\texts.dll"));
        QCOMPARE(type, DWORD(REG_EXPAND_SZ));
        DWORD types = 0;
        DWORD size = sizeof types;
        QCOMPARE(RegGetValueW(HKEY_LOCAL_MACHINE, entryPath, L"TypesSupported", RRF_RT_REG_DWORD, nullptr, &types, &size), 0);
        QCOMPARE(types, 7u);
    }

    void messageFileIsOursAndItsMessageIsTheText()
    {
        // The test stands in another folder than the programs.
        const std::string file = QDir::toNativeSeparators(test::inBin("sluice-messages.dll")).toStdString();
        QCOMPARE(QString::fromStdWString(messageText(file, 1, L"50 % of größe")).trimmed(), QStringLiteral("50 % of größe"));
        NTEventLogHandler handler({"Sluice test", "", "Application"});
        QVERIFY(handler.open().ok());
        DWORD type = 0;
        QCOMPARE(QDir::fromNativeSeparators(QString::fromStdWString(textValue(L"EventMessageFile", &type))),
                 QCoreApplication::applicationDirPath() + QStringLiteral("/sluice-messages.dll"));
    }

    // What arrives is seen by tests/windows/event-log.
    void eventsOfAllLevelsAreTaken()
    {
        NTEventLogHandler handler({"Sluice test", "", "Application"});
        test::Errors errors(handler);
        for (const int level : {10, 20, 30, 40, 50, 35})
            handler.handle(test::Records({"größe 😀 of level " + std::to_string(level)}, level).all());
        const std::string huge(100'000, 'x');
        handler.handle(test::Records({huge}, level::Error).all());
        QCOMPARE(errors.seen, std::vector<std::string>());
        QCOMPARE(handler.shortened(), 1u);
    }
};

QTEST_GUILESS_MAIN(WindowsEventLogTest)
#include "WindowsEventLogTest.moc"
