#pragma once

#include "chain/Wire.h"

#include <QString>

#include <cstddef>
#include <string>
#include <vector>

class QKeyEvent;
class QPointF;

namespace sluice {

class ChainCanvas;

/// What keys do on a canvas: Tab and arrows go from node to node along the wires, Ctrl and arrows move, W draws a wire to
/// where arrows lead it, Space or Enter makes it. All other keys are those of CanvasActions. For the UI thread.
class CanvasKeys
{
public:
    explicit CanvasKeys(ChainCanvas &canvas) : m_canvas(canvas) {}

    /// Whether press() would do anything.
    bool wants(const QKeyEvent &event) const;
    bool press(const QKeyEvent &event);
    /// To the next node or the one before, as one reads; false at the last.
    bool step(bool forwards);
    /// The canvas got the keyboard by Tab.
    void enter(bool forwards);

    /// Lets arrows choose on which wire a filter is put; false if there is none where it could be.
    bool chooseWireFor(const QString &expression);
    void giveUpFilter();
    /// The wire that is being drawn, whatever draws it.
    void giveUpWire();

private:
    bool pressInDraft(const QKeyEvent &event);
    void walk(int key);
    void nudge(const QKeyEvent &event);
    void beginWire();
    bool pressWithFilter(const QKeyEvent &event);
    void aimFilter(std::size_t choice);
    void aim(std::size_t choice);
    void go(const std::string &id);
    std::vector<std::string> inReadingOrder() const;
    std::string nearest(const std::vector<std::string> &ids, const QPointF &to) const;

    ChainCanvas &m_canvas;
    std::size_t m_port = 0;   ///< the output that the wire leaves
    std::size_t m_choice = 0; ///< among its targets
    std::vector<Wire> m_choices;
};

} // namespace sluice
