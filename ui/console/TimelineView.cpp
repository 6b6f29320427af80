#include "console/TimelineView.h"

#include "console/TimeAxis.h"
#include "look/Appearance.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace sluice {

namespace {

constexpr int axisPixels = 14;
constexpr int dragPixels = 4;
constexpr int notch = 120;
constexpr double zoomStep = 1.5;
constexpr std::uint64_t shortest = 1'000'000; ///< ns
constexpr std::uint64_t leastWhole = 1'000'000'000; ///< ns

Nanoseconds addSaturated(Nanoseconds time, double more)
{
    constexpr double limit = 9.2e18;
    return static_cast<Nanoseconds>(std::clamp(static_cast<double>(time) + more, -limit, limit));
}

} // namespace

TimelineView::TimelineView(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(tr("Timeline"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QRect TimelineView::plot() const { return rect().adjusted(8, 4, -8, -axisPixels); }

TimeSpan TimelineView::whole() const
{
    TimeSpan all = m_moment->whole.span();
    if (all.isEmpty() || all.length() >= leastWhole)
        return all;
    // One record is a moment in a second, and not all that there is.
    const double room = static_cast<double>(leastWhole - all.length()) / 2;
    all.begin = addSaturated(all.begin, -room);
    all.end = addSaturated(all.end, room);
    return all;
}

TimeSpan TimelineView::span() const { return m_zoomed ? *m_zoomed : whole(); }

const TimeHistogram &TimelineView::histogram() const
{
    const bool isFine = m_zoomed && m_moment->partSpan == m_zoomed;
    return isFine ? m_moment->part : m_moment->whole;
}

int TimelineView::xOf(Nanoseconds time) const
{
    const TimeSpan shown = span();
    const QRect area = plot();
    if (shown.isEmpty())
        return area.left();
    const double part = (static_cast<double>(time) - static_cast<double>(shown.begin)) /
                        static_cast<double>(shown.length());
    return area.left() + static_cast<int>(std::clamp(part * area.width(), -1e6, 1e6));
}

Nanoseconds TimelineView::timeAt(int x) const
{
    const TimeSpan shown = span();
    const double part = std::clamp(double(x - plot().left()) / std::max(1, plot().width()), 0.0, 1.0);
    return addSaturated(shown.begin, part * static_cast<double>(shown.length()));
}

void TimelineView::setMoment(std::shared_ptr<const CaptureTimeline::Moment> moment)
{
    m_moment = std::move(moment);
    if (m_moment->whole.isEmpty()) {
        m_zoomed.reset();
        m_selection.reset();
        m_cursor.reset();
    }
    updateBars();
}

void TimelineView::setPlace(std::optional<TimeSpan> place)
{
    if (place == m_place)
        return;
    m_place = place;
    update();
}

void TimelineView::setNarrowed(std::optional<TimeSpan> span)
{
    if (span == m_narrowed)
        return;
    m_narrowed = span;
    m_selection.reset();
    update();
}

void TimelineView::updateBars()
{
    const TimeSpan shown = span();
    m_bars.set(shown, histogram(), plot().width());
    setAccessibleDescription(shown.isEmpty() ? tr("No records") : TimeAxis::inWords(shown));
    update();
}

void TimelineView::paintEvent(QPaintEvent *)
{
    const Theme &theme = Appearance::theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("base"));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color("border"));
    painter.setFont(Appearance::smallFont());
    if (m_moment->whole.isEmpty()) {
        painter.setPen(theme.color("secondary"));
        painter.drawText(rect(), Qt::AlignCenter, tr("Nothing to show over time yet"));
    } else {
        paintMarks(painter);
        m_bars.paint(painter, plot(), [this](Nanoseconds time) { return xOf(time); });
        paintAxis(painter);
    }
    if (hasFocus()) {
        painter.setPen(theme.color("accent"));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -2));
    }
}

