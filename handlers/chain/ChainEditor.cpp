#include "chain/ChainEditor.h"

#include "chain/ChainWiring.h"

#include <algorithm>

namespace sluice {

namespace {

template <typename Item>
std::optional<std::size_t> indexById(const std::vector<Item> &items, std::string_view id)
{
    const auto found = std::ranges::find(items, id, &Item::id);
    if (found == items.end())
        return {};
    return static_cast<std::size_t>(found - items.begin());
}

Error noNode(std::string_view id) { return Error{"There is no node \"" + std::string(id) + "\"."}; }

Error noWire(const Wire &wire)
{
    return Error{"There is no wire from \"" + wire.from + "\" to \"" + wire.to + "\"."};
}

} // namespace

ChainEditor::ChainEditor(Chain chain) : ChainHistory(std::move(chain)) {}

Result<std::string> ChainEditor::addNode(ChainNode node)
{
    if (!node.type)
        return Error{"The node has no type."};
    if (chain().nodes().size() >= Chain::maxNodes)
        return Error{"A chain has at most " + std::to_string(Chain::maxNodes) + " nodes."};
    node.id = chain().freeId(node.id.empty() ? node.type->name() : node.id);
    const Step step(*this, "Add " + node.type->name());
    std::string id = node.id;
    perform(NodeEdit{chain().nodes().size(), {}, std::move(node)});
    return id;
}

Status ChainEditor::remove(std::vector<std::string> ids, bool heal)
{
    for (const std::string &id : ids) {
        if (!chain().node(id) && !indexById(chain().comments(), id))
            return noNode(id);
    }
    const Step step(*this, ids.size() == 1 ? "Delete " + ids[0] : "Delete " + std::to_string(ids.size()) + " items");
    for (const std::string &id : ids) {
        if (const auto index = indexById(chain().comments(), id))
            perform(CommentEdit{*index, chain().comments()[*index], {}});
        else if (const auto node = indexById(chain().nodes(), id))
            removeNode(*node, heal);
    }
    return {};
}

void ChainEditor::removeNode(std::size_t index, bool heal)
{
    const ChainNode node = chain().nodes()[index];
    struct Incoming
    {
        Wire wire;
        std::size_t index;
    };
    std::vector<Incoming> incoming;
    std::vector<Wire> outgoing;
    for (std::size_t i = chain().wires().size(); i-- > 0;) {
        const Wire wire = chain().wires()[i];
        if (wire.to == node.id)
            incoming.push_back({wire, i});
        else if (wire.from == node.id)
            outgoing.push_back(wire);
        else
            continue;
        eraseWire(i);
        for (Incoming &earlier : incoming)
            earlier.index -= earlier.index > i ? 1 : 0;
    }
    perform(NodeEdit{index, node, {}});
    if (!heal)
        return;
    // What came first is served first: from the back, each at the place of the wire that it takes over from.
    for (const Incoming &in : incoming) {
        for (const Wire &out : outgoing) {
            Wire healed{in.wire.from, in.wire.port, out.to, out.queue, out.whenFull};
            if (whyNotConnect(chain(), healed).empty())
                addWireEdits(in.index, std::move(healed));
        }
    }
}

Status ChainEditor::rename(std::string id, std::string newId)
{
    const auto index = indexById(chain().nodes(), id);
    if (!index)
        return noNode(id);
    if (id == newId)
        return {};
    if (newId.empty() || newId.size() > Chain::maxIdLength)
        return Error{"A node's name has 1 to " + std::to_string(Chain::maxIdLength) + " bytes."};
    if (chain().freeId(newId) != newId)
        return Error{"\"" + std::string(newId) + "\" is taken already."};
    const Step step(*this, "Rename " + std::string(id));
    ChainNode renamed = chain().nodes()[*index];
    renamed.id = newId;
    // The wires leave before the node's name does, and come back after it: none ever leads nowhere.
    std::vector<std::pair<std::size_t, Wire>> wires;
    for (std::size_t i = chain().wires().size(); i-- > 0;) {
        const Wire wire = chain().wires()[i];
        if (wire.from != id && wire.to != id)
            continue;
        wires.emplace_back(i, wire);
        eraseWire(i);
    }
    perform(NodeEdit{*index, chain().nodes()[*index], renamed});
    for (; !wires.empty(); wires.pop_back()) {
        auto &[at, wire] = wires.back();
        if (wire.from == id)
            wire.from = newId;
        if (wire.to == id)
            wire.to = newId;
        addWireEdits(at, wire);
    }
    return {};
}

Status ChainEditor::setParam(std::string id, std::string_view key, const QJsonValue &value)
{
    const auto index = indexById(chain().nodes(), id);
    if (!index)
        return noNode(id);
    ChainNode node = chain().nodes()[*index];
    const ParamSpec *spec = node.type->param(key);
    const QString name = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
    // A key that a file has and no declaration knows can be taken out.
    if (!spec && !(value.isUndefined() && node.params.contains(name)))
        return Error{node.type->name() + " has no parameter \"" + std::string(key) + "\"."};
    if (value.isUndefined() || (value == spec->defaultValue && !spec->required))
        node.params.remove(name);
    else
        node.params.insert(name, value);
    if (node.params == chain().nodes()[*index].params)
        return {};
    const Step step(*this, "Set " + name.toStdString() + " of " + node.id, "param " + name.toStdString() + " " + node.id);
    perform(NodeEdit{*index, chain().nodes()[*index], std::move(node)});
    return {};
}

std::optional<std::size_t> ChainEditor::indexOf(const Wire &wire) const
{
    const auto found = std::ranges::find_if(chain().wires(), [&](const Wire &other) { return other.hasSameEnds(wire); });
    if (found == chain().wires().end())
        return {};
    return static_cast<std::size_t>(found - chain().wires().begin());
}

void ChainEditor::addWireEdits(std::size_t index, std::optional<Wire> after)
{
    std::optional<Wire> before;
    if (!after)
        before = chain().wires()[index];
    perform(WireEdit{index, std::move(before), std::move(after)});
}

Status ChainEditor::connect(Wire wire, std::optional<std::size_t> at)
{
    if (std::string why = whyNotConnect(chain(), wire); !why.empty())
        return Error{std::move(why)};
    if (chain().wires().size() >= Chain::maxWires)
        return Error{"A chain has at most " + std::to_string(Chain::maxWires) + " wires."};
    const Step step(*this, "Connect " + wire.from + " to " + wire.to);
    const std::size_t end = chain().wires().size();
    addWireEdits(std::min(at.value_or(end), end), std::move(wire));
    return {};
}

Status ChainEditor::disconnect(Wire wire)
{
    const auto index = indexOf(wire);
    if (!index)
        return noWire(wire);
    const Step step(*this, "Disconnect " + wire.from + " from " + wire.to);
    eraseWire(*index);
    return {};
}

Status ChainEditor::setQueue(Wire wire, std::optional<std::size_t> queue, std::optional<WhenFull> whenFull)
{
    const auto index = indexOf(wire);
    if (!index)
        return noWire(wire);
    Wire changed = chain().wires()[*index];
    changed.queue = queue;
    changed.whenFull = whenFull;
    if (changed == chain().wires()[*index])
        return {};
    if (const Problems problems = chain().checkWire(changed, {}); !problems.empty())
        return Error{problems.front().text};
    const Step step(*this, "Set the queue before " + wire.to, "queue " + wire.from + "\n" + wire.port + "\n" + wire.to);
    perform(WireEdit{*index, chain().wires()[*index], std::move(changed)});
    return {};
}

Status ChainEditor::serveBefore(Wire wire, Wire other)
{
    const auto from = indexOf(wire);
    const auto to = indexOf(other);
    if (!from || !to)
        return noWire(from ? other : wire);
    if (wire.from != other.from || wire.port != other.port)
        return Error{"The wires do not leave the same output."};
    if (*from == *to)
        return {};
    const Step step(*this, "Serve " + wire.to + " before " + other.to);
    const Wire moved = chain().wires()[*from];
    eraseWire(*from);
    addWireEdits(*indexOf(other), moved);
    return {};
}

Status ChainEditor::insertOnWire(std::string id, Wire wire)
{
    const auto index = indexOf(wire);
    if (!index)
        return noWire(wire);
    if (!chain().node(id))
        return noNode(id);
    // Tried on a copy: what is refused leaves no trace, not even in the history.
    Chain tried = chain();
    const Wire cut = chain().wires()[*index];
    tried.apply(WireEdit{*index, cut, {}});
    Wire in{cut.from, cut.port, std::string(id), {}, {}};
    if (std::string why = whyNotConnect(tried, in); !why.empty())
        return Error{std::move(why)};
    tried.apply(WireEdit{*index, {}, in});
    std::vector<Wire> out = possibleWires(tried, id, cut.to);
    if (out.empty()) {
        const ChainNode &node = *chain().node(id);
        if (node.type->outputs().empty())
            return Error{"\"" + node.id + "\" has no output that could lead on to \"" + cut.to + "\"."};
        return Error{whyNotConnect(tried, {node.id, node.type->outputs().front().name, cut.to, {}, {}})};
    }
    out.front().queue = cut.queue;
    out.front().whenFull = cut.whenFull;
    const Step step(*this, "Insert " + std::string(id));
    eraseWire(*index);
    addWireEdits(*index, std::move(in));
    addWireEdits(chain().wires().size(), std::move(out.front()));
    return {};
}

Status ChainEditor::move(std::vector<Place> places)
{
    for (const Place &place : places) {
        if (!chain().node(place.id) && !indexById(chain().comments(), place.id))
            return noNode(place.id);
    }
    std::string merge = "move";
    for (const Place &place : places)
        merge += "\n" + place.id;
    const Step step(*this, places.size() == 1 ? "Move " + places[0].id : "Move " + std::to_string(places.size()) + " items", merge);
    for (const Place &place : places) {
        const auto put = [&](const auto &item, std::size_t index) {
            auto moved = item;
            moved.x = place.x;
            moved.y = place.y;
            if (!(moved == item))
                perform(ListEdit<decltype(moved)>{index, item, std::move(moved)});
        };
        if (const auto node = indexById(chain().nodes(), place.id))
            put(chain().nodes()[*node], *node);
        else if (const auto comment = indexById(chain().comments(), place.id))
            put(chain().comments()[*comment], *comment);
    }
    return {};
}

std::string ChainEditor::addComment(ChainComment comment)
{
    comment.id = chain().freeId(comment.id.empty() ? "comment" : comment.id);
    const Step step(*this, "Add a comment");
    std::string id = comment.id;
    perform(CommentEdit{chain().comments().size(), {}, std::move(comment)});
    return id;
}

Status ChainEditor::setComment(ChainComment comment)
{
    const auto index = indexById(chain().comments(), comment.id);
    if (!index)
        return Error{"There is no comment \"" + comment.id + "\"."};
    comment.width = std::max(comment.width, ChainComment::minimumWidth);
    comment.height = std::max(comment.height, ChainComment::minimumHeight);
    if (comment == chain().comments()[*index])
        return {};
    const Step step(*this, "Change a comment", "comment " + comment.id);
    perform(CommentEdit{*index, chain().comments()[*index], std::move(comment)});
    return {};
}

void ChainEditor::setName(std::string_view name)
{
    if (name == chain().name)
        return;
    const Step step(*this, "Rename the project", "name");
    perform(NameEdit{chain().name, std::string(name)});
}

} // namespace sluice
