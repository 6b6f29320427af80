#include "shell/RehearsalModel.h"

#include <QFont>

#include <algorithm>

namespace sluice {

void RehearsalModel::setReport(std::shared_ptr<const CaptureRehearsalReport> report)
{
    beginResetModel();
    m_report = std::move(report);
    endResetModel();
}

int RehearsalModel::differences() const
{
    return m_report ? static_cast<int>(std::ranges::count_if(m_report->nodes, &NodeComparison::differs)) : 0;
}

int RehearsalModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_report ? 0 : static_cast<int>(m_report->nodes.size());
}

int RehearsalModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant RehearsalModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const NodeComparison &compared = node(index.row());
    const bool differs = compared.differs();
    if (role == Qt::FontRole && differs) {
        QFont font;
        font.setWeight(QFont::DemiBold);
        return font;
    }
    const auto side = [](const std::optional<RehearsedNode> &of) {
        return of ? QString::fromStdString(NodeComparison::inWords(*of)) : tr("no such node");
    };
    if (role == Qt::AccessibleTextRole && index.column() == Node)
        return differs ? tr("%1, differs").arg(QString::fromStdString(compared.id)) : QString::fromStdString(compared.id);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case Node: return (differs ? QStringLiteral("≠ ") : QStringLiteral("= ")) + QString::fromStdString(compared.id);
    case Running: return !differs && role == Qt::DisplayRole ? tr("the same") : side(compared.running);
    case Drawn: return side(compared.edited);
    default: return {};
    }
}

QVariant RehearsalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Node: return tr("Node");
    case Running: return tr("As it runs");
    case Drawn: return tr("As it is drawn");
    default: return {};
    }
}

} // namespace sluice
