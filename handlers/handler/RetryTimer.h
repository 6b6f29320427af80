#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>

namespace sluice {

/// When a connection is tried again: Python's SocketHandler.createSocket. At once after one that was open; after a
/// failure `start` seconds later, and with each further one `factor` times as long, up to `most`.
class RetryTimer
{
public:
    using Clock = std::chrono::steady_clock;

    struct Options
    {
        double start = 1;
        double factor = 2;
        double most = 30;
        /// Monotonic; for tests.
        std::function<Clock::time_point()> now = &Clock::now;
    };

    explicit RetryTimer(Options options) : m_options(std::move(options)) {}

    Clock::time_point now() const { return m_options.now(); }
    bool isDue() const { return !m_due || now() >= *m_due; }
    void succeeded() { m_due.reset(); }
    /// `began`: when the attempt did, so that its own time counts.
    void failed(Clock::time_point began)
    {
        m_period = m_due ? std::min(m_period * m_options.factor, m_options.most) : m_options.start;
        m_due = began + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(m_period));
    }

    /// Seconds from one attempt to the next.
    double period() const { return m_period; }

private:
    const Options m_options;
    double m_period = 0;
    std::optional<Clock::time_point> m_due;
};

} // namespace sluice
