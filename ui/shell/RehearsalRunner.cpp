#include "shell/RehearsalRunner.h"

namespace sluice {

RehearsalRunner::~RehearsalRunner()
{
    cancel();
    if (m_thread.joinable())
        m_thread.join();
}

void RehearsalRunner::start(CaptureRehearsalRequest request)
{
    if (m_thread.joinable())
        m_thread.join();
    m_isRunning = true;
    m_isCancelled = false;
    m_progress = 0;
    m_thread = std::thread([this, request = std::move(request)] {
        auto result = rehearseCapture(request, [this](double done) {
            m_progress.store(static_cast<int>(done * 100), std::memory_order_relaxed);
            return !m_isCancelled;
        });
        std::shared_ptr<const CaptureRehearsalReport> report;
        if (result)
            report = std::make_shared<const CaptureRehearsalReport>(std::move(*result));
        m_news.post([this, report, error = result ? QString() : QString::fromStdString(result.error().text)] {
            m_isRunning = false;
            Q_EMIT finished(report, error);
        });
    });
}

} // namespace sluice
