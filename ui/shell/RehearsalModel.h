#pragma once

#include "capture/CaptureRehearsal.h"

#include <QAbstractTableModel>

#include <memory>

namespace sluice {

/// The nodes of a rehearsal, in a line each: what the running chain would have done with the records, and what the one does that is
/// drawn. For the UI thread.
class RehearsalModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Node, Running, Drawn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null: there is none.
    void setReport(std::shared_ptr<const CaptureRehearsalReport> report);
    const std::shared_ptr<const CaptureRehearsalReport> &report() const { return m_report; }
    const NodeComparison &node(int row) const { return m_report->nodes[static_cast<std::size_t>(row)]; }
    int differences() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const CaptureRehearsalReport> m_report;
};

} // namespace sluice
