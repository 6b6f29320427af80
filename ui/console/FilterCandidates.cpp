#include "console/FilterCandidates.h"

#include "console/Words.h"

#include <algorithm>

namespace sluice {

void FilterCandidates::set(std::vector<ExpressionCompletion::Candidate> candidates)
{
    const bool isSame = std::ranges::equal(candidates, m_candidates, {}, &ExpressionCompletion::Candidate::text,
                                           &ExpressionCompletion::Candidate::text);
    if (isSame)
        return;
    beginResetModel();
    m_candidates = std::move(candidates);
    endResetModel();
}

int FilterCandidates::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_candidates.size());
}

QVariant FilterCandidates::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ExpressionCompletion::Candidate &candidate = this->candidate(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return words::fromUtf8(candidate.text).trimmed();
    case HelpRole:
        return words::fromUtf8(candidate.help);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1 %2").arg(words::fromUtf8(candidate.text), words::fromUtf8(candidate.help)).trimmed();
    default:
        return {};
    }
}

} // namespace sluice
