#pragma once

#include "filter/ExpressionCompleter.h"

#include <QAbstractListModel>

#include <vector>

namespace sluice {

/// What may be typed at a place in an expression, for the list below the filter field.
class FilterCandidates : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { HelpRole = Qt::UserRole };

    using QAbstractListModel::QAbstractListModel;

    /// Rows that stay the same stay selected.
    void set(std::vector<ExpressionCompletion::Candidate> candidates);
    const ExpressionCompletion::Candidate &candidate(int row) const
    {
        return m_candidates[static_cast<std::size_t>(row)];
    }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<ExpressionCompletion::Candidate> m_candidates;
};

} // namespace sluice
