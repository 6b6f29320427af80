#include "shell/ChainListModel.h"

namespace sluice {

QString ChainListModel::stateInWords(NodeStatus::State state)
{
    switch (state) {
    case NodeStatus::State::Stopped:
        return tr("stopped");
    case NodeStatus::State::Running:
        return tr("running");
    case NodeStatus::State::Finished:
        return tr("finished");
    case NodeStatus::State::Failed:
        break;
    }
    return tr("failed");
}

void ChainListModel::refresh(const std::vector<std::shared_ptr<Session::Run>> &runs,
                             const std::vector<RouterStatus> &statuses)
{
    std::vector<Item> items;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        for (const NodeStatus &status : statuses[i].nodes) {
            const ChainNode *node = runs[i]->chain.node(status.id);
            // The console of a source is the console that stands above already.
            if (!node ||
                (runs[i]->kind == Session::Run::Kind::Source && node->type->kind() != NodeKind::Receiver))
                continue;
            Item item;
            item.id = QString::fromStdString(status.id);
            item.type = QString::fromStdString(node->type->name());
            const std::string words = node->type->describe(node->params);
            // What every node of its type says, the type says already.
            if (!status.endpoint.empty())
                item.description = QString::fromStdString(status.endpoint);
            else if (words != node->type->summary())
                item.description = QString::fromStdString(words);
            item.reason = QString::fromStdString(status.reason);
            item.state = status.state;
            item.passed = status.received - status.filtered;
            item.dropped = status.dropped;
            item.canStart =
                runs[i]->kind == Session::Run::Kind::Source && status.state != NodeStatus::State::Running;
            item.isReceiver = node->type->kind() == NodeKind::Receiver;
            items.push_back(std::move(item));
        }
    }
    if (items.size() != m_items.size()) {
        beginResetModel();
        m_items = std::move(items);
        endResetModel();
        return;
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i] == m_items[i])
            continue;
        // A sentence that comes or goes changes the height of its row.
        const bool sameHeight =
            items[i].reason == m_items[i].reason && items[i].description == m_items[i].description;
        m_items[i] = std::move(items[i]);
        const QModelIndex changed = index(static_cast<int>(i));
        Q_EMIT dataChanged(changed, changed, sameHeight ? QList<int>{Qt::DisplayRole} : QList<int>{});
        if (!sameHeight)
            Q_EMIT layoutChanged();
    }
}

int ChainListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant ChainListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Item &item = this->item(index.row());
    if (role == Qt::DisplayRole)
        return item.id;
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) {
        QString text = QStringLiteral("%1 · %2 · %3").arg(item.id, item.type, stateInWords(item.state));
        if (!item.description.isEmpty())
            text += QLatin1Char('\n') + item.description;
        if (!item.reason.isEmpty())
            text += QLatin1Char('\n') + item.reason;
        if (item.canStart)
            text += QLatin1Char('\n') + tr("A click on the arrow, or Enter, starts it.");
        return text;
    }
    return {};
}

} // namespace sluice
