#pragma once

#include <QWidget>

class QSplitter;

namespace sluice {

class ChainList;
class ChainListModel;
class ElidedLabel;
class LoggerTreeView;
class LoggerTreeModel;
class SourceList;
class SourceListModel;

/// The chain, the sources and the loggers, one above the other.
class Sidebar : public QWidget
{
    Q_OBJECT

public:
    Sidebar(ChainListModel *chain, SourceListModel *sources, LoggerTreeModel *loggers, QWidget *parent = nullptr);

    ChainList *chainList() const { return m_chainList; }
    SourceList *sourceList() const { return m_sourceList; }
    LoggerTreeView *loggerTree() const { return m_loggerTree; }
    QSplitter *splitter() const { return m_splitter; }

    /// Whether sources and loggers are those of the live capture, as the chain is; it says so of itself if not.
    void setLive(bool live);

private:
    ElidedLabel *m_chainTitle;
    ChainList *m_chainList;
    SourceList *m_sourceList;
    LoggerTreeView *m_loggerTree;
    QSplitter *m_splitter;
};

} // namespace sluice
