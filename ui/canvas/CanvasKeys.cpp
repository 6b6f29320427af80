#include "canvas/CanvasKeys.h"

#include "canvas/CanvasActions.h"
#include "canvas/CanvasReader.h"
#include "canvas/ChainCanvas.h"
#include "chain/NodeRegistry.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace sluice {

namespace {

constexpr double farMove = 5; ///< steps of the grid, with Shift

bool isArrow(int key) { return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down; }

QPointF direction(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return {-1, 0};
    case Qt::Key_Right:
        return {1, 0};
    case Qt::Key_Up:
        return {0, -1};
    default:
        return {0, 1};
    }
}

bool isEnter(int key) { return key == Qt::Key_Return || key == Qt::Key_Enter; }

bool isPlain(const QKeyEvent &event) { return (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0; }

} // namespace

bool CanvasKeys::wants(const QKeyEvent &event) const
{
    const int key = event.key();
    if (isArrow(key) && !event.modifiers().testFlag(Qt::AltModifier))
        return true;
    // No single letter is the window's while the canvas has the keyboard: here nobody marks records.
    if (isPlain(event) && key != Qt::Key_Tab && key != Qt::Key_Backtab && (key < Qt::Key_F1 || key > Qt::Key_F35 || key == Qt::Key_F2))
        return true;
    return m_canvas.commands()->find(event) != nullptr;
}

bool CanvasKeys::press(const QKeyEvent &event)
{
    ChainScene &scene = *m_canvas.scene();
    const int key = event.key();
    if (key == Qt::Key_Escape) {
        if (m_canvas.mouse().cancel())
            return true;
        if (m_canvas.overlay().draft) {
            giveUpWire();
            return true;
        }
        if (m_canvas.overlay().filter) {
            giveUpFilter();
            return true;
        }
        if (scene.selected().empty() && !scene.selectedWire())
            return false;
        scene.select({});
        return true;
    }
    if (m_canvas.mouse().isBusy())
        return false;
    if (m_canvas.overlay().draft && pressInDraft(event))
        return true;
    if (m_canvas.overlay().filter && pressWithFilter(event))
        return true;
    if (isArrow(key) && event.modifiers().testFlag(Qt::ControlModifier)) {
        nudge(event);
        return true;
    }
    if (isArrow(key) && isPlain(event)) {
        walk(key);
        return true;
    }
    if (key == Qt::Key_Space && isPlain(event)) {
        if (!event.isAutoRepeat())
            m_canvas.mouse().setPanning(true);
        return true;
    }
    if ((isEnter(key) || key == Qt::Key_F2) && isPlain(event)) {
        if (scene.selected().size() == 1 && scene.comment(*scene.selected().begin()))
            m_canvas.editComment(*scene.selected().begin());
        else
            Q_EMIT m_canvas.inspectRequested();
        return true;
    }
    if (key == Qt::Key_W && isPlain(event)) {
        m_port = 0;
        beginWire();
        return true;
    }
    if (QAction *action = m_canvas.commands()->find(event)) {
        m_canvas.commands()->trigger(action);
        return true;
    }
    return false;
}

bool CanvasKeys::pressInDraft(const QKeyEvent &event)
{
    const int key = event.key();
    if (key == Qt::Key_W) {
        ++m_port;
        beginWire();
        return true;
    }
    if (isEnter(key) || key == Qt::Key_Space) {
        const std::optional<Wire> wire = m_canvas.overlay().draft->aim();
        giveUpWire();
        if (wire)
            m_canvas.report(m_canvas.scene()->editor().connect(*wire));
        return true;
    }
    if (isArrow(key) && !m_choices.empty()) {
        const bool forwards = key == Qt::Key_Right || key == Qt::Key_Down;
        aim((m_choice + (forwards ? 1 : m_choices.size() - 1)) % m_choices.size());
        return true;
    }
    return false;
}

