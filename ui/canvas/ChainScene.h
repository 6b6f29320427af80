#pragma once

#include "canvas/ChainActivity.h"
#include "canvas/CommentItem.h"
#include "canvas/NodeItem.h"
#include "canvas/WireItem.h"
#include "chain/ChainEditor.h"
#include "chain/ChainObserver.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace sluice {

/// What is on a canvas: an item for each node, wire and comment of a chain that is being edited, kept as the chain is, and
/// what of it is selected. It changes nothing of the chain. At most a few thousand items: to look at the bounds of all
/// costs less than painting ten. For the UI thread.
class ChainScene : public QObject, private ChainObserver
{
    Q_OBJECT

public:
    /// The editor outlives it.
    explicit ChainScene(ChainEditor &editor, QObject *parent = nullptr);
    ~ChainScene() override;

    ChainEditor &editor() const { return m_editor; }
    const Chain &chain() const { return m_editor.chain(); }

    /// In the chain's order, so painted from first to last.
    const std::vector<NodeItem> &nodes() const { return m_nodes; }
    const std::vector<WireItem> &wires() const { return m_wires; }
    const std::vector<CommentItem> &comments() const { return m_comments; }
    const NodeItem *node(std::string_view id) const;
    const CommentItem *comment(std::string_view id) const;
    bool isEmpty() const { return m_nodes.empty() && m_comments.empty(); }
    /// Of all nodes and comments.
    QRectF bounds() const;
    QRectF boundsOf(const std::vector<std::string> &ids) const;

    struct Port
    {
        std::string node;
        std::string output; ///< empty: the input
    };
    // What is at a point, the topmost; `slack` in units of the scene.
    const NodeItem *nodeAt(const QPointF &point) const;
    std::optional<Port> portAt(const QPointF &point, double slack) const;
    const WireItem *wireAt(const QPointF &point, double slack) const;
    const CommentItem *commentAt(const QPointF &point) const;
    /// Ids of nodes that touch it and comments that lie in it.
    std::vector<std::string> itemsIn(const QRectF &rect) const;
    /// Nodes and comments that lie in a comment: they move with it.
    std::vector<std::string> groupOf(const CommentItem &comment) const;

    /// Nodes and comments.
    const std::set<std::string> &selected() const { return m_selected; }
    std::vector<std::string> selectedIds() const { return {m_selected.begin(), m_selected.end()}; }
    bool isSelected(const std::string &id) const { return m_selected.contains(id); }
    void select(const std::vector<std::string> &ids);
    void toggle(const std::string &id);
    void selectAll();
    const std::optional<Wire> &selectedWire() const { return m_selectedWire; }
    /// Instead of nodes.
    void selectWire(const std::optional<Wire> &wire);
    /// The node that has the keyboard: the last that was selected. Empty if there is none.
    const std::string &current() const { return m_current; }

    /// Shows items elsewhere than the chain has them, while they are dragged.
    void showMoved(const std::vector<ChainEditor::Place> &places);
    void showResized(const std::string &comment, const QSizeF &size);
    /// Shows everything where the chain has it.
    void showPlaces();

    /// What runs, or nothing.
    void setActivity(const ChainActivity &activity);
    const Problems &problems() const { return m_problems; }
    /// What a rehearsal found, by node; none: there is no rehearsal to show.
    void setRehearsed(std::unordered_map<std::string, NodeItem::Rehearsed> rehearsed);
    /// Marks the weakest link of a route; with an empty id none is marked.
    void setWeakest(const std::string &node, const QString &why);

Q_SIGNALS:
    /// Something looks otherwise.
    void changed();
    void selectionChanged(const QStringList &ids);
    /// What can be undone and redone, and whether the chain is modified, may be otherwise.
    void stepDone();
    void problemsChanged();
    /// Another chain is shown.
    void replaced();

private:
    void chainEdited(const ChainEdit &edit) override;
    void chainReplaced() override;
    void historyChanged() override;
    void rebuild();
    void index();
    void updateWires();
    void check();
    std::optional<NodeItem::Rehearsed> rehearsedOf(const NodeItem &item) const;
    void tellSelection();

    ChainEditor &m_editor;
    std::vector<NodeItem> m_nodes;
    std::vector<WireItem> m_wires;
    std::vector<CommentItem> m_comments;
    std::unordered_map<std::string, std::size_t> m_places; ///< of m_nodes
    std::set<std::string> m_selected;
    std::string m_current;
    std::optional<Wire> m_selectedWire;
    ChainActivity m_activity;
    std::unordered_map<std::string, NodeItem::Rehearsed> m_rehearsed;
    std::string m_weakest; ///< a node's id, or empty
    QString m_weakness;
    Problems m_problems;
    QTimer m_checking; ///< once for all changes of a moment
};

} // namespace sluice
