#include "canvas/ChainScene.h"

#include <algorithm>
#include <charconv>

namespace sluice {

namespace {

/// What lies on top of others stands behind them in the list.
template <typename Item>
const Item *topmostAt(const std::vector<Item> &items, const QPointF &point)
{
    const auto found = std::find_if(items.rbegin(), items.rend(), [&](const Item &item) { return item.rect().contains(point); });
    return found == items.rend() ? nullptr : &*found;
}

/// The place in a list that a problem speaks of: 2 of "$.nodes[2].params.port".
std::optional<std::size_t> placeIn(const std::string &path, std::string_view list)
{
    const std::string beginning = "$." + std::string(list) + "[";
    if (!path.starts_with(beginning))
        return {};
    std::size_t place = 0;
    const auto [end, error] = std::from_chars(path.data() + beginning.size(), path.data() + path.size(), place);
    return error == std::errc() ? std::optional(place) : std::nullopt;
}

template <typename Item, typename Value>
void put(std::vector<Item> &items, const ListEdit<Value> &edit)
{
    const auto place = items.begin() + static_cast<std::ptrdiff_t>(edit.index);
    if (!edit.before)
        items.insert(place, Item(*edit.after));
    else if (!edit.after)
        items.erase(place);
    else
        place->set(*edit.after);
}

} // namespace

ChainScene::ChainScene(ChainEditor &editor, QObject *parent) : QObject(parent), m_editor(editor)
{
    m_checking.setSingleShot(true);
    connect(&m_checking, &QTimer::timeout, this, &ChainScene::check);
    m_editor.addObserver(this);
    rebuild();
}

ChainScene::~ChainScene() { m_editor.removeObserver(this); }

void ChainScene::rebuild()
{
    m_nodes.clear();
    m_wires.clear();
    m_comments.clear();
    for (const ChainNode &node : chain().nodes())
        m_nodes.emplace_back(node);
    for (const Wire &wire : chain().wires())
        m_wires.emplace_back(wire);
    for (const ChainComment &comment : chain().comments())
        m_comments.emplace_back(comment);
    m_selected.clear();
    m_current.clear();
    m_selectedWire.reset();
    index();
    updateWires();
    check();
}

void ChainScene::index()
{
    m_places.clear();
    for (std::size_t i = 0; i < m_nodes.size(); ++i)
        m_places.emplace(m_nodes[i].id(), i);
}

void ChainScene::chainReplaced()
{
    rebuild();
    Q_EMIT replaced();
    tellSelection();
}

void ChainScene::chainEdited(const ChainEdit &edit)
{
    if (const auto *node = std::get_if<NodeEdit>(&edit)) {
        put(m_nodes, *node);
        const bool isRenamed = node->before && node->after && node->before->id != node->after->id;
        if (!node->before || !node->after || isRenamed) {
            index();
            if (node->before && m_selected.erase(node->before->id) > 0 && isRenamed)
                m_selected.insert(node->after->id);
            if (node->before && m_current == node->before->id)
                m_current = isRenamed ? node->after->id : std::string();
        }
    } else if (const auto *wire = std::get_if<WireEdit>(&edit)) {
        put(m_wires, *wire);
        if (m_selectedWire && wire->before && wire->before->hasSameEnds(*m_selectedWire))
            m_selectedWire = wire->after && wire->after->hasSameEnds(*m_selectedWire) ? wire->after : std::nullopt;
    } else if (const auto *comment = std::get_if<CommentEdit>(&edit)) {
        put(m_comments, *comment);
        if (!comment->after)
            m_selected.erase(comment->before->id);
    }
}

// The wires are drawn once for all changes of a step; between them some may lead nowhere.
void ChainScene::historyChanged()
{
    updateWires();
    m_checking.start(0);
    Q_EMIT stepDone();
    tellSelection();
}

void ChainScene::updateWires()
{
    for (WireItem &wire : m_wires) {
        const NodeItem *from = node(wire.wire().from);
        const NodeItem *to = node(wire.wire().to);
        // A wire to nowhere comes from a file that is wrong; it is seen where its other end is.
        const QPointF end = to ? to->input() : from ? from->rect().center() : QPointF();
        QPointF begin = end;
        bool isAtBottom = false;
        if (const auto port = from ? from->outputIndex(wire.wire().port) : std::nullopt) {
            begin = from->output(*port);
            isAtBottom = from->isAtBottom(*port);
        }
        wire.setEnds(begin, isAtBottom, end);
        wire.setLive(m_activity.wire(wire.wire()));
    }
    for (NodeItem &item : m_nodes) {
        item.setLive(m_activity.node(item.id()));
        item.setRehearsed(rehearsedOf(item));
        item.setWeakness(item.id() == m_weakest ? m_weakness : QString());
    }
    Q_EMIT changed();
}

std::optional<NodeItem::Rehearsed> ChainScene::rehearsedOf(const NodeItem &item) const
{
    const auto found = m_rehearsed.find(item.id());
    return found == m_rehearsed.end() ? std::nullopt : std::optional(found->second);
}

void ChainScene::setRehearsed(std::unordered_map<std::string, NodeItem::Rehearsed> rehearsed)
{
    m_rehearsed = std::move(rehearsed);
    bool isOther = false;
    for (NodeItem &item : m_nodes)
        isOther = item.setRehearsed(rehearsedOf(item)) || isOther;
    if (isOther)
        Q_EMIT changed();
}

void ChainScene::setWeakest(const std::string &node, const QString &why)
{
    m_weakest = node;
    m_weakness = why;
    bool isOther = false;
    for (NodeItem &item : m_nodes)
        isOther = item.setWeakness(item.id() == node ? why : QString()) || isOther;
    if (isOther)
        Q_EMIT changed();
}

void ChainScene::check()
{
    m_checking.stop();
    m_problems = chain().check();
    std::vector<QString> ofNodes(m_nodes.size());
    std::vector<QString> ofWires(m_wires.size());
    for (const Problem &problem : m_problems) {
        const auto tell = [&](std::vector<QString> &sentences, std::optional<std::size_t> place) {
            if (place && *place < sentences.size() && sentences[*place].isEmpty())
                sentences[*place] = QString::fromStdString(problem.text);
        };
        tell(ofNodes, placeIn(problem.place, "nodes"));
        tell(ofWires, placeIn(problem.place, "wires"));
    }
    for (std::size_t i = 0; i < m_nodes.size(); ++i)
        m_nodes[i].setProblem(ofNodes[i]);
    for (std::size_t i = 0; i < m_wires.size(); ++i)
        m_wires[i].setProblem(ofWires[i]);
    Q_EMIT problemsChanged();
    Q_EMIT changed();
}

void ChainScene::setActivity(const ChainActivity &activity)
{
    m_activity = activity;
    bool isNew = false;
    for (NodeItem &item : m_nodes)
        isNew |= item.setLive(m_activity.node(item.id()));
    for (WireItem &wire : m_wires)
        isNew |= wire.setLive(m_activity.wire(wire.wire()));
    if (isNew)
        Q_EMIT changed();
}

const NodeItem *ChainScene::node(std::string_view id) const
{
    const auto found = m_places.find(std::string(id));
    return found == m_places.end() ? nullptr : &m_nodes[found->second];
}

const CommentItem *ChainScene::comment(std::string_view id) const
{
    const auto found = std::ranges::find_if(m_comments, [&](const CommentItem &item) { return item.id() == id; });
    return found == m_comments.end() ? nullptr : &*found;
}

QRectF ChainScene::bounds() const
{
    QRectF all;
    for (const NodeItem &item : m_nodes)
        all |= item.rect();
    for (const CommentItem &item : m_comments)
        all |= item.rect();
    return all;
}

QRectF ChainScene::boundsOf(const std::vector<std::string> &ids) const
{
    QRectF all;
    for (const std::string &id : ids) {
        if (const NodeItem *item = node(id))
            all |= item->rect();
        else if (const CommentItem *box = comment(id))
            all |= box->rect();
    }
    return all;
}

const NodeItem *ChainScene::nodeAt(const QPointF &point) const { return topmostAt(m_nodes, point); }

std::optional<ChainScene::Port> ChainScene::portAt(const QPointF &point, double slack) const
{
    const auto isNear = [&](const QPointF &port) { return QLineF(port, point).length() <= slack; };
    for (auto at = m_nodes.rbegin(); at != m_nodes.rend(); ++at) { // the topmost first
        const NodeItem &item = *at;
        if (!item.rect().adjusted(-slack, -slack, slack, slack).contains(point))
            continue;
        for (std::size_t i = 0; i < item.type().outputs().size(); ++i) {
            if (isNear(item.output(i)))
                return Port{item.id(), item.type().outputs()[i].name};
        }
        if (item.type().hasInput() && isNear(item.input()))
            return Port{item.id(), {}};
        if (item.rect().contains(point))
            return {}; // what lies below it is covered
    }
    return {};
}

const WireItem *ChainScene::wireAt(const QPointF &point, double slack) const
{
    const WireItem *nearest = nullptr;
    double best = slack;
    for (const WireItem &item : m_wires) {
        if (!item.bounds().adjusted(-slack, -slack, slack, slack).contains(point))
            continue;
        if (const double distance = item.distanceTo(point); distance <= best) {
            best = distance;
            nearest = &item;
        }
    }
    return nearest;
}

const CommentItem *ChainScene::commentAt(const QPointF &point) const { return topmostAt(m_comments, point); }

std::vector<std::string> ChainScene::itemsIn(const QRectF &rect) const
{
    std::vector<std::string> ids;
    for (const NodeItem &item : m_nodes) {
        if (rect.intersects(item.rect()))
            ids.push_back(item.id());
    }
    for (const CommentItem &item : m_comments) {
        if (rect.contains(item.rect()))
            ids.push_back(item.id());
    }
    return ids;
}

std::vector<std::string> ChainScene::groupOf(const CommentItem &box) const
{
    std::vector<std::string> ids;
    for (const NodeItem &item : m_nodes) {
        if (box.rect().contains(item.rect()))
            ids.push_back(item.id());
    }
    for (const CommentItem &item : m_comments) {
        if (item.id() != box.id() && box.rect().contains(item.rect()))
            ids.push_back(item.id());
    }
    return ids;
}

void ChainScene::select(const std::vector<std::string> &ids)
{
    m_selected = {ids.begin(), ids.end()};
    m_current = ids.empty() ? std::string() : ids.back();
    m_selectedWire.reset();
    tellSelection();
}

void ChainScene::toggle(const std::string &id)
{
    if (m_selected.erase(id) == 0) {
        m_selected.insert(id);
        m_current = id;
    } else if (m_current == id) {
        m_current = m_selected.empty() ? std::string() : *m_selected.begin();
    }
    m_selectedWire.reset();
    tellSelection();
}

void ChainScene::selectAll()
{
    std::vector<std::string> ids;
    for (const NodeItem &item : m_nodes)
        ids.push_back(item.id());
    for (const CommentItem &item : m_comments)
        ids.push_back(item.id());
    select(ids);
}

void ChainScene::selectWire(const std::optional<Wire> &wire)
{
    m_selected.clear();
    m_current.clear();
    m_selectedWire = wire;
    tellSelection();
}

void ChainScene::tellSelection()
{
    QStringList ids;
    for (const std::string &id : m_selected)
        ids << QString::fromStdString(id);
    Q_EMIT selectionChanged(ids);
    Q_EMIT changed();
}

void ChainScene::showMoved(const std::vector<ChainEditor::Place> &places)
{
    for (const ChainEditor::Place &place : places) {
        const QPointF corner(place.x, place.y);
        if (const auto found = m_places.find(place.id); found != m_places.end()) {
            m_nodes[found->second].setPosition(corner);
            continue;
        }
        for (CommentItem &item : m_comments) {
            if (item.id() == place.id)
                item.setRect({corner, item.rect().size()});
        }
    }
    updateWires();
}

void ChainScene::showResized(const std::string &id, const QSizeF &size)
{
    for (CommentItem &item : m_comments) {
        if (item.id() == id)
            item.setRect({item.rect().topLeft(), size});
    }
    Q_EMIT changed();
}

void ChainScene::showPlaces()
{
    std::vector<ChainEditor::Place> places;
    for (const ChainNode &node : chain().nodes())
        places.push_back({node.id, node.x, node.y});
    for (CommentItem &item : m_comments)
        item.set(ChainComment(item.comment()));
    showMoved(places);
}

} // namespace sluice
