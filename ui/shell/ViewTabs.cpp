#include "shell/ViewTabs.h"

#include "console/ConsoleView.h"
#include "look/Icons.h"
#include "shell/ViewTabBar.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace sluice {

namespace {

/// Of a title on a tab; the tooltip has all of it.
constexpr qsizetype longest = 40;

QVariant dataOf(ConsoleView *view) { return QVariant::fromValue(static_cast<QObject *>(view)); }

} // namespace

ViewTabs::ViewTabs(QWidget *parent)
    : QWidget(parent), m_bar(new ViewTabBar), m_add(new QToolButton), m_pageButton(new QToolButton), m_stack(new QStackedWidget)
{
    m_add->setObjectName(QStringLiteral("flat"));
    m_add->setIcon(themedIcon(QStringLiteral("plus")));
    m_add->setIconSize(QSize(16, 16));
    m_add->setFocusPolicy(Qt::TabFocus);
    m_add->setAccessibleName(tr("New view"));
    m_add->setToolTip(tr("New view of the same records (Ctrl+T)"));
    auto *head = new QWidget;
    head->setObjectName(QStringLiteral("viewTabsHead"));
    head->setAttribute(Qt::WA_StyledBackground);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(4, 0, 8, 1); // the line below goes on under the tabs
    row->setSpacing(4);
    row->addWidget(m_bar);
    row->addWidget(m_add);
    row->addStretch(1);
    m_pageButton->setObjectName(QStringLiteral("pageTab"));
    m_pageButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_pageButton->setIconSize(QSize(16, 16));
    m_pageButton->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_pageButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(m_stack, 1);

    m_bar->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_bar, &QWidget::customContextMenuRequested, this, &ViewTabs::openMenu);
    connect(m_add, &QToolButton::clicked, this, &ViewTabs::newRequested);
    connect(m_bar, &QTabBar::currentChanged, this, [this] {
        ConsoleView *view = current();
        if (!view)
            return;
        // Whoever worked in the records goes on in the other view's.
        m_stack->setCurrentWidget(view);
        if (!m_bar->hasFocus())
            view->setFocus();
        Q_EMIT currentChanged(view);
    });
    // The tab of the view that lies below the page: it does not change, but it is seen again.
    connect(m_bar, &QTabBar::tabBarClicked, this, [this](int index) {
        if (m_page && index >= 0)
            leavePage();
    });
    connect(m_stack, &QStackedWidget::currentChanged, this, [this] {
        if (!m_page || m_stack->currentWidget() == m_page)
            return;
        m_page = nullptr;
        showBelow(false);
        Q_EMIT pageLeft();
    });
    connect(m_bar, &QTabBar::tabMoved, this, &ViewTabs::moved);
    connect(m_bar, &QTabBar::tabCloseRequested, this, [this](int index) { Q_EMIT closeRequested(view(index)); });
    connect(m_bar, &ViewTabBar::renamed, this, [this](int index, const QString &name) {
        ConsoleView *renamed = view(index);
        // What the filter says is no name: it goes on to follow the filter.
        if (name != renamed->title())
            renamed->setName(name);
        renamed->setFocus();
    });
    connect(m_bar, &ViewTabBar::draggedOut, this, [this](int index, const QPoint &position) {
        Q_EMIT windowRequested(view(index), position);
    });
}

int ViewTabs::count() const { return m_bar->count(); }

ConsoleView *ViewTabs::view(int index) const
{
    return qobject_cast<ConsoleView *>(m_bar->tabData(index).value<QObject *>());
}

ConsoleView *ViewTabs::current() const { return count() > 0 ? view(m_bar->currentIndex()) : nullptr; }

int ViewTabs::indexOf(const ConsoleView *view) const
{
    for (int i = 0; i < count(); ++i) {
        if (this->view(i) == view)
            return i;
    }
    return -1;
}

