#include "canvas/ChainCanvas.h"

#include "canvas/CanvasActions.h"
#include "canvas/CanvasArrange.h"
#include "canvas/CanvasHint.h"
#include "canvas/CanvasKeys.h"
#include "canvas/CanvasPainter.h"
#include "canvas/CanvasReader.h"
#include "canvas/CommentEditor.h"
#include "canvas/Minimap.h"
#include "chain/NodeRegistry.h"

#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPaintEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace sluice {

namespace {

constexpr double fitMargin = 48;  ///< pixels
constexpr double keptInSight = 80; ///< pixels of the chain at each edge
constexpr int restMilliseconds = 120;

} // namespace

const QString ChainCanvas::nodeMimeType = QStringLiteral("application/x-sluice-node");

ChainCanvas::ChainCanvas(ChainEditor &editor, QWidget *parent)
    : QWidget(parent), m_scene(new ChainScene(editor, this)), m_mouse(*this), m_drag(*this), m_keys(std::make_unique<CanvasKeys>(*this)),
      m_commands(new CanvasActions(*this)), m_hint(new CanvasHint(this)), m_minimap(new Minimap(*this)),
      m_commentEditor(new CommentEditor(*this))
{
    CanvasReader::install();
    setObjectName(QStringLiteral("chainCanvas"));
    setAccessibleName(tr("Chain"));
    setAccessibleDescription(tr("Tab and arrows go from node to node, W draws a wire, Enter opens the form"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAcceptDrops(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(240, 160);
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, &ChainCanvas::update);
    connect(m_scene, &ChainScene::changed, this, &ChainCanvas::update);
    connect(m_scene, &ChainScene::changed, m_minimap, &Minimap::refresh);
    connect(m_scene, &ChainScene::selectionChanged, this, &ChainCanvas::selectionChanged);
    connect(m_scene, &ChainScene::stepDone, this, [this] {
        // What is being drawn was begun on another chain.
        m_keys->giveUpWire();
        m_keys->giveUpFilter();
        m_hint->setVisible(m_scene->isEmpty());
    });
    connect(m_scene, &ChainScene::replaced, this, [this] {
        m_mouse.cancel();
        m_overlay = {};
        m_isPlaced = false;
        layOut();
    });
    layOut();
}

ChainCanvas::~ChainCanvas() = default;

void ChainCanvas::layOut()
{
    m_hint->setVisible(m_scene->isEmpty());
    m_hint->setGeometry(rect());
    if (!m_isPlaced)
        fit();
    m_minimap->refresh();
    m_commentEditor->place();
}

void ChainCanvas::setView(const CanvasView &view)
{
    if (view.zoom != m_view.zoom)
        m_rest.start();
    m_view = view;
    m_view.origin = bounded(view.origin, view.zoom);
    // The picture may be as it was, but elsewhere; not so what is drawn or dragged, which follows the pointer.
    if (m_overlay.draft || m_overlay.ghost || m_overlay.band)
        m_picture.invalidate();
    QWidget::update();
    m_minimap->refresh();
    m_commentEditor->place();
    Q_EMIT viewChanged();
}

QPointF ChainCanvas::bounded(QPointF origin, double zoom) const
{
    const QRectF all = m_scene->bounds();
    const QSizeF seen = QSizeF(size()) / zoom;
    const double kept = keptInSight / zoom;
    origin.setX(std::clamp(origin.x(), all.left() - std::max(0.0, seen.width() - kept), all.right() - std::min(kept, all.width())));
    origin.setY(std::clamp(origin.y(), all.top() - std::max(0.0, seen.height() - kept), all.bottom() - std::min(kept, all.height())));
    // A scroll by whole device pixels does not make letters tremble.
    const double unit = 1 / (zoom * devicePixelRatioF());
    return {std::round(origin.x() / unit) * unit, std::round(origin.y() / unit) * unit};
}

void ChainCanvas::setZoom(double zoom, const QPointF &about)
{
    m_isPlaced = true;
    CanvasView view = m_view;
    view.zoom = std::clamp(zoom, CanvasView::minimumZoom, CanvasView::maximumZoom);
    view.origin = m_view.toScene(about) - about / view.zoom;
    setView(view);
}

void ChainCanvas::pan(const QPointF &pixels)
{
    m_isPlaced = true;
    CanvasView view = m_view;
    view.origin -= pixels / m_view.zoom;
    setView(view);
}

void ChainCanvas::fit()
{
    const QRectF all = m_scene->bounds();
    CanvasView view;
    if (!all.isEmpty()) {
        const double across = (width() - 2 * fitMargin) / all.width();
        const double down = (height() - 2 * fitMargin) / all.height();
        view.zoom = std::clamp(std::min(across, down), CanvasView::minimumZoom, 1.0);
    }
    view.origin = all.center() - QPointF(width(), height()) / (2 * view.zoom);
    setView(view);
}

void ChainCanvas::centreOn(const QPointF &point)
{
    m_isPlaced = true;
    CanvasView view = m_view;
    view.origin = point - QPointF(width(), height()) / (2 * m_view.zoom);
    setView(view);
}

void ChainCanvas::reveal(const QRectF &rect)
{
    const QRectF seen = m_view.toScene(QRectF(this->rect()).adjusted(24, 24, -24, -24));
    QPointF by;
    if (rect.left() < seen.left())
        by.setX(rect.left() - seen.left());
    else if (rect.right() > seen.right())
        by.setX(rect.right() - seen.right());
    if (rect.top() < seen.top())
        by.setY(rect.top() - seen.top());
    else if (rect.bottom() > seen.bottom())
        by.setY(rect.bottom() - seen.bottom());
    if (!by.isNull())
        pan(-by * m_view.zoom);
}

QPointF ChainCanvas::pointer() const
{
    return underMouse() ? m_view.toScene(QPointF(mapFromGlobal(QCursor::pos()))) : middle();
}

const WireItem *ChainCanvas::labelledWireAt(const QPointF &position) const
{
    for (const WireItem &item : m_scene->wires()) {
        const auto is = [&](const std::optional<Wire> &wire) { return wire && wire->hasSameEnds(item.wire()); };
        if ((is(m_overlay.hoveredWire) || is(m_scene->selectedWire())) && item.labelRect(m_view, true).contains(position))
            return &item;
    }
    return nullptr;
}

bool ChainCanvas::report(const Status &status)
{
    if (!status)
        Q_EMIT said(QString::fromStdString(status.error().text));
    return status.ok();
}

std::string ChainCanvas::addNode(const NodeType &type, const std::optional<QPointF> &centre, const QJsonObject &params)
{
    ChainNode node;
    node.type = &type;
    node.params = params;
    QRectF rect = CanvasDrop::rectAround(centre.value_or(middle()), false);
    const CanvasDrop::Plan plan = centre ? CanvasDrop(*m_scene, type).planFor(rect, *centre) : CanvasDrop::Plan();
    if (!plan.insertOn)
        rect.moveTopLeft(CanvasDrop::freePlace(*m_scene, rect.topLeft()));
    node.x = rect.x();
    node.y = rect.y();
    // The first stays where it is put, instead of the view's following it.
    m_isPlaced = true;
    const ChainHistory::Step step(m_scene->editor(), "Add " + type.name());
    const Result<std::string> id = m_scene->editor().addNode(std::move(node));
    if (!id) {
        Q_EMIT said(QString::fromStdString(id.error().text));
        return {};
    }
    CanvasDrop::carryOut(plan, *id, m_scene->editor());
    m_scene->select({*id});
    reveal(rect);
    return *id;
}

ChainNode ChainCanvas::filterNode(const QString &expression)
{
    ChainNode node;
    node.type = NodeRegistry::builtin().find("ExpressionFilter");
    node.params.insert(QStringLiteral("expression"), expression);
    return node;
}

void ChainCanvas::chooseWireFor(const QString &expression)
{
    const ChainNode node = filterNode(expression);
    if (!m_keys->chooseWireFor(expression))
        addNode(*node.type, {}, node.params);
    setFocus(Qt::OtherFocusReason);
}

void ChainCanvas::showTest(const std::vector<TestStep> &steps)
{
    m_overlay.lights.setSteps(steps);
    update();
}

void ChainCanvas::putFilterOn(const Wire &wire, const QString &expression)
{
    ChainNode node = filterNode(expression);
    ChainEditor &editor = m_scene->editor();
    const ChainHistory::Step step(editor, "Put a filter on a wire");
    report(canvasarrange::makeRoomOn(wire, *m_scene));
    const auto item = std::ranges::find_if(m_scene->wires(), [&](const WireItem &one) { return one.wire().hasSameEnds(wire); });
    const NodeItem *from = m_scene->node(wire.from);
    const NodeItem *to = m_scene->node(wire.to);
    if (item != m_scene->wires().end() && from && to) {
        const QPointF middle = (from->rect().center() + to->rect().center()) / 2;
        const QPointF corner = CanvasDrop::freePlace(*m_scene, CanvasDrop::rectAround(middle, false).topLeft());
        node.x = corner.x();
        node.y = corner.y();
    }
    const Result<std::string> id = editor.addNode(std::move(node));
    if (!id || !report(editor.insertOnWire(*id, wire)))
        return;
    m_scene->select({*id});
    reveal(m_scene->node(*id)->rect());
    Q_EMIT said(tr("The filter is on the wire; it runs once the chain is applied."));
}

void ChainCanvas::editComment(const std::string &id) { m_commentEditor->open(id); }

bool ChainCanvas::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        return showToolTip(help->pos(), help->globalPos());
    }
    // Keys that mean something here are not the window's shortcuts.
    if (event->type() == QEvent::ShortcutOverride && m_keys->wants(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

bool ChainCanvas::showToolTip(const QPoint &position, const QPoint &global)
{
    const QPointF at = m_view.toScene(QPointF(position));
    QString text;
    if (const auto port = m_scene->portAt(at, 11 / m_view.zoom); port && !port->output.empty()) {
        const NodeItem *node = m_scene->node(port->node);
        text = QString::fromStdString(port->output + ": " + node->type().output(port->output)->help);
    } else if (const NodeItem *node = m_scene->nodeAt(at)) {
        text = node->toolTip();
    } else if (const WireItem *wire = m_scene->wireAt(at, 7 / m_view.zoom)) {
        text = wire->toolTip();
    }
    // What a stranger's names hold is no markup.
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(global, QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(text.toHtmlEscaped()), this);
    return true;
}

void ChainCanvas::paintEvent(QPaintEvent *event)
{
    const CanvasPainter canvas(*m_scene, m_overlay, {m_view, m_view.toScene(QRectF(rect())), m_rest.isActive(), hasFocus()});
    const QPixmap &picture = m_picture.shown(m_view, size(), devicePixelRatioF(),
                                             [&](QPainter &painter, const QRect &area) {
                                                 painter.setFont(font());
                                                 canvas.paint(painter, area);
                                             });
    QPainter painter(this);
    painter.setClipRegion(event->region());
    painter.drawPixmap(0, 0, picture);
}

void ChainCanvas::update()
{
    m_picture.invalidate();
    QWidget::update();
}

void ChainCanvas::resizeEvent(QResizeEvent *) { layOut(); }

void ChainCanvas::mousePressEvent(QMouseEvent *event)
{
    setFocus(Qt::MouseFocusReason);
    m_mouse.press(*event);
}

void ChainCanvas::mouseMoveEvent(QMouseEvent *event) { m_mouse.move(*event); }
void ChainCanvas::mouseReleaseEvent(QMouseEvent *event) { m_mouse.release(*event); }
void ChainCanvas::mouseDoubleClickEvent(QMouseEvent *event) { m_mouse.doubleClick(*event); }
void ChainCanvas::leaveEvent(QEvent *) { m_mouse.leave(); }

void ChainCanvas::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        setZoom(m_view.zoom * std::pow(1.2, event->angleDelta().y() / 120.0), event->position());
    } else {
        QPointF by = event->pixelDelta().isNull() ? QPointF(event->angleDelta()) / 2 : QPointF(event->pixelDelta());
        if (event->modifiers().testFlag(Qt::ShiftModifier) && by.x() == 0)
            by = {by.y(), 0};
        pan(by);
    }
    event->accept();
}

void ChainCanvas::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint where = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse) {
        const QPointF at = m_view.toScene(QPointF(event->pos()));
        const NodeItem *node = m_scene->nodeAt(at);
        const WireItem *wire = node ? nullptr : m_scene->wireAt(at, 7 / m_view.zoom);
        const CommentItem *comment = node || wire ? nullptr : m_scene->commentAt(at);
        const std::string id = node ? node->id() : comment ? comment->id() : std::string();
        if (wire)
            m_scene->selectWire(wire->wire());
        else if (!id.empty() && !m_scene->isSelected(id))
            m_scene->select({id});
        else if (id.empty())
            m_scene->select({});
    } else if (!m_scene->selected().empty()) {
        where = mapToGlobal(m_view.toView(m_scene->boundsOf(m_scene->selectedIds()).center()).toPoint());
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_commands->fillMenu(*menu);
    menu->popup(where);
}

void ChainCanvas::keyPressEvent(QKeyEvent *event)
{
    if (!m_keys->press(*event))
        QWidget::keyPressEvent(event);
}

void ChainCanvas::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat())
        m_mouse.setPanning(false);
    QWidget::keyReleaseEvent(event);
}

bool ChainCanvas::focusNextPrevChild(bool next) { return m_keys->step(next) || QWidget::focusNextPrevChild(next); }

void ChainCanvas::focusInEvent(QFocusEvent *event)
{
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason)
        m_keys->enter(event->reason() == Qt::TabFocusReason);
    QWidget::focusInEvent(event);
    update();
}

void ChainCanvas::focusOutEvent(QFocusEvent *event)
{
    m_mouse.setPanning(false);
    QWidget::focusOutEvent(event);
    update();
}

void ChainCanvas::dragEnterEvent(QDragEnterEvent *event) { m_drag.enter(*event); }
void ChainCanvas::dragMoveEvent(QDragMoveEvent *event) { m_drag.move(*event); }
void ChainCanvas::dragLeaveEvent(QDragLeaveEvent *) { m_drag.leave(); }
void ChainCanvas::dropEvent(QDropEvent *event) { m_drag.drop(*event); }

} // namespace sluice
