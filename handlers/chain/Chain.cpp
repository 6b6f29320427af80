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

std::string Chain::addNode(ChainNode added)
{
    const std::string stem = added.id.empty() && added.type ? added.type->name() : added.id;
    std::string id = stem;
    for (int number = 2; id.empty() || node(id); ++number)
        id = stem + " " + std::to_string(number);
    added.id = id;
    m_nodes.push_back(std::move(added));
    return id;
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
        const ChainNode *from = node(wire.from);
        const ChainNode *to = node(wire.to);
        if (!from)
            problems.push_back({path + ".from", "There is no node \"" + wire.from + "\"."});
        if (!to)
            problems.push_back({path + ".to", "There is no node \"" + wire.to + "\"."});
        if (to && !to->type->hasInput())
            problems.push_back({path + ".to", "\"" + wire.to + "\" is a receiver and takes no wire."});
        if (from) {
            const auto &outputs = from->type->outputs();
            const auto output = std::ranges::find(outputs, wire.port, &PortSpec::name);
            if (output == outputs.end())
                problems.push_back({path, "\"" + wire.from + "\" has no output \"" + wire.port + "\"."});
            else if (output->handlersOnly && to && to->type->kind() != NodeKind::Handler)
                problems.push_back({path, "Output \"" + wire.port + "\" of \"" + wire.from +
                                              "\" leads to handlers only, and \"" + wire.to + "\" is none."});
            else if (output->single && !singleOutputs.emplace(wire.from, wire.port).second)
                problems.push_back(
                    {path, "Output \"" + wire.port + "\" of \"" + wire.from + "\" takes one wire only."});
        }
        if ((wire.queue || wire.whenFull) && to && !to->type->waitsForOthers())
            problems.push_back({path, "\"" + wire.to + "\" does not wait for others, so there is no queue before it."});
        if (std::any_of(m_wires.begin(), m_wires.begin() + static_cast<std::ptrdiff_t>(i),
                        [&](const Wire &earlier) { return earlier.hasSameEnds(wire); }))
            problems.push_back({path, "The same wire is there already."});
    }
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
