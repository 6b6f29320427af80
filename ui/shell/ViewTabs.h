#pragma once

#include <QWidget>

class QMenu;
class QStackedWidget;
class QToolButton;

namespace sluice {

class ConsoleView;
class ViewTabBar;

/// The views of a window, one at a time, with their tabs above. It shows views and says what is asked for; `Views`
/// makes and closes them.
class ViewTabs : public QWidget
{
    Q_OBJECT

public:
    explicit ViewTabs(QWidget *parent = nullptr);

    /// Behind the others. The tab keeps the view's title.
    void add(ConsoleView *view);
    /// Puts another view in a view's place, without deleting it.
    void replace(ConsoleView *view, ConsoleView *other);
    /// Takes it out without deleting it.
    void take(ConsoleView *view);

    int count() const;
    ConsoleView *view(int index) const;
    ConsoleView *current() const;
    void setCurrent(ConsoleView *view);
    /// The next tab, or the one before, round and round.
    void step(int by);

    ViewTabBar *bar() const { return m_bar; }
    QToolButton *addButton() const { return m_add; }

    /// At the right of the tabs: for a page that is no view.
    QToolButton *pageButton() const { return m_pageButton; }
    /// In place of the view, until a view is chosen or leavePage(). Taken over.
    void showPage(QWidget *page);
    /// Back to the view.
    void leavePage();

Q_SIGNALS:
    void currentChanged(ConsoleView *view);
    void newRequested();
    void closeRequested(ConsoleView *view);
    void windowRequested(ConsoleView *view, const QPoint &globalPosition);
    /// Of a tab: what else can be done with its view goes there.
    void menuOpening(QMenu *menu, ConsoleView *view);
    /// A view is seen again in place of the page.
    void pageLeft();
    /// Of tabs, by hand.
    void moved();

private:
    int indexOf(const ConsoleView *view) const;
    void showBelow(bool on);
    void watch(ConsoleView *view);
    void updateTitle(ConsoleView *view);
    void updateCloseButtons();
    void openMenu(const QPoint &position);

    ViewTabBar *m_bar;
    QToolButton *m_add;
    QToolButton *m_pageButton;
    QStackedWidget *m_stack;
    QWidget *m_page = nullptr; ///< while it is shown
};

} // namespace sluice
