#pragma once

#include "receiver/FrameWorkshop.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace sluice {

/// Decodes frames on a thread of its own, in the order they come, so that one core reads the sockets while another
/// reads the pickles. A few runs may wait; then decode() does.
class FrameDecodingThread final : public FrameWorkshop
{
public:
    explicit FrameDecodingThread(std::size_t maxFrameBytes);
    /// Decodes what waits, and ends the thread.
    ~FrameDecodingThread() override;

    /// Takes the run on. False once a sink has refused records.
    bool decode(FrameRun run) override;

private:
    void work();

    std::mutex m_mutex;
    std::condition_variable m_news;
    std::condition_variable m_room;
    std::deque<FrameRun> m_runs;
    bool m_refused = false;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace sluice
