#pragma once

class QWidget;

namespace sluice {

/// The way of Tab through a window as the eye goes: from part to part, each row by row, whenever a part was made. Qt goes
/// by the order in which widgets came into the window, and ours come as they are wanted.
class TabWay
{
public:
    /// What comes after, or before, the one that has the focus; from the last on to the first. Null if nothing takes it.
    static QWidget *next(QWidget *window, bool forward);
    /// The same, and gives it the focus. Whether there was one: the answer to QWidget::focusNextPrevChild.
    static bool go(QWidget *window, bool forward);
};

} // namespace sluice