void TimelineView::paintAxis(QPainter &painter) const
{
    const Theme &theme = Appearance::theme();
    const QRect area = plot();
    const QFontMetrics metrics = painter.fontMetrics();
    const int apart = metrics.horizontalAdvance(QStringLiteral("00:00:00.000")) + 24;
    painter.fillRect(QRect(area.left(), area.bottom() + 1, area.width(), 1), theme.color("border"));
    const TimeAxis axis(span(), area.width(), apart);
    for (const TimeAxis::Tick &tick : axis.ticks()) {
        const int x = xOf(tick.time);
        painter.fillRect(QRect(x, area.bottom() + 1, 1, 4), theme.color("secondary"));
        const QRect place(x + 3, area.bottom() + 1, apart, axisPixels - 1);
        if (place.left() + metrics.horizontalAdvance(tick.words) > width())
            continue;
        painter.setPen(theme.color("secondary"));
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, tick.words);
    }
    // In zoomed sight one knows that there is more.
    if (m_zoomed) {
        const QString words = tr("double click: all");
        const QRect place = QRect(area.right() - metrics.horizontalAdvance(words) - 8, area.top() - 2,
                                  metrics.horizontalAdvance(words) + 8, metrics.height());
        painter.fillRect(place, theme.color("base"));
        painter.drawText(place, Qt::AlignCenter, words);
    }
}

void TimelineView::paintMarks(QPainter &painter) const
{
    const Theme &theme = Appearance::theme();
    const QRect area = plot();
    const auto band = [&](const TimeSpan &span, int least) {
        const int left = xOf(span.begin);
        const int right = std::max(xOf(span.end), left + least);
        return QRect(left, 0, right - left, area.bottom() + 1).intersected(rect());
    };
    if (m_selection)
        painter.fillRect(band(*m_selection, 1), theme.color("selection"));
    if (m_narrowed) {
        const QRect narrowed = band(*m_narrowed, 2);
        painter.fillRect(QRect(narrowed.left(), 0, 1, narrowed.height()), theme.color("accent"));
        painter.fillRect(QRect(narrowed.right(), 0, 1, narrowed.height()), theme.color("accent"));
    }
    if (m_hoverX >= 0) {
        if (const TimelineBars::Bar *bar = m_bars.at(timeAt(m_hoverX)))
            painter.fillRect(band(bar->span, TimelineBars::pixels), theme.color("hover"));
    }
    if (m_place) {
        QRect place = band(*m_place, 6);
        place.setHeight(3);
        painter.fillRect(place, theme.color("accent"));
    }
    if (m_cursor && hasFocus())
        painter.fillRect(QRect(xOf(*m_cursor), 0, 1, area.bottom() + 1), theme.color("text"));
}

void TimelineView::showPart(std::optional<TimeSpan> span)
{
    const TimeSpan all = whole();
    if (span && (span->isEmpty() || (span->begin <= all.begin && span->end >= all.end)))
        span.reset();
    if (span == m_zoomed)
        return;
    m_zoomed = span;
    Q_EMIT partWanted(m_zoomed, std::max(16, plot().width() / TimelineBars::pixels * 2));
    updateBars();
}

void TimelineView::zoom(double factor, Nanoseconds around)
{
    const TimeSpan shown = span();
    const TimeSpan all = whole();
    if (shown.isEmpty() || (factor < 1 && shown.length() <= shortest))
        return;
    const double before = (static_cast<double>(around) - static_cast<double>(shown.begin)) * factor;
    const double behind = (static_cast<double>(shown.end) - static_cast<double>(around)) * factor;
    showPart(TimeSpan{std::max(all.begin, addSaturated(around, -before)), std::min(all.end, addSaturated(around, behind))});
}