bool CanvasKeys::chooseWireFor(const QString &expression)
{
    ChainScene &scene = *m_canvas.scene();
    m_canvas.mouse().cancel();
    giveUpWire();
    CanvasDrop drop(scene, *NodeRegistry::builtin().find("ExpressionFilter"));
    std::vector<const WireItem *> items;
    for (const WireItem &item : scene.wires()) {
        if (drop.canInsertOn(item.wire()))
            items.push_back(&item);
    }
    if (items.empty())
        return false;
    std::ranges::stable_sort(items, {}, [](const WireItem *item) { return std::pair(item->middle().x(), item->middle().y()); });
    m_choices.clear();
    std::size_t first = 0;
    for (const WireItem *item : items) {
        if (scene.selectedWire() && scene.selectedWire()->hasSameEnds(item->wire()))
            first = m_choices.size();
        m_choices.push_back(item->wire());
    }
    m_canvas.overlay().filter = expression;
    aimFilter(first);
    return true;
}

void CanvasKeys::aimFilter(std::size_t choice)
{
    m_choice = choice;
    const Wire &wire = m_choices[choice];
    CanvasOverlay &overlay = m_canvas.overlay();
    overlay.plan.insertOn = wire;
    for (const WireItem &item : m_canvas.scene()->wires()) {
        if (item.wire().hasSameEnds(wire))
            m_canvas.reveal(item.bounds());
    }
    Q_EMIT m_canvas.said(ChainCanvas::tr("Filter on the wire from %1 to %2: Enter puts it there, arrows choose another, Esc gives up")
                             .arg(QString::fromStdString(wire.from), QString::fromStdString(wire.to)));
    m_canvas.update();
}

// What was said of it goes with it.
void CanvasKeys::giveUpWire()
{
    if (!m_canvas.overlay().draft)
        return;
    m_canvas.overlay().draft.reset();
    Q_EMIT m_canvas.said({});
    m_canvas.update();
}

void CanvasKeys::giveUpFilter()
{
    if (!m_canvas.overlay().filter)
        return;
    m_canvas.overlay().filter.reset();
    m_canvas.overlay().plan = {};
    Q_EMIT m_canvas.said({});
    m_canvas.update();
}

bool CanvasKeys::pressWithFilter(const QKeyEvent &event)
{
    const int key = event.key();
    if (isEnter(key) || key == Qt::Key_Space) {
        const QString expression = *m_canvas.overlay().filter;
        const Wire wire = m_choices[m_choice];
        giveUpFilter();
        m_canvas.putFilterOn(wire, expression);
        return true;
    }
    if (isArrow(key)) {
        const bool forwards = key == Qt::Key_Right || key == Qt::Key_Down;
        aimFilter((m_choice + (forwards ? 1 : m_choices.size() - 1)) % m_choices.size());
        return true;
    }
    return false;
}

void CanvasKeys::beginWire()
{
    ChainScene &scene = *m_canvas.scene();
    const NodeItem *node = scene.node(scene.current());
    if (!node) {
        Q_EMIT m_canvas.said(ChainCanvas::tr("Choose a node first: the wire begins there."));
        return;
    }
    const auto &outputs = node->type().outputs();
    CanvasOverlay &overlay = m_canvas.overlay();
    overlay.draft.reset();
    if (outputs.empty()) {
        Q_EMIT m_canvas.said(ChainCanvas::tr("%1 has no output: wires end there.").arg(node->name()));
        m_canvas.update();
        return;
    }
    overlay.draft.emplace(scene, ChainScene::Port{node->id(), outputs[m_port % outputs.size()].name});
    m_choices = overlay.draft->possible();
    const QPointF from = overlay.draft->beginPoint();
    std::ranges::stable_sort(m_choices, {}, [&](const Wire &wire) { return QLineF(from, scene.node(wire.to)->input()).length(); });
    if (m_choices.empty()) {
        overlay.draft.reset();
        Q_EMIT m_canvas.said(ChainCanvas::tr("No wire can be drawn from %1: there is nothing that it could lead to.").arg(node->name()));
        m_canvas.update();
        return;
    }
    aim(0);
}

void CanvasKeys::aim(std::size_t choice)
{
    m_choice = choice;
    const Wire &wire = m_choices[choice];
    m_canvas.overlay().draft->aimAt(wire);
    if (const NodeItem *target = m_canvas.scene()->node(wire.to)) {
        m_canvas.reveal(target->rect());
        Q_EMIT m_canvas.said(ChainCanvas::tr("Wire from %1 to %2: Enter draws it, arrows choose another, Esc gives up")
                                 .arg(QString::fromStdString(wire.from), target->name()));
    }
    m_canvas.update();
}

