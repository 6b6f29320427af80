#pragma once

#include "base/CallQueue.h"
#include "capture/CaptureTimeline.h"

#include <QObject>

#include <memory>
#include <optional>

namespace sluice {

class Marks;
class OverviewStrip;
class RecordTable;
class RecordTableModel;
class TimelineView;
class ViewNavigator;

/// Keeps the timeline of a view and the strip beside its scroll bar up to date, and goes where they say: gives the rows
/// that the view shows to the survey, and what the survey says to both. Rests while neither can be seen. For the UI thread.
class ViewSurvey : public QObject
{
    Q_OBJECT

public:
    ViewSurvey(RecordTable *table, RecordTableModel *model, ViewNavigator *navigator, Marks *marks,
               TimelineView *timeline, OverviewStrip *strip, QObject *parent);
    ~ViewSurvey() override;

    /// After the model has read what is new.
    void refresh();

private:
    void takeMoment();
    void showPlace();
    void showRows();
    void updateMatches();

    RecordTable *const m_table;
    RecordTableModel *const m_model;
    ViewNavigator *const m_navigator;
    TimelineView *const m_timeline;
    OverviewStrip *const m_strip;
    CallQueue m_news;
    std::unique_ptr<CaptureTimeline> m_survey; ///< from the first time on that someone can see it
    bool m_isShown = false;                    ///< what follows was shown to it
    std::uint64_t m_shownGeneration = 0;
    std::uint64_t m_shownFirst = 0;
    std::size_t m_shownSize = 0;
    std::shared_ptr<const CaptureTimeline::Moment> m_moment; ///< the last one of what is shown
    std::uint64_t m_stripVersion = 0;
    std::optional<TimeSpan> m_part;
    int m_steps = 1;
    QString m_foundText;
    std::size_t m_foundCount = 0;
};

} // namespace sluice
