#include "shell/TabWay.h"

#include <QApplication>
#include <QStyleHints>
#include <QWidget>

#include <algorithm>
#include <vector>

namespace sluice {

namespace {

/// Whether two that stand in one widget stand beside each other rather than below.
bool isBeside(const QRect &one, const QRect &other)
{
    const int common = std::min(one.bottom(), other.bottom()) - std::max(one.top(), other.top()) + 1;
    return 2 * common > std::min(one.height(), other.height());
}

/// A widget, and what is in it row by row.
void collect(QWidget *widget, std::vector<QWidget *> &way)
{
    way.push_back(widget);
    std::vector<QWidget *> rest;
    for (QObject *child : widget->children()) {
        auto *inner = qobject_cast<QWidget *>(child);
        if (inner && !inner->isWindow() && inner->isVisible())
            rest.push_back(inner);
    }
    std::ranges::stable_sort(rest, {}, [](const QWidget *inner) { return inner->y(); });
    while (!rest.empty()) {
        const QRect first = rest.front()->geometry();
        const auto below = std::stable_partition(rest.begin(), rest.end(),
                                                 [&](const QWidget *inner) { return isBeside(inner->geometry(), first); });
        std::vector<QWidget *> row(rest.begin(), below);
        if (row.empty()) // of no height
            row.push_back(rest.front());
        rest.erase(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(row.size()));
        std::ranges::stable_sort(row, {}, [](const QWidget *inner) { return inner->x(); });
        if (widget->isRightToLeft())
            std::ranges::reverse(row);
        for (QWidget *inner : row)
            collect(inner, way);
    }
}

bool takesTab(const QWidget *widget)
{
    const bool all = QGuiApplication::styleHints()->tabFocusBehavior() == Qt::TabFocusAllControls;
    const Qt::FocusPolicy wanted = all ? Qt::TabFocus : Qt::StrongFocus;
    return (widget->focusPolicy() & wanted) == wanted && !widget->focusProxy() && widget->isEnabled();
}

} // namespace

QWidget *TabWay::next(QWidget *window, bool forward)
{
    std::vector<QWidget *> way;
    collect(window, way);
    if (!forward)
        std::ranges::reverse(way);
    const auto from = std::ranges::find(way, QApplication::focusWidget());
    if (from != way.end())
        std::rotate(way.begin(), from + 1, way.end());
    const auto found = std::ranges::find_if(way, takesTab);
    return found == way.end() ? nullptr : *found;
}

bool TabWay::go(QWidget *window, bool forward)
{
    QWidget *const widget = next(window, forward);
    if (widget)
        widget->setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return widget;
}

} // namespace sluice