void ViewTabs::add(ConsoleView *view)
{
    m_stack->addWidget(view);
    {
        // Without its data the tab is nobody's.
        const QSignalBlocker quiet(m_bar);
        const int index = m_bar->addTab(QString());
        m_bar->setTabData(index, dataOf(view));
        auto *close = new QToolButton;
        close->setObjectName(QStringLiteral("flat"));
        close->setIcon(themedIcon(QStringLiteral("close")));
        close->setIconSize(QSize(12, 12));
        close->setFocusPolicy(Qt::NoFocus);
        close->setAccessibleName(tr("Close this view"));
        close->setToolTip(tr("Close this view (Ctrl+W)"));
        connect(close, &QToolButton::clicked, this, [this, close] {
            for (int i = 0; i < count(); ++i) {
                if (m_bar->tabButton(i, QTabBar::RightSide) == close)
                    return Q_EMIT closeRequested(this->view(i));
            }
        });
        m_bar->setTabButton(index, QTabBar::RightSide, close);
    }
    watch(view);
    updateCloseButtons();
    if (count() == 1)
        Q_EMIT m_bar->currentChanged(0);
}

void ViewTabs::watch(ConsoleView *view)
{
    updateTitle(view);
    connect(view, &ConsoleView::stateChanged, this, [this, view] { updateTitle(view); });
}

void ViewTabs::replace(ConsoleView *view, ConsoleView *other)
{
    const int index = indexOf(view);
    if (index < 0)
        return;
    const bool hadFocus = view->isAncestorOf(QApplication::focusWidget());
    disconnect(view, &ConsoleView::stateChanged, this, nullptr);
    m_stack->addWidget(other);
    m_bar->setTabData(index, dataOf(other));
    watch(other);
    m_stack->removeWidget(view);
    view->setParent(nullptr);
    if (index == m_bar->currentIndex()) {
        m_stack->setCurrentWidget(other);
        if (hadFocus)
            other->setFocus();
        Q_EMIT currentChanged(other);
    }
}

void ViewTabs::take(ConsoleView *view)
{
    const int index = indexOf(view);
    if (index < 0)
        return;
    disconnect(view, &ConsoleView::stateChanged, this, nullptr);
    m_bar->removeTab(index);
    m_stack->removeWidget(view);
    view->setParent(nullptr);
    updateCloseButtons();
}

// The last view stays, unless it is a file's.
void ViewTabs::updateCloseButtons()
{
    for (int i = 0; i < count(); ++i)
        m_bar->tabButton(i, QTabBar::RightSide)->setVisible(count() > 1 || !view(i)->file().isEmpty());
}

void ViewTabs::showPage(QWidget *page)
{
    if (m_stack->indexOf(page) < 0)
        m_stack->addWidget(page);
    m_page = page;
    m_stack->setCurrentWidget(page);
    showBelow(true);
}

// One tab is in front, not two.
void ViewTabs::showBelow(bool on)
{
    m_bar->setProperty("below", on);
    m_bar->style()->unpolish(m_bar);
    m_bar->style()->polish(m_bar);
}

void ViewTabs::leavePage()
{
    if (!m_page || !current())
        return;
    m_stack->setCurrentWidget(current());
    current()->setFocus();
}

void ViewTabs::setCurrent(ConsoleView *view)
{
    if (const int index = indexOf(view); index >= 0)
        m_bar->setCurrentIndex(index);
    leavePage();
}

void ViewTabs::step(int by)
{
    if (count() > 0)
        m_bar->setCurrentIndex((m_bar->currentIndex() + by + count()) % count());
}

void ViewTabs::updateTitle(ConsoleView *view)
{
    const int index = indexOf(view);
    if (index < 0)
        return;
    const QString title = view->title();
    // What a stranger's logger is called may hold anything.
    QString text = title.size() > longest ? title.left(longest - 1) + QChar(0x2026) : title;
    m_bar->setTabText(index, text.replace(QLatin1Char('&'), QStringLiteral("&&")));
    m_bar->setTabToolTip(index, view->about().isEmpty() ? title : title + QLatin1Char('\n') + view->about());
    m_bar->setAccessibleTabName(index, title);
}

void ViewTabs::openMenu(const QPoint &position)
{
    const int index = m_bar->tabAt(position);
    if (index < 0)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    ConsoleView *clicked = view(index);
    menu->addAction(tr("Rename"), this, [this, clicked] { m_bar->editName(indexOf(clicked)); });
    menu->addAction(tr("Move to own window"), this, [this, clicked, at = m_bar->mapToGlobal(position)] {
        Q_EMIT windowRequested(clicked, at);
    });
    Q_EMIT menuOpening(menu, clicked);
    menu->addSeparator();
    menu->addAction(tr("Close"), this, [this, clicked] { Q_EMIT closeRequested(clicked); })
        ->setEnabled(count() > 1 || !clicked->file().isEmpty());
    menu->popup(m_bar->mapToGlobal(position));
}

} // namespace sluice
