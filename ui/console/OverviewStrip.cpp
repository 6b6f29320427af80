#include "console/OverviewStrip.h"

#include "console/Words.h"
#include "look/Appearance.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace sluice {

namespace {

/// Of what the filter hides among the marks of one pixel.
constexpr int mostLookedAt = 200;

} // namespace

OverviewStrip::OverviewStrip(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("overview"));
    setAccessibleName(tr("Overview of errors, warnings, marks and what was found"));
    setFixedWidth(sizeHint().width());
    setMouseTracking(true);
    setCursor(Qt::PointingHandCursor);
}

void OverviewStrip::setRows(const ShownRows &rows, const LevelStrip &levels)
{
    m_rows = rows;
    m_levels = levels;
    refresh();
}

void OverviewStrip::refresh()
{
    m_dots.clear();
    update();
}

std::pair<std::size_t, std::size_t> OverviewStrip::range(int y) const
{
    const auto pixels = static_cast<std::size_t>(std::max(1, height()));
    const auto at = static_cast<std::size_t>(std::clamp(y, 0, height() - 1));
    const std::size_t begin = at * m_rows.size() / pixels;
    return {begin, std::max(begin + 1, (at + 1) * m_rows.size() / pixels)};
}

bool OverviewStrip::hasOne(const Next &next, std::size_t begin, std::size_t end) const
{
    if (!next)
        return false;
    if (m_rows.order())
        return hasOneInTime(next, begin, end);
    std::uint64_t from = m_rows.at(begin);
    const std::uint64_t last = m_rows.at(end - 1);
    for (int i = 0; i < mostLookedAt; ++i) {
        const auto row = next(from);
        if (!row || *row > last)
            return false;
        const std::size_t place = m_rows.rows().countBelow(*row);
        if (m_rows.at(place) == *row)
            return true;
        from = m_rows.at(place);
    }
    return false;
}

bool OverviewStrip::hasOneInTime(const Next &next, std::size_t begin, std::size_t end) const
{
    const TimeOrder &order = *m_rows.order();
    for (std::size_t index = begin; index < end;) {
        const TimeOrder::Part part = order.partOf(index);
        const std::size_t stop = std::min(end, part.end);
        std::uint64_t from = m_rows.rowAt(part.isRange ? order.at(index) : part.lowest);
        const std::uint64_t last = m_rows.rowAt(part.isRange ? order.at(stop - 1) : part.highest);
        for (int i = 0; i < mostLookedAt; ++i) {
            const auto row = next(from);
            if (!row || *row > last)
                break;
            const auto place = m_rows.placeOf(*row);
            if (const auto at = place ? order.findBeside(index, *place) : std::nullopt;
                at && *at >= index && *at < stop)
                return true;
            from = *row + 1;
        }
        index = stop;
    }
    return false;
}

Severity OverviewStrip::worst(std::size_t begin, std::size_t end) const
{
    const TimeOrder *order = m_rows.order();
    if (!order)
        return m_levels.worst(m_rows.rows().firstPlace() + begin, m_rows.rows().firstPlace() + end);
    Severity worst = Severity::Debug;
    for (std::size_t index = begin; index < end && worst < Severity::Critical;) {
        const TimeOrder::Part part = order->partOf(index);
        const std::size_t stop = std::min(end, part.end);
        if (part.isRange) {
            worst = std::max(worst, m_levels.worst(order->at(index), order->at(stop - 1) + 1));
        } else if (part.worst > worst && part.worst >= Severity::Warning) {
            // The levels are known by stretches: none is worse than the worst of the part itself.
            for (; index < stop && worst < part.worst; ++index) {
                const std::uint64_t place = order->at(index);
                worst = std::max(worst, std::min(part.worst, m_levels.worst(place, place + 1)));
            }
        }
        index = stop;
    }
    return worst;
}

const OverviewStrip::Dot &OverviewStrip::dot(int y) const
{
    if (m_dots.empty()) {
        m_dots.resize(static_cast<std::size_t>(std::max(1, height())));
        // A short list has fewer rows than pixels: each row stands at its first pixel alone.
        std::size_t done = 0;
        for (std::size_t i = 0; i < m_dots.size() && m_rows.size() > 0; ++i) {
            const auto [begin, end] = range(static_cast<int>(i));
            if (end <= done)
                continue;
            done = end;
            Dot &dot = m_dots[i];
            dot.worst = worst(begin, end);
            dot.mark = hasOne(m_nextMark, begin, end);
            dot.match = hasOne(m_nextMatch, begin, end);
        }
    }
    return m_dots[static_cast<std::size_t>(std::clamp(y, 0, static_cast<int>(m_dots.size()) - 1))];
}

QString OverviewStrip::inWords(int y) const
{
    // A tick is two pixels high, and people point near it.
    QStringList parts;
    const auto any = [&](auto has) {
        for (int at = y - 2; at <= y + 2; ++at) {
            if (at >= 0 && at < height() && has(dot(at)))
                return true;
        }
        return false;
    };
    for (const Severity severity : {Severity::Critical, Severity::Error, Severity::Warning}) {
        if (any([severity](const Dot &dot) { return dot.worst == severity; }))
            parts << words::levelName(severity);
    }
    if (any([](const Dot &dot) { return dot.mark; }))
        parts << tr("marked");
    if (any([](const Dot &dot) { return dot.match; }))
        parts << tr("found");
    return parts.join(QStringLiteral(" · "));
}

void OverviewStrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Appearance::theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("window"));
    painter.fillRect(QRect(0, 0, 1, height()), theme.color("border"));
    const int right = width() - 1;
    const int middle = width() / 2;
    // What is worse is painted over its neighbours.
    for (const Severity severity : {Severity::Warning, Severity::Error, Severity::Critical}) {
        const int left = severity == Severity::Warning ? right - 4 : severity == Severity::Error ? middle : 2;
        const int high = severity == Severity::Critical ? 3 : 2;
        for (int y = 0; y < height(); ++y) {
            if (dot(y).worst == severity)
                painter.fillRect(QRect(left, y, right - left, high), theme.bar(severity));
        }
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (int y = 0; y < height(); ++y) {
        if (dot(y).match)
            painter.fillRect(QRect(2, y, 4, 1), theme.color("found"));
        if (dot(y).mark) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.color("mark"));
            const QPointF points[] = {{2.0, y - 3.0}, {7.0, y + 0.5}, {2.0, y + 4.0}};
            painter.drawConvexPolygon(points, 3);
        }
    }
}

bool OverviewStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const QString words = inWords(help->pos().y());
        QToolTip::showText(help->globalPos(),
                           words.isEmpty() ? tr("Errors, warnings, marks ▸ and what was found, over all rows") : words,
                           this);
        return true;
    }
    return QWidget::event(event);
}

void OverviewStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_rows.size() > 0) {
        // The nearest tick, if there is one near.
        int y = event->position().toPoint().y();
        for (int away = 0; away <= 3; ++away) {
            for (const int at : {y - away, y + away}) {
                if (at < 0 || at >= height())
                    continue;
                const Dot &near = dot(at);
                if (near.worst < Severity::Warning && !near.mark && !near.match)
                    continue;
                y = at;
                away = 4;
                break;
            }
        }
        Q_EMIT placeChosen(static_cast<int>(std::min(range(y).first, m_rows.size() - 1)));
    }
}

void OverviewStrip::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton && m_rows.size() > 0)
        Q_EMIT placeChosen(static_cast<int>(std::min(range(event->position().toPoint().y()).first, m_rows.size() - 1)));
}

void OverviewStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    refresh();
}

} // namespace sluice
