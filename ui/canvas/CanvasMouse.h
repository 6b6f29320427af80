#pragma once

#include "canvas/CanvasDrop.h"
#include "canvas/EdgeScroll.h"
#include "chain/ChainEditor.h"

#include <QPointF>

#include <memory>
#include <optional>
#include <string>
#include <vector>

class QMouseEvent;

namespace sluice {

class ChainCanvas;

/// What the mouse does on a canvas: selects, moves, draws wires, resizes comments, pans; what is dragged to the edge scrolls. Nothing
/// is done to the chain before the button is released. For the UI thread.
class CanvasMouse
{
public:
    explicit CanvasMouse(ChainCanvas &canvas) : m_canvas(canvas), m_edges(canvas, [this] { follow(); }) {}

    void press(const QMouseEvent &event);
    void move(const QMouseEvent &event);
    void release(const QMouseEvent &event);
    void doubleClick(const QMouseEvent &event);
    /// The pointer has left.
    void leave();
    /// Leaves everything as it was. Whether anything was going on.
    bool cancel();
    bool isBusy() const { return m_doing != Doing::Nothing; }
    /// While space is held, the left button pans.
    void setPanning(bool on);
    EdgeScroll &edges() { return m_edges; }

private:
    enum class Doing { Nothing, Pan, Band, MoveOrClick, Move, Wire, Resize };

    void pressLeft(const QMouseEvent &event, const QPointF &at);
    void beginMove(const QPointF &at, const std::string &grabbed);
    void hover(const QPointF &at);
    /// What is dragged goes to where the pointer was last.
    void follow();
    void drawBand(const QPointF &at);
    void dragItems(const QPointF &at);
    void resize(const QPointF &at);
    double snapped(double value) const;
    void finishMove();
    void finishWire();
    void finish();

    ChainCanvas &m_canvas;
    Doing m_doing = Doing::Nothing;
    QPointF m_pressed; ///< in the scene
    QPointF m_last;    ///< in the widget
    bool m_isFree = false; ///< of the grid
    bool m_isPanning = false;
    std::string m_grabbed;
    bool m_selectOnRelease = false; ///< a click on one of several means that one
    std::vector<ChainEditor::Place> m_before; ///< of what is moved
    std::vector<ChainEditor::Place> m_now;
    std::vector<std::string> m_selectedBefore; ///< of a band that adds
    std::unique_ptr<CanvasDrop> m_drop;
    EdgeScroll m_edges;
};

} // namespace sluice
