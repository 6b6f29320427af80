#pragma once

#include "shell/Command.h"

#include <QAbstractListModel>
#include <QStringList>

#include <vector>

namespace sluice {

/// The commands that what is typed may mean, best first; those used of late first where nothing is typed.
class CommandModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { ShortcutRole = Qt::UserRole, PlacesRole, CheckedRole };
    static constexpr int maxShown = 200;

    using QAbstractListModel::QAbstractListModel;

    /// `recent`: ids, the last one first.
    void setCommands(std::vector<Command> commands, const QStringList &recent);
    void setTyped(const QString &typed);

    const Command &command(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Shown
    {
        std::size_t command = 0;
        int score = 0;
        QVariantList places;
    };

    void choose();

    std::vector<Command> m_commands;
    std::vector<int> m_recency; ///< by command; 0: the last one used
    QString m_typed;
    std::vector<Shown> m_shown;
};

} // namespace sluice
