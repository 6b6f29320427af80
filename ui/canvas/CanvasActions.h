#pragma once

#include <QList>
#include <QObject>

#include <functional>

class QAction;
class QKeyEvent;
class QKeySequence;
class QMenu;

namespace sluice {

class ChainCanvas;

/// All that can be done on a canvas besides what mouse and arrows do: words, keys, and the doing. The canvas looks for the
/// keys itself, so that they are nobody else's while it has the keyboard. For the UI thread.
class CanvasActions : public QObject
{
    Q_OBJECT

public:
    explicit CanvasActions(ChainCanvas &canvas);

    const QList<QAction *> &all() const { return m_all; }
    /// For what is selected.
    void fillMenu(QMenu &menu);
    /// The one whose key that is; null if there is none.
    QAction *find(const QKeyEvent &event) const;
    /// Whether or not it can be done now: then it does nothing.
    void trigger(QAction *action);

    QAction *undo;
    QAction *redo;
    QAction *cut;
    QAction *copy;
    QAction *paste;
    QAction *duplicate;
    QAction *remove;
    QAction *removeAlone; ///< without healing the wires
    QAction *selectAll;
    QAction *comment;
    QAction *alignLeft;
    QAction *alignTop;
    QAction *alignCentre;
    QAction *distributeAcross;
    QAction *distributeDown;
    QAction *tidy;
    QAction *fit;
    QAction *actualSize;
    QAction *zoomIn;
    QAction *zoomOut;
    QAction *tap; ///< what passes a wire
    QAction *test;       ///< a test record, put in at the selected node
    QAction *filterView; ///< by the expression of the selected node

private:
    QAction *add(const QString &words, const QString &icon, const QList<QKeySequence> &keys, std::function<void()> act);
    void update();
    void removeSelected(bool heal);
    void addComment();
    /// Of the selected wire; of the selected node's, if there is one, else of one that is chosen from a menu.
    void tapSelected();

    ChainCanvas &m_canvas;
    QList<QAction *> m_all;
};

} // namespace sluice
