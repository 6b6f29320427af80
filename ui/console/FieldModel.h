#pragma once

#include "record/LogRecord.h"

#include <QAbstractItemModel>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Names and values of a record as a tree: containers have their members below them, and so have texts that are JSON.
/// Keeps text of its own.
class FieldModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, ColumnCount };
    enum Role {
        /// A value in full, for the clipboard; DisplayRole is shortened to a line.
        FullTextRole = Qt::UserRole,
        /// Where it stands: "user.roles.0", as filter expressions name it where they can.
        PathRole,
        /// The same, or empty where no filter can ask for it.
        FieldRole
    };

    explicit FieldModel(QObject *parent = nullptr);
    ~FieldModel() override;

    /// All attributes of a record.
    void showAttributes(const LogRecord &record);
    /// Its `extra` fields.
    void showExtra(const LogRecord &record);

    /// What a JSON text holds; nothing if it is none.
    void showJson(std::string_view json);

    /// All of it as indented text.
    QString text() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Node;

    /// What fields are called in filter expressions.
    enum class Naming { Attributes, Extra, None };

    void begin(Naming naming);
    std::vector<std::string> path(const Node &node) const;
    void add(Node &parent, const QString &name, const Value &value, int depth);
    void addJson(Node &node, std::string_view text, int depth);
    void addMembers(Node &node, const Value &value, int depth);
    const Node &nodeAt(const QModelIndex &index) const;

    std::unique_ptr<Node> m_root;
    int m_nodes = 0;
    Naming m_naming = Naming::None;
};

/// A value in Python's words, text without quotes; members of containers are only counted: "dict, 3 entries".
QString valueInWords(const Value &value);
/// "str", "int", "NoneType".
QString typeInWords(const Value &value);

} // namespace sluice
