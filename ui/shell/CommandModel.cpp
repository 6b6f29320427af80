#include "shell/CommandModel.h"

#include "shell/FuzzyMatch.h"

#include <algorithm>
#include <limits>

namespace sluice {

namespace {

constexpr int never = std::numeric_limits<int>::max();
/// What was used of late wins over what matches about as well.
constexpr int recencyScore = 300;

} // namespace

void CommandModel::setCommands(std::vector<Command> commands, const QStringList &recent)
{
    beginResetModel();
    m_commands = std::move(commands);
    m_recency.clear();
    for (const Command &command : m_commands) {
        const qsizetype at = command.id.isEmpty() ? -1 : recent.indexOf(command.id);
        m_recency.push_back(at < 0 ? never : static_cast<int>(at));
    }
    m_typed.clear();
    choose();
    endResetModel();
}

void CommandModel::setTyped(const QString &typed)
{
    if (typed == m_typed)
        return;
    beginResetModel();
    m_typed = typed;
    choose();
    endResetModel();
}

void CommandModel::choose()
{
    m_shown.clear();
    const bool isTyped = !m_typed.trimmed().isEmpty();
    for (std::size_t i = 0; i < m_commands.size(); ++i) {
        if (!isTyped && m_commands[i].onlyTyped)
            continue;
        const auto match = FuzzyMatch::of(m_typed, m_commands[i].words);
        if (!match)
            continue;
        Shown shown{i, match->score, {}};
        if (isTyped && m_recency[i] != never)
            shown.score += recencyScore;
        for (const int place : match->places)
            shown.places << place;
        m_shown.push_back(std::move(shown));
    }
    std::ranges::stable_sort(m_shown, [&](const Shown &a, const Shown &b) {
        if (isTyped && a.score != b.score)
            return a.score > b.score;
        return m_recency[a.command] < m_recency[b.command];
    });
    if (m_shown.size() > maxShown)
        m_shown.resize(maxShown);
}

const Command &CommandModel::command(const QModelIndex &index) const
{
    return m_commands[m_shown[static_cast<std::size_t>(index.row())].command];
}

int CommandModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant CommandModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Command &one = command(index);
    switch (role) {
    case Qt::DisplayRole: return one.words;
    case Qt::AccessibleTextRole:
        return one.shortcut.isEmpty() ? one.words : one.words + QStringLiteral(", ") + one.shortcut;
    case ShortcutRole: return one.shortcut;
    case PlacesRole: return m_shown[static_cast<std::size_t>(index.row())].places;
    case CheckedRole: return one.isChecked;
    default: return {};
    }
}

} // namespace sluice