void TimelineView::reset()
{
    m_selection.reset();
    showPart(std::nullopt);
    update();
    Q_EMIT resetRequested();
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    event->accept();
    if (event->angleDelta().x() != 0 && m_zoomed) {
        const TimeSpan all = whole();
        double by = -double(event->angleDelta().x()) / notch * 0.1 * static_cast<double>(m_zoomed->length());
        by = std::clamp(by, double(all.begin) - double(m_zoomed->begin), double(all.end) - double(m_zoomed->end));
        showPart(TimeSpan{addSaturated(m_zoomed->begin, by), addSaturated(m_zoomed->end, by)});
    }
    m_wheel += event->angleDelta().y();
    for (; std::abs(m_wheel) >= notch; m_wheel -= m_wheel > 0 ? notch : -notch)
        zoom(m_wheel > 0 ? 1 / zoomStep : zoomStep, timeAt(event->position().toPoint().x()));
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || span().isEmpty())
        return;
    m_pressedX = event->position().toPoint().x();
    m_dragging = false;
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    m_hoverX = event->position().toPoint().x();
    if (m_pressedX && (m_dragging || std::abs(m_hoverX - *m_pressedX) >= dragPixels)) {
        m_dragging = true;
        const Nanoseconds from = timeAt(*m_pressedX);
        const Nanoseconds to = timeAt(m_hoverX);
        m_selection = TimeSpan{std::min(from, to), std::max(from, to)};
    }
    update();
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_pressedX)
        return;
    const int pressed = *std::exchange(m_pressedX, std::nullopt);
    if (std::exchange(m_dragging, false)) {
        if (m_selection && !m_selection->isEmpty())
            Q_EMIT spanChosen(*m_selection);
    } else {
        m_selection.reset();
        m_cursor = timeAt(pressed);
        Q_EMIT timeChosen(*m_cursor);
    }
    update();
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        reset();
}

void TimelineView::leaveEvent(QEvent *)
{
    m_hoverX = -1;
    update();
}

bool TimelineView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const TimelineBars::Bar *bar = span().isEmpty() ? nullptr : m_bars.at(timeAt(help->pos().x()));
        if (bar)
            QToolTip::showText(help->globalPos(), TimelineBars::inWords(*bar), this);
        else
            QToolTip::showText(help->globalPos(),
                               tr("Wheel: zoom · drag: show a stretch alone · click: go there · double click: all"), this);
        return true;
    }
    // Letters and Space that the window has as shortcuts stay its; the keys of a timeline are ours.
    if (event->type() == QEvent::ShortcutOverride) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
        case Qt::Key_Minus:
        case Qt::Key_Escape:
            event->accept();
            return true;
        default:
            break;
        }
    }
    return QWidget::event(event);
}

void TimelineView::moveCursor(int bars, bool selects)
{
    const TimeSpan shown = span();
    const double length = static_cast<double>(shown.length()) * TimelineBars::pixels / std::max(TimelineBars::pixels, plot().width());
    const Nanoseconds from = m_cursor.value_or(m_place ? m_place->begin : shown.begin);
    const Nanoseconds to =
        std::clamp(addSaturated(from, bars * length), shown.begin, std::max(shown.begin, shown.end - 1));
    if (selects) {
        if (!m_anchor)
            m_anchor = from;
        m_selection = TimeSpan{std::min(*m_anchor, to), std::max(*m_anchor, to)};
    } else {
        m_anchor.reset();
        m_selection.reset();
    }
    m_cursor = to;
    const TimelineBars::Bar *bar = m_bars.at(to);
    setAccessibleDescription(bar ? TimelineBars::inWords(*bar) : TimeAxis::inWords({to, to}) + tr(", no records"));
    update();
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    if (span().isEmpty())
        return QWidget::keyPressEvent(event);
    const bool selects = event->modifiers() & Qt::ShiftModifier;
    const int step = event->modifiers() & Qt::ControlModifier ? 10 : 1;
    constexpr int all = 1'000'000;
    switch (event->key()) {
    case Qt::Key_Left: return moveCursor(-step, selects);
    case Qt::Key_Right: return moveCursor(step, selects);
    case Qt::Key_Home: return moveCursor(-all, selects);
    case Qt::Key_End: return moveCursor(all, selects);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Up: return zoom(1 / zoomStep, m_cursor.value_or(timeAt(plot().center().x())));
    case Qt::Key_Minus:
    case Qt::Key_Down: return zoom(zoomStep, m_cursor.value_or(timeAt(plot().center().x())));
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_selection && !m_selection->isEmpty())
            Q_EMIT spanChosen(*m_selection);
        else if (m_cursor)
            Q_EMIT timeChosen(*m_cursor);
        return;
    case Qt::Key_Escape:
        m_anchor.reset();
        return reset();
    default: return QWidget::keyPressEvent(event);
    }
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (event->reason() != Qt::MouseFocusReason && !m_cursor && !span().isEmpty())
        m_cursor = m_place ? m_place->begin : span().begin;
    update();
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_zoomed)
        Q_EMIT partWanted(m_zoomed, std::max(16, plot().width() / TimelineBars::pixels * 2));
    updateBars();
}

} // namespace sluice
