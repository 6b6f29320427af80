#pragma once

#include "node/NodeType.h"

#include <QAbstractListModel>
#include <QString>

#include <vector>

namespace sluice {

/// What a chain can be made of, by kind, with a heading above each kind; only what a search finds. Types can be dragged.
class NodePaletteModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { HelpRole = Qt::UserRole + 1, IsHeadingRole };

    explicit NodePaletteModel(QObject *parent = nullptr);

    /// Words that must occur in a type's name, kind or help, in any order; empty: all.
    void setSearch(const QString &words);
    /// Null for a heading.
    const NodeType *type(const QModelIndex &index) const;
    /// The first row that is no heading; invalid if nothing was found.
    QModelIndex firstType() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }

private:
    struct Row
    {
        const NodeType *type = nullptr; ///< null: a heading
        NodeKind kind = NodeKind::Receiver;
    };

    std::vector<Row> m_rows;
};

} // namespace sluice
