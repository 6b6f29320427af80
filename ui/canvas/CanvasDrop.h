#pragma once

#include "canvas/ChainScene.h"

#include <QRectF>

#include <optional>
#include <string>

namespace sluice {

/// What comes of a node that is dropped: on a wire it is put in there; close to another node they are connected, when exactly
/// one wire is possible. Only a node without wires is wired so. Made when a drag begins; tries on a copy of the
/// chain, which does not change meanwhile. For the UI thread.
class CanvasDrop
{
public:
    struct Plan
    {
        std::optional<Wire> insertOn;
        std::optional<Wire> connect;

        bool operator==(const Plan &) const = default;
    };

    /// Of a node in the chain.
    CanvasDrop(const ChainScene &scene, const std::string &id);
    /// Of a new one.
    CanvasDrop(const ChainScene &scene, const NodeType &type);

    /// Whether it can be put in there.
    bool canInsertOn(const Wire &wire);

    /// If it is dropped there. `pointer` is where the mouse is.
    Plan planFor(const QRectF &rect, const QPointF &pointer);
    /// Does it to the node with that id, in the step that is open.
    static void carryOut(const Plan &plan, const std::string &id, ChainEditor &editor);

    /// A node's place with its middle at a point, on the grid unless it is free.
    static QRectF rectAround(const QPointF &centre, bool isFree);
    /// The place nearest to the wanted one, below it, at which a node covers no other.
    static QPointF freePlace(const ChainScene &scene, QPointF wanted);

private:
    const ChainScene &m_scene;
    ChainEditor m_trial;
    std::string m_id; ///< in the trial
    bool m_isFree = true;
    std::optional<Wire> m_tried; ///< the wire that was asked for last
    bool m_triedFits = false;
};

} // namespace sluice
