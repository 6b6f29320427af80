#include "receiver/InterruptibleFile.h"

#include <windows.h>

#include <algorithm>
#include <atomic>
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

class WindowsFile final : public InterruptibleFile
{
public:
    WindowsFile(HANDLE file, bool owned) : m_file(file), m_owned(owned) {}

    ~WindowsFile() override
    {
        if (m_owned)
            ::CloseHandle(m_file);
    }

    ReadResult read(std::span<char> into) override
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_interrupted)
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
        if (m_interrupted)
            return {State::Interrupted, 0, {}};
        if (ok)
            return bytes ? ReadResult{State::Data, bytes, {}} : ReadResult{State::Ended, 0, {}};
        if (error == ERROR_BROKEN_PIPE || error == ERROR_HANDLE_EOF)
            return {State::Ended, 0, {}};
        return {State::Failed, 0, reasonOf(error)};
    }

    void interrupt() override
    {
        std::unique_lock lock(m_mutex);
        m_interrupted = true;
        // The reader may be just about to wait, where cancelling has no effect yet: until it is out.
        while (m_reader) {
            ::CancelSynchronousIo(m_reader);
            m_idle.wait_for(lock, std::chrono::milliseconds(20));
        }
    }

private:
    const HANDLE m_file;
    const bool m_owned;
    std::mutex m_mutex;
    std::condition_variable m_idle;
    HANDLE m_reader = nullptr; ///< the thread that is in ReadFile
    std::atomic<bool> m_interrupted = false;
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
