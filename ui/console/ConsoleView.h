#pragma once

#include "capture/CaptureFilter.h"
#include "capture/RecordStore.h"
#include "console/ViewState.h"

#include <QTime>
#include <QWidget>

#include <memory>
#include <optional>

class QHBoxLayout;
class QVBoxLayout;
class QStackedWidget;

namespace sluice {

class ColumnsPanel;
class ExportBar;
class FilterChips;
class FirstRunHint;
class FollowPill;
class FrameClock;
class Highlights;
class HighlightsPanel;
class Marks;
class Notice;
class OverviewStrip;
class RecordTable;
class RecordTableModel;
class TimelineView;
class ViewNavigator;
class ViewSurvey;

/// A view of a store of records: the table with what stands in its place when it is empty, the pill that says
/// whether it follows, and the bars that open at its foot. Reads the store on the clock's ticks only.
class ConsoleView : public QWidget
{
    Q_OBJECT

public:
    ConsoleView(std::shared_ptr<RecordStore> capture, FrameClock *clock, Marks *marks, QWidget *parent = nullptr);

    /// All that is to be remembered of it, but for its place on the screen.
    ViewState state() const;
    void setState(const ViewState &state);
    /// Empty: it is called by its filter.
    void setName(const QString &name);
    QString title() const;
    /// More about what it shows, for a tooltip; empty for the live capture.
    const QString &about() const { return m_about; }
    void setAbout(const QString &about);
    /// Of the file that it shows; empty for the live capture.
    const QString &file() const { return m_file.path; }

    const CaptureFilter &filter() const;
    void setFilter(CaptureFilter filter);

    bool isFollowing() const;
    /// A frozen view that is to follow is let go.
    void setFollowing(bool following);
    /// Frozen: the view shows nothing that arrives until it is let go.
    bool isFrozen() const;
    void setFrozen(bool frozen);

    RecordTable *table() const { return m_table; }
    RecordTableModel *model() const { return m_model; }
    FirstRunHint *hint() const { return m_hint; }
    FrameClock *clock() const { return m_clock; }
    /// Shows this in place of the hint while there are no records. Takes it over.
    void setEmptyPage(QWidget *page);
    /// While the store is being filled with what was there before, that is no news.
    void setLoading(bool loading);
    /// Puts a bar below everything else. Takes it over.
    void addFoot(QWidget *bar);
    FollowPill *pill() const { return m_pill; }
    TimelineView *timeline() const { return m_timeline; }
    OverviewStrip *strip() const { return m_strip; }
    ViewNavigator *navigator() const { return m_navigator; }
    /// Made when it is first asked for.
    ExportBar *exportBar();
    FilterChips *chips() const { return m_chips; }
    const std::shared_ptr<RecordStore> &capture() const { return m_capture; }
    /// Made when it is first asked for.
    ColumnsPanel *columnsPanel();

    /// Rows in the order of their times, or as they came.
    void setByTime(bool byTime);

    /// Clock, age, difference from the row above, difference from the reference row, and again.
    void nextTimeFormat();
    void setColumnsPanelVisible(bool visible);
    /// The rules of all views, which outlive it. Call once.
    void setHighlights(Highlights *highlights);
    /// Made when it is first asked for.
    HighlightsPanel *highlightsPanel();
    void setHighlightsPanelVisible(bool visible);

Q_SIGNALS:
    void followingChanged(bool following);
    void frozenChanged(bool frozen);
    void filterChanged();
    /// Something of state() is other than before.
    void stateChanged();
    /// A sentence for the status line.
    void said(const QString &sentence);
    void menuRequested(const QPoint &globalPosition);
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
    FilterChips *m_chips;
    RecordTable *m_table;
    ViewNavigator *m_navigator;
    TimelineView *m_timeline;
    OverviewStrip *m_strip;
    ViewSurvey *m_survey;
    ExportBar *m_exportBar = nullptr;
    ColumnsPanel *m_columns = nullptr;
    QHBoxLayout *m_middle;
    QVBoxLayout *m_bars;
    Highlights *m_highlights = nullptr;
    HighlightsPanel *m_highlightsPanel = nullptr;
    QStackedWidget *m_pages;
    FirstRunHint *m_hint;
    Notice *m_noMatches;
    FollowPill *m_pill;
    QWidget *m_empty; ///< the page while there are no records
    QString m_name;
    ViewState::File m_file;
    QString m_about;
    bool m_isLoading = false;
    bool m_isSettling = false; ///< what was loaded last, or is searched for, has not all been seen yet
    QTime m_stoppedAt;
    std::uint64_t m_passedAtStop = 0;
};

} // namespace sluice
