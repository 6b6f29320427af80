#pragma once

#include "shell/FormatPreviewer.h"

#include <QAbstractTableModel>

namespace sluice {

/// The rows of a preview: time, level, logger and message. Lines that are not of the format say so in place of their level.
class FormatPreviewModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Level, Logger, Message, columns };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<FormatPreview::Row> rows);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : columns; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<FormatPreview::Row> m_rows;
};

} // namespace sluice
