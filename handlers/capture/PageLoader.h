#pragma once

#include "capture/CapturePage.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace sluice {

/// Loads pages for those who must not wait, on a thread of its own that starts when it is first asked. What was
/// asked for last comes first: a reader who scrolls on does not want what was passed.
class PageLoader
{
public:
    /// `loaded` is called by the loader's thread after each page.
    explicit PageLoader(std::function<void()> loaded) : m_loaded(std::move(loaded)) {}
    ~PageLoader();

    /// Any thread; does not wait for a disk. A page that waits already is not asked for twice.
    void request(std::shared_ptr<const CapturePage> page);

    /// Ends the thread; later requests do nothing. `loaded` is not called any more when this returns.
    void stop();

private:
    void run();

    /// More pages than a screen can show rows of.
    static constexpr std::size_t maxWaiting = 64;

    const std::function<void()> m_loaded;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::shared_ptr<const CapturePage>> m_waiting; ///< the next one at the end
    std::shared_ptr<const CapturePage> m_current;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace sluice
