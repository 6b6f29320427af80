#include "receiver/FileWatch.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace sluice {

namespace {

/// Says every tenth of a second that something may have happened.
class PollingWatch final : public FileWatch
{
public:
    void add(const std::string &) override {}

    News wait(std::chrono::milliseconds most) override
    {
        constexpr std::chrono::milliseconds period{100};
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, std::min(most, period), [&] { return m_interrupted; });
        m_interrupted = false;
        return {true, true};
    }

    void interrupt() override
    {
        const std::lock_guard lock(m_mutex);
        m_interrupted = true;
        m_changed.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_interrupted = false;
};

} // namespace

std::unique_ptr<FileWatch> FileWatch::create() { return std::make_unique<PollingWatch>(); }

} // namespace sluice
