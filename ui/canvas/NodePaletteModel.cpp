#include "canvas/NodePaletteModel.h"

#include "canvas/ChainCanvas.h"
#include "canvas/NodeLook.h"
#include "chain/NodeRegistry.h"

#include <QMimeData>

#include <algorithm>

namespace sluice {

namespace {

QString nameOf(const NodeType &type) { return QString::fromStdString(type.name()); }
QString helpOf(const NodeType &type) { return QString::fromStdString(type.summary()); }

bool isFound(const NodeType &type, const QStringList &words)
{
    const QString text = nameOf(type) + QLatin1Char(' ') + nodelook::wordOf(type.kind()) + QLatin1Char(' ') + helpOf(type);
    return std::ranges::all_of(words, [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

NodePaletteModel::NodePaletteModel(QObject *parent) : QAbstractListModel(parent) { setSearch({}); }

void NodePaletteModel::setSearch(const QString &text)
{
    const QStringList words = text.left(200).simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    beginResetModel();
    m_rows.clear();
    for (const NodeKind kind : {NodeKind::Receiver, NodeKind::Filter, NodeKind::Logger, NodeKind::Handler}) {
        bool isFirst = true;
        for (const NodeType *type : NodeRegistry::builtin().types()) {
            // Nobody wants to put in what cannot be run.
            if (type->kind() != kind || type->isUnsupported() || !isFound(*type, words))
                continue;
            if (isFirst)
                m_rows.push_back({nullptr, kind});
            isFirst = false;
            m_rows.push_back({type, kind});
        }
    }
    endResetModel();
}

const NodeType *NodePaletteModel::type(const QModelIndex &index) const
{
    return index.isValid() ? m_rows[static_cast<std::size_t>(index.row())].type : nullptr;
}

QModelIndex NodePaletteModel::firstType() const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows[static_cast<std::size_t>(row)].type)
            return index(row);
    }
    return {};
}

int NodePaletteModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

QVariant NodePaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.type ? nameOf(*row.type) : nodelook::headingOf(row.kind);
    case HelpRole:
    case Qt::ToolTipRole:
        return row.type ? helpOf(*row.type) : QString();
    case Qt::AccessibleTextRole:
        return row.type ? nameOf(*row.type) + QStringLiteral(", ") + helpOf(*row.type) : nodelook::headingOf(row.kind);
    case IsHeadingRole:
        return row.type == nullptr;
    default:
        return {};
    }
}

Qt::ItemFlags NodePaletteModel::flags(const QModelIndex &index) const
{
    if (!type(index))
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

QStringList NodePaletteModel::mimeTypes() const { return {ChainCanvas::nodeMimeType}; }

QMimeData *NodePaletteModel::mimeData(const QModelIndexList &indexes) const
{
    const NodeType *dragged = indexes.isEmpty() ? nullptr : type(indexes.front());
    if (!dragged)
        return nullptr;
    auto *data = new QMimeData;
    data->setData(ChainCanvas::nodeMimeType, QByteArray::fromStdString(dragged->name()));
    return data;
}

} // namespace sluice
