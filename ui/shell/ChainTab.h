#pragma once

#include <QObject>
#include <QTimer>

namespace sluice {

class Actions;
class Chain;
class ChainPage;
class Session;
class ViewTabs;
struct Wire;

/// Opens the chain's page in a window: in place of views, sidebar and detail, whose keys then fold its palette and its
/// inspector. The page is made when somebody first asks for it. For the UI thread.
class ChainTab : public QObject
{
    Q_OBJECT

public:
    /// All of them outlive it; `sidebar` and `detail` give way to the page.
    ChainTab(Session &session, Actions *actions, ViewTabs *tabs, QWidget *sidebar, QWidget *detail, QObject *parent);

    /// Null before it was opened.
    ChainPage *page() const { return m_page; }
    void open();
    /// Opens it, to choose a wire for a filter there.
    void putOnWire(const QString &expression);
    /// Opens it, and the rehearsal of the chain that is drawn.
    void rehearse();
    /// The chain as it is drawn; null before somebody looked at it.
    const Chain *drawn() const;
    /// What is drawn has been saved.
    void setSaved();
    /// Shows a chain that was drawn before and not saved; what is drawn now is kept.
    void draw(const Chain &chain, const QString &path);
    /// The window closes: what is drawn and not saved is kept.
    void keepUnsaved();

Q_SIGNALS:
    /// The page was made: what else belongs into it can be put in.
    void made(ChainPage *page);
    void said(const QString &sentence);
    /// The project should be written.
    void saveRequested();
    /// Records of views are to be filtered by this expression.
    void filterRequested(const QString &expression);
    /// What passes a wire that runs is to be seen.
    void tapRequested(const Wire &wire);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void show(bool on);
    void fold();

    Session &m_session;
    Actions *m_actions;
    ViewTabs *m_tabs;
    QWidget *m_sidebar;
    QWidget *m_detail;
    ChainPage *m_page = nullptr;
    QTimer m_hover; ///< who carries something stays over the tab for so long, to get there
};

} // namespace sluice
