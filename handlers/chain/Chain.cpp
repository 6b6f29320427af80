#include "chain/Chain.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace sluice {

namespace {

std::string indexed(const char *list, std::size_t index)
{
    return std::string("$.") + list + "[" + std::to_string(index) + "]";
}

} // namespace

const ChainNode *Chain::node(std::string_view id) const
{
    const auto found = std::ranges::find(m_nodes, id, &ChainNode::id);
    return found == m_nodes.end() ? nullptr : &*found;
}

ChainNode *Chain::node(std::string_view id) { return const_cast<ChainNode *>(std::as_const(*this).node(id)); }

std::string Chain::freeId(std::string_view stem) const
{
    const auto isTaken = [this](const std::string &id) {
        return id.empty() || node(id) || std::ranges::find(m_comments, id, &ChainComment::id) != m_comments.end();
    };
    std::string id(stem);
    // A copy of "python 2" is "python 3", where there is a "python"; "the last 100" is no copy of "the last".
    const std::size_t blank = stem.find_last_not_of("0123456789");
    if (blank != std::string_view::npos && blank > 0 && blank + 1 < stem.size() && stem[blank] == ' ' &&
        isTaken(std::string(stem.substr(0, blank))))
        stem = stem.substr(0, blank);
    for (int number = 2; isTaken(id); ++number)
        id = std::string(stem) + " " + std::to_string(number);
    return id;
}

std::string Chain::addNode(ChainNode added)
{
    added.id = freeId(added.id.empty() && added.type ? added.type->name() : added.id);
    return m_nodes.emplace_back(std::move(added)).id;
}

std::string Chain::addComment(ChainComment added)
{
    added.id = freeId(added.id.empty() ? "comment" : added.id);
    return m_comments.emplace_back(std::move(added)).id;
}

void Chain::apply(const ChainEdit &edit)
{
    const auto put = [](auto &list, const auto &change) {
        const auto at = list.begin() + static_cast<std::ptrdiff_t>(change.index);
        if (change.before && change.after)
            *at = *change.after;
        else if (change.after)
            list.insert(at, *change.after);
        else
            list.erase(at);
    };
    if (const auto *node = std::get_if<NodeEdit>(&edit))
        put(m_nodes, *node);
    else if (const auto *wire = std::get_if<WireEdit>(&edit))
        put(m_wires, *wire);
    else if (const auto *comment = std::get_if<CommentEdit>(&edit))
        put(m_comments, *comment);
    else
        name = std::get<NameEdit>(edit).after;
}

std::string Chain::pathOf(std::string_view id) const
{
    const auto found = std::ranges::find(m_nodes, id, &ChainNode::id);
    return found == m_nodes.end() ? "$.nodes" : indexed("nodes", static_cast<std::size_t>(found - m_nodes.begin()));
}

Problems Chain::check() const
{
    Problems problems;
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        const Problems found = m_nodes[i].type->check(m_nodes[i].params, indexed("nodes", i) + ".params");
        problems.insert(problems.end(), found.begin(), found.end());
    }
    const Problems wiring = checkWiring();
    problems.insert(problems.end(), wiring.begin(), wiring.end());
    return problems;
}

Problems Chain::checkWiring() const
{
    Problems problems;
    checkWires(problems);
    checkCycles(problems);
    checkLoggers(problems);
    return problems;
}

void Chain::checkWires(Problems &problems) const
{
    std::set<std::pair<std::string, std::string>> singleOutputs;
    for (std::size_t i = 0; i < m_wires.size(); ++i) {
        const Wire &wire = m_wires[i];
        const std::string path = indexed("wires", i);
        const Problems found = checkWire(wire, path);
        problems.insert(problems.end(), found.begin(), found.end());
        const ChainNode *from = node(wire.from);
        const PortSpec *output = from ? from->type->output(wire.port) : nullptr;
        if (output && output->single && !singleOutputs.emplace(wire.from, wire.port).second)
            problems.push_back({path, "Output \"" + wire.port + "\" of \"" + wire.from + "\" takes one wire only."});
        if (std::any_of(m_wires.begin(), m_wires.begin() + static_cast<std::ptrdiff_t>(i),
                        [&](const Wire &earlier) { return earlier.hasSameEnds(wire); }))
            problems.push_back({path, "The same wire is there already."});
    }
}

