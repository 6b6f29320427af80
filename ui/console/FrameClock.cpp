#include "console/FrameClock.h"

#include <QElapsedTimer>

#include <mutex>

namespace sluice {

namespace {

constexpr int frameMilliseconds = 16;

} // namespace

/// What the capture's waker holds: it may be called until after the clock is gone.
struct FrameClock::Link
{
    std::mutex mutex;
    FrameClock *clock = nullptr;
};

FrameClock::FrameClock(std::shared_ptr<RecordStore> capture, QObject *parent)
    : QObject(parent), m_capture(std::move(capture)), m_link(std::make_shared<Link>())
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &FrameClock::beat);
    m_link->clock = this;
    m_capture->setWaker([link = m_link] {
        const std::lock_guard lock(link->mutex);
        if (link->clock)
            // By name: an object that carries a function would be handed over out of the thread sanitizer's
            // sight.
            QMetaObject::invokeMethod(link->clock, "request", Qt::QueuedConnection);
    });
    m_timer.start(0);
}

FrameClock::~FrameClock()
{
    const std::lock_guard lock(m_link->mutex);
    m_link->clock = nullptr;
}

void FrameClock::request()
{
    m_requested = true;
    if (!m_timer.isActive())
        m_timer.start(frameMilliseconds);
}

void FrameClock::beat()
{
    const std::uint64_t changes = m_capture->changes();
    const RecordStore::Figures figures = m_capture->figures();
    const bool news = figures.endRow != m_seenRow || figures.firstRow != m_seenFirst ||
                      changes != m_seenChanges || m_requested;
    m_requested = false;
    m_seenRow = figures.endRow;
    m_seenFirst = figures.firstRow;
    m_seenChanges = changes;

    QElapsedTimer cost;
    cost.start();
    Q_EMIT tick();
    // A frame that is dear comes less often, so that most of the time is left for the person.
    if (news || m_requested) {
        m_timer.start(qMax(frameMilliseconds, static_cast<int>(cost.elapsed()) * 3));
        return;
    }
    m_capture->armWaker();
    // What came between the look above and the arming wakes nobody.
    if (m_capture->changes() != m_seenChanges)
        request();
}

} // namespace sluice
