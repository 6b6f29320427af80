#pragma once

#include "capture/RecordStore.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace sluice {

/// The beat on which views look at the capture: about sixty times a second while there is news, not at all
/// when there is none. The thread that appends never waits for it and posts at most one event to end a rest.
class FrameClock : public QObject
{
    Q_OBJECT

public:
    explicit FrameClock(std::shared_ptr<RecordStore> capture, QObject *parent = nullptr);
    ~FrameClock() override;

    /// Asks for a further tick: someone has changed what is to be shown, or has not finished.
    Q_INVOKABLE void request();

Q_SIGNALS:
    void tick();

private:
    struct Link;

    void beat();

    const std::shared_ptr<RecordStore> m_capture;
    std::shared_ptr<Link> m_link;
    QTimer m_timer;
    std::uint64_t m_seenRow = 0;
    std::uint64_t m_seenFirst = 0;
    std::uint64_t m_seenChanges = 0;
    bool m_requested = false;
};

} // namespace sluice
