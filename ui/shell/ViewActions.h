#pragma once

#include <QObject>

#include <functional>
#include <vector>

class QAction;
class QKeySequence;
class QMenu;
class QMenuBar;

namespace sluice {

class ConsoleView;
class Views;

/// What can be done with a view and its records: words, keys, place in menus, and the doing, which is for the view of
/// the window in front.
class ViewActions : public QObject
{
    Q_OBJECT

public:
    ViewActions(Views *views, QObject *parent);

    /// Those with keys, in the order of the menus.
    const std::vector<QAction *> &all() const { return m_all; }

    void fillMenus(QMenuBar &bar);
    /// Of a record: what stands at the pointer's place.
    void fillRecordMenu(QMenu &menu) const;

    QAction *newView;
    QAction *closeView;
    QAction *liveView;
    QAction *nextView;
    QAction *previousView;
    QAction *ownWindow;
    QAction *find;
    QAction *findNext;
    QAction *findPrevious;
    QAction *goTo;
    QAction *nextError;
    QAction *previousError;
    QAction *nextWarning;
    QAction *previousWarning;
    QAction *mark;
    QAction *note;
    QAction *nextMark;
    QAction *previousMark;
    QAction *reference;
    QAction *timeFormat;
    QAction *byTime;
    QAction *columns;
    QAction *highlights;
    /// By colour: what is selected is coloured, or not any more.
    std::vector<QAction *> highlightSelected;
    QAction *copy;
    QAction *copyJson;
    QAction *copyMarkdown;
    QAction *exportRecords;

private:
    void highlightSelection(int color);
    QAction *add(const QString &text, const QString &icon, const std::vector<QKeySequence> &keys,
                 std::function<void(ConsoleView &)> act);

    Views *const m_views;
    std::vector<QAction *> m_all;
};

} // namespace sluice