std::vector<std::string> CanvasKeys::inReadingOrder() const
{
    std::vector<const NodeItem *> items;
    for (const NodeItem &item : m_canvas.scene()->nodes())
        items.push_back(&item);
    std::ranges::stable_sort(items, {}, [](const NodeItem *item) { return std::pair(item->position().x(), item->position().y()); });
    std::vector<std::string> ids;
    for (const NodeItem *item : items)
        ids.push_back(item->id());
    return ids;
}

bool CanvasKeys::step(bool forwards)
{
    if (m_canvas.overlay().draft)
        return true;
    const std::vector<std::string> ids = inReadingOrder();
    const auto at = std::ranges::find(ids, m_canvas.scene()->current());
    if (ids.empty())
        return false;
    if (at == ids.end()) {
        go(forwards ? ids.front() : ids.back());
        return true;
    }
    if (forwards ? std::next(at) == ids.end() : at == ids.begin())
        return false;
    go(forwards ? *std::next(at) : *std::prev(at));
    return true;
}

void CanvasKeys::enter(bool forwards)
{
    const std::vector<std::string> ids = inReadingOrder();
    if (!ids.empty() && m_canvas.scene()->current().empty())
        go(forwards ? ids.front() : ids.back());
}

void CanvasKeys::go(const std::string &id)
{
    m_canvas.scene()->select({id});
    if (const NodeItem *node = m_canvas.scene()->node(id))
        m_canvas.reveal(node->rect());
    CanvasReader::announce(m_canvas, id);
}

std::string CanvasKeys::nearest(const std::vector<std::string> &ids, const QPointF &to) const
{
    std::string best;
    double distance = 1e18;
    for (const std::string &id : ids) {
        const NodeItem *node = m_canvas.scene()->node(id);
        if (!node)
            continue;
        if (const double here = QLineF(node->rect().center(), to).length(); here < distance) {
            distance = here;
            best = id;
        }
    }
    return best;
}

// Right and left along the wires; where there is none, and up and down, to what stands there.
void CanvasKeys::walk(int key)
{
    const ChainScene &scene = *m_canvas.scene();
    const NodeItem *current = scene.node(scene.current());
    if (!current) {
        enter(key != Qt::Key_Left && key != Qt::Key_Up);
        return;
    }
    const QPointF centre = current->rect().center();
    std::vector<std::string> wired;
    if (key == Qt::Key_Left || key == Qt::Key_Right) {
        for (const Wire &wire : scene.chain().wires()) {
            if (key == Qt::Key_Right && wire.from == current->id())
                wired.push_back(wire.to);
            else if (key == Qt::Key_Left && wire.to == current->id())
                wired.push_back(wire.from);
        }
    }
    std::string next = nearest(wired, centre);
    if (next.empty()) {
        const QPointF along = direction(key);
        double best = 1e18;
        for (const NodeItem &item : scene.nodes()) {
            const QPointF away = item.rect().center() - centre;
            const double forwards = QPointF::dotProduct(away, along);
            const double aside = std::abs(QPointF::dotProduct(away, QPointF(along.y(), along.x())));
            if (forwards <= 0 || aside > 2 * forwards + NodeItem::height)
                continue;
            if (const double cost = forwards + 2 * aside; cost < best) {
                best = cost;
                next = item.id();
            }
        }
    }
    if (!next.empty())
        go(next);
}

void CanvasKeys::nudge(const QKeyEvent &event)
{
    ChainScene &scene = *m_canvas.scene();
    const double steps = event.modifiers().testFlag(Qt::ShiftModifier) ? farMove : 1;
    const QPointF by = direction(event.key()) * ChainLayout::grid * steps;
    std::set<std::string> ids = scene.selected();
    for (const std::string &id : scene.selected()) {
        if (const CommentItem *comment = scene.comment(id)) {
            for (std::string &inside : scene.groupOf(*comment))
                ids.insert(std::move(inside));
        }
    }
    std::vector<ChainEditor::Place> places;
    for (const std::string &id : ids) {
        const QPointF corner = scene.boundsOf({id}).topLeft() + by;
        places.push_back({id, corner.x(), corner.y()});
    }
    if (!places.empty())
        m_canvas.report(scene.editor().move(std::move(places)));
    m_canvas.reveal(scene.boundsOf(scene.selectedIds()));
}

} // namespace sluice