Problems Chain::checkWire(const Wire &wire, const std::string &path) const
{
    Problems problems;
    const ChainNode *from = node(wire.from);
    const ChainNode *to = node(wire.to);
    if (!from)
        problems.push_back({path + ".from", "There is no node \"" + wire.from + "\"."});
    if (!to)
        problems.push_back({path + ".to", "There is no node \"" + wire.to + "\"."});
    if (to && !to->type->hasInput())
        problems.push_back({path + ".to", "\"" + wire.to + "\" is a receiver and takes no wire."});
    const PortSpec *output = from ? from->type->output(wire.port) : nullptr;
    if (from && !output)
        problems.push_back({path, "\"" + wire.from + "\" has no output \"" + wire.port + "\"."});
    else if (output && output->handlersOnly && to && to->type->kind() != NodeKind::Handler)
        problems.push_back({path, "Output \"" + wire.port + "\" of \"" + wire.from + "\" leads to handlers only, and \"" +
                                      wire.to + "\" is none."});
    if ((wire.queue || wire.whenFull) && to && !to->type->waitsForOthers())
        problems.push_back({path, "\"" + wire.to + "\" does not wait for others, so there is no queue before it."});
    return problems;
}

void Chain::checkCycles(Problems &problems) const
{
    enum class Mark { New, Open, Done };
    std::map<std::string, Mark> marks;
    // The graph is as deep as a hostile file makes it, so the search keeps its own stack.
    for (const ChainNode &start : m_nodes) {
        std::vector<std::pair<std::string, std::size_t>> stack{{start.id, 0}};
        if (marks[start.id] != Mark::New)
            continue;
        marks[start.id] = Mark::Open;
        while (!stack.empty()) {
            auto &[id, next] = stack.back();
            while (next < m_wires.size() && (m_wires[next].from != id || !node(m_wires[next].to)))
                ++next;
            if (next == m_wires.size()) {
                marks[id] = Mark::Done;
                stack.pop_back();
                continue;
            }
            const std::size_t wire = next++;
            Mark &mark = marks[m_wires[wire].to];
            if (mark == Mark::Open) {
                problems.push_back({indexed("wires", wire), "The wire from \"" + m_wires[wire].from + "\" to \"" +
                                                                m_wires[wire].to + "\" closes a circle."});
            } else if (mark == Mark::New) {
                mark = Mark::Open;
                stack.emplace_back(m_wires[wire].to, 0);
            }
        }
    }
}

void Chain::checkLoggers(Problems &problems) const
{
    // What comes out of the tree of loggers must not enter it again, nor be told twice what to be.
    std::map<std::string, std::string> names;
    std::set<std::string> reached;
    std::vector<std::string> open;
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        const ChainNode &node = m_nodes[i];
        if (node.type->kind() != NodeKind::Logger)
            continue;
        open.push_back(node.id);
        std::string name = node.params.value(QLatin1String("name")).toString().toStdString();
        if (name == "root")
            name.clear();
        const auto [other, isNew] = names.emplace(name, node.id);
        if (!isNew)
            problems.push_back({indexed("nodes", i) + ".params.name",
                                "\"" + other->second + "\" is the same logger; there can be only one."});
    }
    while (!open.empty()) {
        const std::string id = open.back();
        open.pop_back();
        for (std::size_t i = 0; i < m_wires.size(); ++i) {
            const ChainNode *to = node(m_wires[i].to);
            if (m_wires[i].from != id || !to)
                continue;
            if (to->type->kind() == NodeKind::Logger)
                problems.push_back({indexed("wires", i), "Loggers pass records to their parents by themselves: no "
                                                         "wire may lead from loggers back to \"" + to->id + "\"."});
            else if (reached.insert(to->id).second)
                open.push_back(to->id);
        }
    }
}

} // namespace sluice
