#pragma once

#include "console/RecordFinder.h"
#include "console/RowSeeker.h"

#include <QObject>

namespace sluice {

class FindBar;
class FrameClock;
class GoToBar;
class Marks;
class NoteBar;
class RecordTable;

/// The ways through the records of a view: find, go to, from mark to mark, from error to error. It has the bars that
/// belong to them, which the view puts at its foot.
class ViewNavigator : public QObject
{
    Q_OBJECT

public:
    ViewNavigator(std::shared_ptr<const RecordStore> capture, RecordTable *table, RecordTableModel *model, Marks *marks,
                  FrameClock *clock, QObject *parent);

    FindBar *findBar() const { return m_findBar; }
    GoToBar *goToBar() const { return m_goToBar; }
    NoteBar *noteBar() const { return m_noteBar; }
    const RecordFinder &finder() const { return m_finder; }

    void openFind();
    void openGoTo();
    void findNext();
    void findPrevious();
    void nextOf(Severity lowest, Severity highest, bool backwards);
    void toggleMark();
    void nextMark(bool backwards);
    /// Of the selected record.
    void editNote();
    /// From the selected record on, differences of times are counted.
    void setReference();
    /// Goes to what someone typed.
    void goTo(const QString &text);
    /// To the first record from that time on.
    void goToTime(Nanoseconds time);
    /// After the model has read what is new.
    void refresh();

Q_SIGNALS:
    /// A sentence for the status line: why nothing happened.
    void said(const QString &sentence);

private:
    void updateCounts();
    void found(std::optional<std::uint64_t> row, const QString &otherwise);
    RowSeeker::Goal goalOf(Nanoseconds time) const;
    /// What the view shows, if it is by time.
    std::optional<ShownRows> inTime() const;
    void openNote(std::uint64_t row);
    void showNearest();

    RecordTable *const m_table;
    RecordTableModel *const m_model;
    Marks *const m_marks;
    FrameClock *const m_clock;
    RecordFinder m_finder;
    RowSeeker m_seeker;
    FindBar *m_findBar;
    GoToBar *m_goToBar;
    NoteBar *m_noteBar;
    bool m_nearestDue = false; ///< the one nearest to what is in view is to be shown
};

} // namespace sluice
