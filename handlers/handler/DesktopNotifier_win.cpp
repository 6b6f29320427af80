#include "handler/DesktopNotifier.h"

#include <windows.h>

#include <shellapi.h>

#include <algorithm>
#include <cwchar>

namespace sluice {

namespace {

/// Fits into one of NOTIFYICONDATA's fields.
template <std::size_t size>
void assign(wchar_t (&to)[size], const std::string &utf8)
{
    std::wstring text(utf8.size(), L'\0');
    const int length = MultiByteToWideChar(CP_UTF8, 0, utf8.data(), static_cast<int>(utf8.size()), text.data(),
                                           static_cast<int>(text.size()));
    text.resize(static_cast<std::size_t>(std::max(length, 0)));
    if (text.size() >= size)
        text.resize(size - 1);
    std::wmemcpy(to, text.c_str(), text.size() + 1);
}

/// A balloon of an icon in the notification area, which is there as long as this.
class BalloonNotifier final : public DesktopNotifier
{
public:
    BalloonNotifier()
        : m_window(CreateWindowExW(0, L"STATIC", L"Sluice", 0, 0, 0, 0, 0, HWND_MESSAGE, nullptr,
                                   GetModuleHandleW(nullptr), nullptr))
    {
    }
    ~BalloonNotifier() override
    {
        if (m_added) {
            NOTIFYICONDATAW data = icon();
            Shell_NotifyIconW(NIM_DELETE, &data);
        }
        if (m_window)
            DestroyWindow(m_window);
    }

    bool hasWindow() const { return m_window != nullptr; }

    Status show(const std::string &title, const std::string &text, bool urgent) override
    {
        NOTIFYICONDATAW data = icon();
        data.uFlags = NIF_ICON | NIF_TIP | NIF_INFO;
        data.hIcon = LoadIconW(nullptr, reinterpret_cast<LPCWSTR>(IDI_INFORMATION));
        assign(data.szTip, "Sluice");
        assign(data.szInfoTitle, title);
        assign(data.szInfo, text);
        data.dwInfoFlags = urgent ? NIIF_ERROR : NIIF_INFO;
        // After a restart of the desktop the icon is gone.
        if ((!m_added || !Shell_NotifyIconW(NIM_MODIFY, &data)) && !Shell_NotifyIconW(NIM_ADD, &data))
            return Error{"The desktop shows no notification: there is no notification area."};
        m_added = true;
        return {};
    }

private:
    NOTIFYICONDATAW icon() const
    {
        NOTIFYICONDATAW data{};
        data.cbSize = sizeof data;
        data.hWnd = m_window;
        data.uID = 1;
        return data;
    }

    const HWND m_window;
    bool m_added = false;
};

} // namespace

Result<std::unique_ptr<DesktopNotifier>> DesktopNotifier::create()
{
    auto notifier = std::make_unique<BalloonNotifier>();
    if (!notifier->hasWindow())
        return Error{"There is no desktop to show notifications on."};
    return std::unique_ptr<DesktopNotifier>(std::move(notifier));
}

} // namespace sluice
