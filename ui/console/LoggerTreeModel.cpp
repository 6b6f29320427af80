#include "console/LoggerTreeModel.h"

#include "console/Words.h"

#include <algorithm>

namespace sluice {

namespace {

/// Names come from strangers: below this many dots, the rest of a name is one item.
constexpr qsizetype maxDepth = 16;

} // namespace

struct LoggerTreeModel::Node
{
    QString name; ///< last part
    QString fullName;
    Node *parent = nullptr;
    std::vector<std::unique_ptr<Node>> children; ///< by name
    std::uint32_t logger = LoggerNames::other;
    std::int64_t rows = 0;
};

LoggerTreeModel::LoggerTreeModel(std::shared_ptr<const RecordStore> capture, QObject *parent)
    : QAbstractItemModel(parent), m_capture(std::move(capture))
{
    begin();
}

void LoggerTreeModel::begin()
{
    m_root = std::make_unique<Node>();
    m_byLogger.clear();
    auto all = std::make_unique<Node>();
    all->name = tr("All loggers");
    all->parent = m_root.get();
    m_root->children.push_back(std::move(all));
}

LoggerTreeModel::~LoggerTreeModel() = default;

void LoggerTreeModel::setStore(std::shared_ptr<const RecordStore> store)
{
    if (store == m_capture)
        return;
    beginResetModel();
    m_capture = std::move(store);
    begin();
    endResetModel();
    refresh();
}

LoggerTreeModel::Node *LoggerTreeModel::childOf(Node &parent, const QString &name)
{
    auto &children = parent.children;
    const auto begin = children.begin() + (&parent == m_root.get() ? 1 : 0);
    const auto place = std::lower_bound(begin, children.end(), name,
                                        [](const auto &node, const QString &n) { return node->name < n; });
    if (place != children.end() && (*place)->name == name)
        return place->get();
    auto node = std::make_unique<Node>();
    node->name = name;
    node->fullName = parent.fullName.isEmpty() ? name : parent.fullName + QLatin1Char('.') + name;
    node->parent = &parent;
    const int row = static_cast<int>(place - children.begin());
    beginInsertRows(indexOf(parent), row, row);
    Node *added = children.insert(place, std::move(node))->get();
    endInsertRows();
    return added;
}

LoggerTreeModel::Node *LoggerTreeModel::nodeFor(const QString &fullName)
{
    Node *node = m_root.get();
    qsizetype from = 0;
    for (qsizetype depth = 0; depth <= maxDepth; ++depth) {
        const qsizetype dot = depth < maxDepth ? fullName.indexOf(QLatin1Char('.'), from) : -1;
        node = childOf(*node, fullName.mid(from, dot < 0 ? -1 : dot - from));
        if (dot < 0)
            break;
        from = dot + 1;
    }
    return node;
}

void LoggerTreeModel::refresh()
{
    const LoggerNames &loggers = m_capture->loggers();
    const std::uint32_t count = loggers.size();
    while (m_byLogger.size() < count) {
        const auto number = static_cast<std::uint32_t>(m_byLogger.size());
        Node *node = nodeFor(words::fromUtf8(loggers.name(number)));
        node->logger = number;
        m_byLogger.push_back(node);
    }
    updateRows(*m_root);
    Node &all = *m_root->children.front();
    const std::int64_t rows = m_root->rows + loggers.otherRows();
    if (all.rows != rows) {
        all.rows = rows;
        const QModelIndex index = indexOf(all);
        Q_EMIT dataChanged(index, index);
    }
}

void LoggerTreeModel::updateRows(Node &node)
{
    std::int64_t rows = node.logger == LoggerNames::other
                            ? 0
                            : std::max<std::int64_t>(0, m_capture->loggers().rows(node.logger));
    const std::size_t begin = &node == m_root.get() ? 1 : 0;
    bool changed = false;
    for (std::size_t i = begin; i < node.children.size(); ++i) {
        Node &child = *node.children[i];
        const std::int64_t before = child.rows;
        updateRows(child);
        changed = changed || child.rows != before;
        rows += child.rows;
    }
    node.rows = rows;
    if (changed)
        Q_EMIT dataChanged(indexOf(*node.children[begin]), indexOf(*node.children.back()));
}

QModelIndex LoggerTreeModel::find(const QString &fullName) const
{
    const Node *node = m_root.get();
    while (true) {
        const auto next = std::ranges::find_if(node->children, [&](const auto &child) {
            return !child->fullName.isEmpty() &&
                   (child->fullName == fullName || fullName.startsWith(child->fullName + QLatin1Char('.')));
        });
        if (next == node->children.end())
            return {};
        node = next->get();
        if (node->fullName == fullName)
            return indexOf(*node);
    }
}

LoggerTreeModel::Node &LoggerTreeModel::nodeAt(const QModelIndex &index) const
{
    return index.isValid() ? *static_cast<Node *>(index.internalPointer()) : *m_root;
}

QModelIndex LoggerTreeModel::indexOf(const Node &node) const
{
    if (&node == m_root.get())
        return {};
    const auto &siblings = node.parent->children;
    const auto at = std::ranges::find(siblings, &node, [](const auto &sibling) { return sibling.get(); });
    return createIndex(static_cast<int>(at - siblings.begin()), 0, const_cast<Node *>(&node));
}

QModelIndex LoggerTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node &node = nodeAt(parent);
    if (row < 0 || column != 0 || row >= static_cast<int>(node.children.size()))
        return {};
    return createIndex(row, 0, node.children[static_cast<std::size_t>(row)].get());
}

QModelIndex LoggerTreeModel::parent(const QModelIndex &child) const
{
    return child.isValid() ? indexOf(*nodeAt(child).parent) : QModelIndex();
}

int LoggerTreeModel::rowCount(const QModelIndex &parent) const
{
    return static_cast<int>(nodeAt(parent).children.size());
}

int LoggerTreeModel::columnCount(const QModelIndex &) const { return 1; }

QVariant LoggerTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = nodeAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return node.name.isEmpty() ? tr("(no name)") : node.name;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1 · %2").arg(
            node.fullName.isEmpty() ? node.name : node.fullName,
            words::counted(static_cast<std::uint64_t>(std::max<std::int64_t>(0, node.rows)), tr("record"),
                           tr("records")));
    case FullNameRole:
        return node.fullName;
    case RowsRole:
        return static_cast<qlonglong>(node.rows);
    default:
        return {};
    }
}

} // namespace sluice
