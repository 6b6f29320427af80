#pragma once

#include <QWidget>

class QSplitter;

namespace sluice {

class ChainList;
class ChainListModel;
class LoggerTreeView;
class LoggerTreeModel;

/// The chain and the loggers, one above the other.
class Sidebar : public QWidget
{
    Q_OBJECT

public:
    Sidebar(ChainListModel *chain, LoggerTreeModel *loggers, QWidget *parent = nullptr);

    ChainList *chainList() const { return m_chainList; }
    LoggerTreeView *loggerTree() const { return m_loggerTree; }
    QSplitter *splitter() const { return m_splitter; }

private:
    ChainList *m_chainList;
    LoggerTreeView *m_loggerTree;
    QSplitter *m_splitter;
};

} // namespace sluice
