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
    /// Icons without words in the toolbar, for a narrow window.
    void setCompact(bool compact);

    QAction *open;
    QAction *followFile;
    QAction *runProgram;
    QAction *format;
    QAction *saveCapture;
    QAction *saveAs;
    QAction *quit;
    QAction *listen;
    QAction *copyLines;
    QAction *pause;
    QAction *follow;
    QAction *clear;
    QAction *filter;
    QAction *showAll;
    QAction *sidebar;
    QAction *detail;
    QAction *timeline;
    QAction *themeSystem;
    QAction *themeLight;
    QAction *themeDark;
    QAction *palette;
    QAction *keys;

private:
    QAction *add(const QString &text, const QString &icon, const QList<QKeySequence> &shortcuts,
                 bool checkable = false);

    std::vector<QAction *> m_all;
    std::vector<QToolButton *> m_buttons;
};

} // namespace sluice
