#pragma once

#include "capture/CaptureFilter.h"
#include "capture/RecordStore.h"

#include <QTime>
#include <QWidget>

#include <memory>
#include <optional>

class QStackedWidget;

namespace sluice {

class FirstRunHint;
class FollowPill;
class FrameClock;
class Notice;
class RecordTable;
class RecordTableModel;

/// A view of the capture: the table with what stands in its place when it is empty, and the pill that says
/// whether it follows. Reads the capture on the clock's ticks only.
class ConsoleView : public QWidget
{
    Q_OBJECT

public:
    ConsoleView(std::shared_ptr<RecordStore> capture, FrameClock *clock, QWidget *parent = nullptr);

    const CaptureFilter &filter() const;
    void setFilter(CaptureFilter filter);

    bool isFollowing() const;
    void setFollowing(bool following);
    /// Frozen: the view shows nothing that arrives until it is let go.
    bool isFrozen() const;
    void setFrozen(bool frozen);

    RecordTable *table() const { return m_table; }
    RecordTableModel *model() const { return m_model; }
    FirstRunHint *hint() const { return m_hint; }
    FollowPill *pill() const { return m_pill; }

Q_SIGNALS:
    void followingChanged(bool following);
    void frozenChanged(bool frozen);
    /// The reader asked to see all records again.
    void clearFilterRequested();

private:
    void tick();
    void updatePill();
    void updatePage();
    void markStop();

    FrameClock *const m_clock;
    const std::shared_ptr<RecordStore> m_capture;
    RecordTableModel *m_model;
    RecordTable *m_table;
    QStackedWidget *m_pages;
    FirstRunHint *m_hint;
    Notice *m_noMatches;
    FollowPill *m_pill;
    QTime m_stoppedAt;
    std::uint64_t m_passedAtStop = 0;
};

} // namespace sluice
