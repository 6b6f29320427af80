#pragma once

#include "capture/RecordStore.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace sluice {

/// The loggers of a capture as their dotted hierarchy, with how many rows each has, children included. Grows
/// with refresh(). Its first row stands for all loggers.
class LoggerTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role { FullNameRole = Qt::UserRole, RowsRole };

    explicit LoggerTreeModel(std::shared_ptr<const RecordStore> capture, QObject *parent = nullptr);
    ~LoggerTreeModel() override;

    /// Shows another store's from now on.
    void setStore(std::shared_ptr<const RecordStore> store);

    void refresh();

    /// Where the logger of that full name stands; invalid if there is none.
    QModelIndex find(const QString &fullName) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Node;

    void begin();
    Node *nodeFor(const QString &fullName);
    Node *childOf(Node &parent, const QString &name);
    void updateRows(Node &node);
    Node &nodeAt(const QModelIndex &index) const;
    QModelIndex indexOf(const Node &node) const;

    std::shared_ptr<const RecordStore> m_capture;
    std::unique_ptr<Node> m_root;
    std::vector<Node *> m_byLogger; ///< by number in LoggerNames
};

} // namespace sluice
