#include "shell/FormatPreviewModel.h"

#include "look/Appearance.h"

#include <QFont>

namespace sluice {

void FormatPreviewModel::setRows(std::vector<FormatPreview::Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int FormatPreviewModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant FormatPreviewModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const FormatPreview::Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Time: return row.isRead ? row.time : tr("not of this format");
        case Level: return row.isRead ? row.level : QString();
        case Logger: return row.isRead ? row.logger : QString();
        default: return row.message;
        }
    case Qt::ToolTipRole: return row.message;
    case Qt::FontRole: {
        QFont font = Appearance::logFont();
        font.setItalic(!row.isRead);
        return font;
    }
    case Qt::ForegroundRole:
        return row.isRead ? Appearance::theme().level(row.severity).text : Appearance::theme().color("secondary");
    case Qt::BackgroundRole:
        return row.isRead ? Appearance::theme().level(row.severity).row : Appearance::theme().color("alternate");
    default: return {};
    }
}

QVariant FormatPreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time: return tr("Time");
    case Level: return tr("Level");
    case Logger: return tr("Logger");
    default: return tr("Message");
    }
}

} // namespace sluice
