#pragma once

#include "base/Result.h"
#include "canvas/CanvasDrag.h"
#include "canvas/CanvasMouse.h"
#include "canvas/CanvasOverlay.h"
#include "canvas/CanvasPicture.h"
#include "canvas/CanvasView.h"
#include "canvas/ChainScene.h"

#include <QTimer>
#include <QWidget>

#include <memory>

namespace sluice {

class CanvasActions;
class CanvasHint;
class CanvasKeys;
class CommentEditor;
class Minimap;

/// The canvas on which chains are drawn: shows a chain that is edited and lets people edit it by mouse and keyboard, all by the
/// editor's verbs. A painted widget: no object for each node, so that it stays quick with hundreds. For the UI thread.
class ChainCanvas : public QWidget
{
    Q_OBJECT

public:
    /// What a drag from the palette carries: a node type's name, in UTF-8.
    static const QString nodeMimeType;

    /// The editor outlives it.
    explicit ChainCanvas(ChainEditor &editor, QWidget *parent = nullptr);
    ~ChainCanvas() override;

    ChainScene *scene() const { return m_scene; }
    CanvasActions *commands() const { return m_commands; }
    CanvasHint *hint() const { return m_hint; }
    Minimap *minimap() const { return m_minimap; }
    CommentEditor *commentEditor() const { return m_commentEditor; }
    CanvasOverlay &overlay() { return m_overlay; }
    CanvasMouse &mouse() { return m_mouse; }
    CanvasDrag &carried() { return m_drag; }

    /// Something looks otherwise: all is painted anew.
    void update();

    const CanvasView &view() const { return m_view; }
    /// `about`: the point of the widget that stays where it is.
    void setZoom(double zoom, const QPointF &about);
    void setZoom(double zoom) { setZoom(zoom, rect().center()); }
    /// By so many pixels.
    void pan(const QPointF &pixels);
    /// Shows all, at most at 100 %.
    void fit();
    void centreOn(const QPointF &point);
    /// Pans as little as shows it.
    void reveal(const QRectF &rect);

    /// Adds a node with its middle at a point of the scene (none: in the middle of what is seen, where there is room) and
    /// selects it. Returns its id, empty if it was refused.
    std::string addNode(const NodeType &type, const std::optional<QPointF> &centre = {}, const QJsonObject &params = {});
    /// Lets somebody choose by keys, or by a click, on which wire a filter is to be put. Where there is none, the filter is
    /// added alone.
    void chooseWireFor(const QString &expression);
    /// Lights the way of a test record; none: no more.
    void showTest(const std::vector<TestStep> &steps);
    /// A node with that expression, in no chain yet.
    static ChainNode filterNode(const QString &expression);
    /// Puts a filter on a wire, and selects it.
    void putFilterOn(const Wire &wire, const QString &expression);
    void editComment(const std::string &id);
    /// Says what was refused.
    bool report(const Status &status);
    /// The middle of what is seen, in the scene.
    QPointF middle() const { return m_view.toScene(QRectF(rect()).center()); }
    /// The wire on whose label, as it is shown to who points at it, a point of the widget is. Null if it is on none.
    const WireItem *labelledWireAt(const QPointF &position) const;
    /// The pointer's place in the scene, or the middle where it is elsewhere.
    QPointF pointer() const;

Q_SIGNALS:
    /// A sentence for the status line.
    void said(const QString &sentence);
    void viewChanged();
    /// The ids of nodes and comments.
    void selectionChanged(const QStringList &ids);
    /// The form of what is selected should take the keyboard.
    void inspectRequested();
    /// Records of views are to be filtered by this expression.
    void filterRequested(const QString &expression);
    /// A test record is to be put in at a node.
    void testRequested(const std::string &id);
    /// Somebody wants to see what passes a wire.
    void tapRequested(const Wire &wire);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void setView(const CanvasView &view);
    /// As much of the chain as there is stays in sight.
    QPointF bounded(QPointF origin, double zoom) const;
    bool showToolTip(const QPoint &position, const QPoint &global);
    void layOut();

    ChainScene *m_scene;
    CanvasOverlay m_overlay;
    CanvasView m_view;
    CanvasPicture m_picture;
    CanvasMouse m_mouse;
    CanvasDrag m_drag;
    std::unique_ptr<CanvasKeys> m_keys;
    CanvasActions *m_commands;
    CanvasHint *m_hint;
    Minimap *m_minimap;
    CommentEditor *m_commentEditor;
    QTimer m_rest; ///< the zoom has come to rest: paint sharp
    bool m_isPlaced = false; ///< somebody has panned or zoomed; until then all stays in sight
};

} // namespace sluice
