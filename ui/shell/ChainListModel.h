#pragma once

#include "chain/RouterStatus.h"
#include "shell/Session.h"

#include <QAbstractListModel>

#include <memory>
#include <vector>

namespace sluice {

/// The nodes of everything that runs, with their state and counters.
class ChainListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    struct Item
    {
        QString id;
        QString type;
        QString description; ///< what it will do, in its own words, or where it listens
        QString reason;      ///< of a failure, or its last error
        NodeStatus::State state = NodeStatus::State::Stopped;
        quint64 passed = 0; ///< received and not stopped by its filters
        quint64 dropped = 0;
        bool isReceiver = false;
        bool canStart = false; ///< a source that does not run
        bool operator==(const Item &) const = default;
    };

    using QAbstractListModel::QAbstractListModel;

    /// Takes the states of now over.
    void refresh(const std::vector<std::shared_ptr<Session::Run>> &runs,
                 const std::vector<RouterStatus> &statuses);

    const Item &item(int row) const { return m_items[static_cast<std::size_t>(row)]; }
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    static QString stateInWords(NodeStatus::State state);

private:
    std::vector<Item> m_items;
};

} // namespace sluice
