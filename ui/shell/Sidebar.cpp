#include "shell/Sidebar.h"

#include "console/LoggerTreeView.h"
#include "console/SourceList.h"
#include "look/ElidedLabel.h"
#include "shell/ChainList.h"

#include <QSplitter>
#include <QVBoxLayout>

namespace sluice {

namespace {

QWidget *titled(ElidedLabel *label, QWidget *content)
{
    auto *widget = new QWidget;
    label->setObjectName(QStringLiteral("sectionTitle"));
    label->setContentsMargins(12, 8, 12, 4);
    label->setBuddy(content);
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(label);
    layout->addWidget(content, 1);
    return widget;
}

} // namespace

Sidebar::Sidebar(ChainListModel *chain, SourceListModel *sources, LoggerTreeModel *loggers, QWidget *parent)
    : QWidget(parent), m_chainTitle(new ElidedLabel({}, Qt::ElideRight)), m_chainList(new ChainList(chain)), m_sourceList(new SourceList(sources)), m_loggerTree(new LoggerTreeView(loggers)),
      m_splitter(new QSplitter(Qt::Vertical))
{
    setObjectName(QStringLiteral("sidebar"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(titled(m_chainTitle, m_chainList));
    m_splitter->addWidget(titled(new ElidedLabel(tr("Sources"), Qt::ElideRight), m_sourceList));
    m_splitter->addWidget(titled(new ElidedLabel(tr("Loggers"), Qt::ElideRight), m_loggerTree));
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setStretchFactor(2, 3);
    m_splitter->setSizes({220, 170, 300});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    setMinimumWidth(160);
    setLive(true);
}

void Sidebar::setLive(bool live) { m_chainTitle->setText(live ? tr("Chain") : tr("Chain of the live records")); }

} // namespace sluice
