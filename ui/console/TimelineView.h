#pragma once

#include "capture/CaptureTimeline.h"
#include "console/TimelineBars.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace sluice {

/// When the records of a view were made: bars over time, stacked by level with the worst at the bottom, where what is
/// rare stands out. The wheel zooms around the pointer, a drag selects a stretch, a click goes there, a double click shows
/// everything again; arrows, + and −, Enter and Esc do the same.
///
/// It draws what it is given; who gives it finer steps of a stretch when partWanted() asks is not its affair.
class TimelineView : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineView(QWidget *parent = nullptr);

    void setMoment(std::shared_ptr<const CaptureTimeline::Moment> moment);
    /// From the first to the last record in view; none if none is.
    void setPlace(std::optional<TimeSpan> place);
    /// The stretch that the view is narrowed down to, which is shown as such.
    void setNarrowed(std::optional<TimeSpan> span);

    /// What is shown now: everything, or a part.
    TimeSpan span() const;
    bool isZoomed() const { return m_zoomed.has_value(); }
    std::optional<TimeSpan> selection() const { return m_selection; }
    /// Where a time stands, in pixels of this widget.
    int xOf(Nanoseconds time) const;

    QSize sizeHint() const override { return {400, 48}; }
    QSize minimumSizeHint() const override { return {100, 48}; }

Q_SIGNALS:
    /// Go to that time.
    void timeChosen(qint64 nanoseconds);
    /// Show that stretch alone.
    void spanChosen(const sluice::TimeSpan &span);
    /// Show everything again.
    void resetRequested();
    /// Only this is shown, in so many steps; none: everything.
    void partWanted(const std::optional<sluice::TimeSpan> &span, int steps);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QRect plot() const;
    Nanoseconds timeAt(int x) const;
    const TimeHistogram &histogram() const;
    /// All that is known: nothing outside has records.
    TimeSpan whole() const;
    void updateBars();
    void zoom(double factor, Nanoseconds around);
    void showPart(std::optional<TimeSpan> span);
    void moveCursor(int bars, bool selects);
    void reset();
    void paintAxis(QPainter &painter) const;
    void paintMarks(QPainter &painter) const;

    std::shared_ptr<const CaptureTimeline::Moment> m_moment = std::make_shared<CaptureTimeline::Moment>();
    std::optional<TimeSpan> m_zoomed;
    std::optional<TimeSpan> m_place;
    std::optional<TimeSpan> m_narrowed;
    std::optional<TimeSpan> m_selection;
    std::optional<Nanoseconds> m_cursor; ///< of the keyboard
    std::optional<Nanoseconds> m_anchor; ///< where a selection by keys began
    std::optional<int> m_pressedX;
    bool m_dragging = false;
    int m_wheel = 0;   ///< eighths of degrees that have not zoomed yet
    int m_hoverX = -1; ///< below 0: the pointer is elsewhere
    TimelineBars m_bars;
};

} // namespace sluice
