#include "receiver/InterruptibleFile.h"

#include <windows.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <system_error>

namespace sluice {

namespace {

std::string reasonOf(DWORD error) { return std::system_category().message(static_cast<int>(error)); }

std::wstring widened(const std::string &text)
{
    const int size =
        ::MultiByteToWideChar(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), nullptr, 0);
    std::wstring wide(static_cast<std::size_t>(size), L'\0');
    ::MultiByteToWideChar(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), wide.data(), size);
    return wide;
}

/// What a thread waits for beside the file, so that another can end the wait.
class Signal
{
public:
    Signal() : m_event(::CreateEventW(nullptr, TRUE, FALSE, nullptr)) {}
    ~Signal() { ::CloseHandle(m_event); }
    Signal(const Signal &) = delete;
    Signal &operator=(const Signal &) = delete;

    void set() { ::SetEvent(m_event); }
    bool isSet(DWORD milliseconds = 0) const { return ::WaitForSingleObject(m_event, milliseconds) == WAIT_OBJECT_0; }

    /// Waits for the signal or for the object, whichever comes first.
    void waitOr(HANDLE object) const
    {
        const HANDLE both[] = {m_event, object};
        ::WaitForMultipleObjects(2, both, FALSE, INFINITE);
    }

private:
    const HANDLE m_event;
};

/// Whether a key was pressed; what else a console says (sizes, focus, the mouse) is taken away, since no line comes of it.
bool keyWaits(HANDLE console)
{
    INPUT_RECORD event;
    DWORD events = 0;
    while (::PeekConsoleInputW(console, &event, 1, &events) && events > 0) {
        if (event.EventType == KEY_EVENT && event.Event.KeyEvent.bKeyDown)
            return true;
        ::ReadConsoleInputW(console, &event, 1, &events);
    }
    return false;
}

class WindowsFile final : public InterruptibleFile
{
public:
    WindowsFile(HANDLE file, bool owned) : m_file(file), m_owned(owned)
    {
        DWORD mode = 0;
        const DWORD type = ::GetFileType(file);
        m_isPipe = type == FILE_TYPE_PIPE;
        m_isConsole = type == FILE_TYPE_CHAR && ::GetConsoleMode(file, &mode);
    }

    ~WindowsFile() override
    {
        if (m_owned)
            ::CloseHandle(m_file);
    }

    ReadResult read(std::span<char> into) override
    {
        waitForInput();
        {
            const std::lock_guard lock(m_mutex);
            if (m_interrupt.isSet())
                return {State::Interrupted, 0, {}};
            m_reader = ::OpenThread(THREAD_TERMINATE, FALSE, ::GetCurrentThreadId());
        }
        DWORD bytes = 0;
        const auto size = static_cast<DWORD>(std::min<std::size_t>(into.size(), 1u << 30));
        const BOOL ok = ::ReadFile(m_file, into.data(), size, &bytes, nullptr);
        const DWORD error = ok ? ERROR_SUCCESS : ::GetLastError();
        {
            const std::lock_guard lock(m_mutex);
            ::CloseHandle(m_reader);
            m_reader = nullptr;
            m_idle.notify_all();
        }
        if (m_interrupt.isSet())
            return {State::Interrupted, 0, {}};
        if (ok)
            return bytes ? ReadResult{State::Data, bytes, {}} : ReadResult{State::Ended, 0, {}};
        if (error == ERROR_BROKEN_PIPE || error == ERROR_HANDLE_EOF)
            return {State::Ended, 0, {}};
        return {State::Failed, 0, reasonOf(error)};
    }

    void interrupt() override
    {
        m_interrupt.set();
        std::unique_lock lock(m_mutex);
        // The reader may be just about to wait, where cancelling has no effect yet: until it is out.
        while (m_reader) {
            ::CancelSynchronousIo(m_reader);
            m_idle.wait_for(lock, std::chrono::milliseconds(20));
        }
    }

private:
    /// Until reading a pipe or a console gives something, or tells why not, or interrupt() is called. The handle of a pipe is
    /// no object to wait for; it is asked every few milliseconds while it is quiet.
    void waitForInput()
    {
        constexpr DWORD longestPause = 16; // ms
        DWORD available = 0;
        for (DWORD pause = 0; m_isPipe && !m_interrupt.isSet(pause);
             pause = std::clamp<DWORD>(pause * 2, 1, longestPause)) {
            if (!::PeekNamedPipe(m_file, nullptr, 0, nullptr, &available, nullptr) || available > 0)
                return;
        }
        while (m_isConsole && !m_interrupt.isSet() && !keyWaits(m_file))
            m_interrupt.waitOr(m_file);
    }

    const HANDLE m_file;
    const bool m_owned;
    bool m_isPipe;
    bool m_isConsole;
    Signal m_interrupt;
    std::mutex m_mutex;
    std::condition_variable m_idle;
    HANDLE m_reader = nullptr; ///< the thread that is in ReadFile: of a console it stays there until the line is whole
};

} // namespace

Result<std::unique_ptr<InterruptibleFile>> InterruptibleFile::open(const std::string &path)
{
    if (path == "-")
        return std::unique_ptr<InterruptibleFile>(
            std::make_unique<WindowsFile>(::GetStdHandle(STD_INPUT_HANDLE), false));
    // All sharing: a log that is being written, renamed or removed may be read.
    const HANDLE file = ::CreateFileW(widened(path).c_str(), GENERIC_READ,
                                      FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                                      OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, nullptr);
    if (file == INVALID_HANDLE_VALUE)
        return Error{"The file " + path + " cannot be read: " + reasonOf(::GetLastError()) + "."};
    return std::unique_ptr<InterruptibleFile>(std::make_unique<WindowsFile>(file, true));
}

} // namespace sluice
