#include "handler/EventLog.h"

#include <windows.h>

#include <filesystem>

namespace sluice {

namespace {

std::wstring wide(std::string_view text)
{
    const auto size = static_cast<int>(text.size());
    std::wstring out(static_cast<std::size_t>(MultiByteToWideChar(CP_UTF8, 0, text.data(), size, nullptr, 0)), L'\0');
    MultiByteToWideChar(CP_UTF8, 0, text.data(), size, out.data(), static_cast<int>(out.size()));
    return out;
}

std::string narrow(std::wstring_view text)
{
    const auto size = static_cast<int>(text.size());
    std::string out(
        static_cast<std::size_t>(WideCharToMultiByte(CP_UTF8, 0, text.data(), size, nullptr, 0, nullptr, nullptr)), '\0');
    WideCharToMultiByte(CP_UTF8, 0, text.data(), size, out.data(), static_cast<int>(out.size()), nullptr, nullptr);
    return out;
}

Error failure(const std::string &what, DWORD code)
{
    wchar_t text[512];
    DWORD length = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, nullptr, code, 0, text, 512,
                                  nullptr);
    while (length > 0 && (text[length - 1] <= L' ' || text[length - 1] == L'.'))
        --length;
    return Error{what + ": " + (length > 0 ? narrow({text, length}) : "error " + std::to_string(code)) + "."};
}

/// What pywin32's AddSourceToRegistry writes.
LSTATUS writeEntry(const std::string &source, const std::string &dllname, const std::string &logtype)
{
    const std::wstring path = L"SYSTEM\\CurrentControlSet\\Services\\EventLog\\" + wide(logtype) + L"\\" + wide(source);
    HKEY key = nullptr;
    LSTATUS status = RegCreateKeyExW(HKEY_LOCAL_MACHINE, path.c_str(), 0, nullptr, REG_OPTION_NON_VOLATILE, KEY_SET_VALUE,
                                     nullptr, &key, nullptr);
    if (status != ERROR_SUCCESS)
        return status;
    const std::wstring file = wide(dllname);
    status = RegSetValueExW(key, L"EventMessageFile", 0, REG_EXPAND_SZ, reinterpret_cast<const BYTE *>(file.c_str()),
                            static_cast<DWORD>((file.size() + 1) * sizeof(wchar_t)));
    constexpr DWORD types = EventLog::ErrorEvent | EventLog::WarningEvent | EventLog::InformationEvent;
    if (status == ERROR_SUCCESS)
        status = RegSetValueExW(key, L"TypesSupported", 0, REG_DWORD, reinterpret_cast<const BYTE *>(&types), sizeof types);
    RegCloseKey(key);
    return status;
}

class WindowsEventLog final : public EventLog
{
public:
    explicit WindowsEventLog(HANDLE source) : m_source(source) {}
    ~WindowsEventLog() override { DeregisterEventSource(m_source); }

    Status report(std::uint16_t type, std::uint16_t category, std::uint32_t messageId, std::string_view text) override
    {
        m_text.resize(text.size());
        m_text.resize(static_cast<std::size_t>(MultiByteToWideChar(CP_UTF8, 0, text.data(), static_cast<int>(text.size()),
                                                                   m_text.data(), static_cast<int>(m_text.size()))));
        const wchar_t *strings[] = {m_text.c_str()};
        if (!ReportEventW(m_source, type, category, messageId, nullptr, 1, 0, strings, nullptr))
            return failure("The event log did not take the record", GetLastError());
        return {};
    }

private:
    const HANDLE m_source;
    std::wstring m_text; ///< reused
};

} // namespace

Result<std::unique_ptr<EventLog>> EventLog::open(const std::string &source, const std::string &dllname,
                                                 const std::string &logtype)
{
    // Only an administrator may add a source; that of a program which is installed is there already.
    const LSTATUS entry = writeEntry(source, dllname, logtype);
    if (entry != ERROR_SUCCESS && entry != ERROR_ACCESS_DENIED)
        return failure("Cannot write the registry entry of the event source " + source, static_cast<DWORD>(entry));
    const HANDLE handle = RegisterEventSourceW(nullptr, wide(source).c_str());
    if (!handle)
        return failure("Cannot open the event log as " + source, GetLastError());
    return std::unique_ptr<EventLog>(std::make_unique<WindowsEventLog>(handle));
}

std::string EventLog::standardMessageFile()
{
    std::wstring program(32'768, L'\0');
    program.resize(GetModuleFileNameW(nullptr, program.data(), static_cast<DWORD>(program.size())));
    return narrow(std::filesystem::path(program).replace_filename(L"sluice-messages.dll").wstring());
}

} // namespace sluice
