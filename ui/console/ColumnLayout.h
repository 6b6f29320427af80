#pragma once

#include "console/ViewColumn.h"

#include <QObject>

#include <vector>

class QHeaderView;

namespace sluice {

class RecordTableModel;

/// The columns of a record table as the reader has them: which, in what order, how wide. Model and header hold the
/// parts.
class ColumnLayout : public QObject
{
    Q_OBJECT

public:
    ColumnLayout(QHeaderView *header, RecordTableModel *model, QWidget *table);

    /// In the reader's order, with widths; 0 where nobody has set one, and of the last one, since it takes what is left.
    std::vector<ViewColumn> columns() const;
    /// The standard ones in the place of none.
    void set(std::vector<ViewColumn> columns);
    /// The first column of that kind in the model, or -1.
    int find(ViewColumn::Kind kind) const;
    /// As wide as such columns usually are.
    void resetWidths(ViewColumn::Kind kind);
    /// As wide as its cells in these rows of the model need, the end not among them.
    void fit(int column, int firstRow, int endRow);

Q_SIGNALS:
    void changed();

private:
    int usualWidth(int column) const;
    int titleWidth(int column) const;

    QHeaderView *const m_header;
    RecordTableModel *const m_model;
    QWidget *const m_table;
    QList<int> m_usual; ///< widths, by the model's columns, that nobody has set
    bool m_setting = false;
};

} // namespace sluice
