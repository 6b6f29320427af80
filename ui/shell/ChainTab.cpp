#include "shell/ChainTab.h"

#include "canvas/ChainCanvas.h"
#include "canvas/NodePalette.h"
#include "console/FilterDrag.h"
#include "shell/Actions.h"
#include "shell/ChainPage.h"
#include "shell/ViewTabs.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QToolButton>
#include <QVBoxLayout>

namespace sluice {

namespace {

constexpr int hoverMilliseconds = 400;

} // namespace

ChainTab::ChainTab(Session &session, Actions *actions, ViewTabs *tabs, QWidget *sidebar, QWidget *detail, QObject *parent)
    : QObject(parent), m_session(session), m_actions(actions), m_tabs(tabs), m_sidebar(sidebar), m_detail(detail)
{
    tabs->pageButton()->setDefaultAction(actions->chain);
    tabs->pageButton()->setAccessibleName(tr("Chain"));
    tabs->pageButton()->setAcceptDrops(true);
    tabs->pageButton()->installEventFilter(this);
    m_hover.setSingleShot(true);
    m_hover.setInterval(hoverMilliseconds);
    connect(&m_hover, &QTimer::timeout, this, &ChainTab::open);
    connect(actions->chain, &QAction::toggled, this, &ChainTab::show);
    connect(actions->rehearse, &QAction::triggered, this, &ChainTab::rehearse);
    connect(tabs, &ViewTabs::pageLeft, this, [this] { m_actions->chain->setChecked(false); });
    // After the window's own, so that these have the last word.
    for (QAction *action : {actions->sidebar, actions->detail})
        connect(action, &QAction::toggled, this, &ChainTab::fold, Qt::QueuedConnection);
}

void ChainTab::open() { m_actions->chain->setChecked(true); }

void ChainTab::putOnWire(const QString &expression)
{
    if (expression.isEmpty()) {
        Q_EMIT said(tr("The view shows all records: there is no filter to put on a wire. Sources and times are not put there."));
        return;
    }
    open();
    m_page->canvas()->chooseWireFor(expression);
}

bool ChainTab::eventFilter(QObject *object, QEvent *event)
{
    switch (event->type()) {
    case QEvent::DragEnter: {
        auto *enter = static_cast<QDragEnterEvent *>(event);
        if (!enter->mimeData()->hasFormat(filterdrag::mimeType))
            break;
        // Nothing is dropped here; but without it nobody would say when the pointer leaves.
        enter->accept();
        m_hover.start();
        return true;
    }
    case QEvent::DragLeave:
    case QEvent::Drop:
        m_hover.stop();
        return true;
    default:
        break;
    }
    return QObject::eventFilter(object, event);
}

void ChainTab::rehearse()
{
    open();
    m_page->rehearse();
}

const Chain *ChainTab::drawn() const { return m_page ? &m_page->editor().chain() : nullptr; }

void ChainTab::setSaved()
{
    if (m_page)
        m_page->editor().setSaved();
}

void ChainTab::keepUnsaved()
{
    if (m_page)
        m_page->keepUnsaved(true);
}

void ChainTab::draw(const Chain &chain, const QString &path)
{
    open();
    m_page->draw(chain, path);
}

void ChainTab::show(bool on)
{
    if (!on) {
        m_tabs->leavePage();
        m_sidebar->setVisible(m_actions->sidebar->isChecked());
        m_detail->setVisible(m_actions->detail->isChecked());
        return;
    }
    if (!m_page) {
        m_page = new ChainPage(m_session);
        connect(m_page, &ChainPage::said, this, &ChainTab::said);
        connect(m_page, &ChainPage::saveRequested, this, &ChainTab::saveRequested);
        connect(m_page, &ChainPage::filterRequested, this, &ChainTab::filterRequested);
        connect(m_page, &ChainPage::tapRequested, this, &ChainTab::tapRequested);
        connect(m_page, &ChainPage::modifiedChanged, this, [this](bool modified) {
            m_tabs->pageButton()->setText(modified ? tr("Chain •") : tr("Chain"));
            m_tabs->pageButton()->setAccessibleName(modified ? tr("Chain, changed") : tr("Chain"));
        });
        Q_EMIT made(m_page);
    }
    m_tabs->showPage(m_page);
    fold();
    m_page->canvas()->setFocus();
}

void ChainTab::fold()
{
    if (!m_page || !m_actions->chain->isChecked())
        return;
    m_sidebar->hide();
    m_detail->hide();
    m_page->palette()->setVisible(m_actions->sidebar->isChecked());
    m_page->inspectorSlot()->setVisible(m_actions->detail->isChecked() && !m_page->inspectorSlot()->layout()->isEmpty());
}

} // namespace sluice
