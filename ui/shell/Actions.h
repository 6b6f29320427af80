#pragma once

#include <QObject>

#include <vector>

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;
class QToolBar;
class QToolButton;

namespace sluice {

class ViewActions;

/// Everything that can be done in the window but with views: words, keys and icons, and where it stands in menus and
/// toolbar. What it does is connected by the window.
class Actions : public QObject
{
    Q_OBJECT

public:
    explicit Actions(QObject *parent);

    /// Those with a place in menus, in their order.
    const std::vector<QAction *> &all() const { return m_all; }

    void fillMenuBar(QMenuBar &bar, QMenu *recentFiles, ViewActions &views);
    /// Up to where the filter stands.
    void fillToolBar(QToolBar &bar);
    /// What only the system knows, and is asked for when it is about to be seen: whether a double click opens projects. Some calls of the
    /// registry, where there is one.
    void askSystem();
    /// Icons without words in the toolbar, for a narrow window.
    void setCompact(bool compact);

    QAction *newProject;
    QAction *open;
    QAction *followFile;
    QAction *runProgram;
    QAction *format;
    QAction *saveCapture;
    QAction *saveProject;
    QAction *saveAs;
    QAction *doubleClick; ///< on a project opens it here; seen where it can be chosen
    QAction *quit;
    QAction *listen;
    QAction *copyLines;
    QAction *pause;
    QAction *follow;
    QAction *clear;
    QAction *filter;
    QAction *showAll;
    QAction *putOnWire; ///< the filter, as a node of the chain
    QAction *sidebar;
    QAction *detail;
    QAction *timeline;
    QAction *themeSystem;
    QAction *themeLight;
    QAction *themeDark;
    QAction *chain;
    QAction *rehearse;
    QAction *palette;
    QAction *keys;

private:
    QAction *add(const QString &text, const QString &icon, const QList<QKeySequence> &shortcuts,
                 bool checkable = false);

    std::vector<QAction *> m_all;
    std::vector<QToolButton *> m_buttons;
};

} // namespace sluice
