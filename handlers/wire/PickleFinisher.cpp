#include "wire/PickleFinisher.h"

#include "wire/PickleShapes.h"

#include <algorithm>
#include <array>

namespace sluice {

namespace {

const char *recursionMark(PickleGraph::NodeKind kind)
{
    switch (kind) {
    case PickleGraph::NodeKind::List:
        return "<recursive list>";
    case PickleGraph::NodeKind::Tuple:
        return "<recursive tuple>";
    case PickleGraph::NodeKind::Set:
        return "<recursive set>";
    case PickleGraph::NodeKind::FrozenSet:
        return "<recursive frozenset>";
    case PickleGraph::NodeKind::Dict:
        return "<recursive dict>";
    default:
        return "<recursive instance>";
    }
}

} // namespace

Result<Value> PickleFinisher::finish(const PickleGraph::Item &item, Arena &arena)
{
    m_arena = &arena;
    m_error.clear();
    Part part;
    if (!finishItem(item, 0, part))
        return Error{m_error};
    return part.value;
}

bool PickleFinisher::finishItem(const PickleGraph::Item &item, std::size_t depth, Part &part)
{
    if (item.isNode())
        return finishNode(item.node, depth, part);
    part.value = item.value;
    part.height = 0;
    part.expandedBytes = sizeof(Value) + item.value.chars().size();
    return true;
}

bool PickleFinisher::finishNode(PickleGraph::NodeIndex index, std::size_t depth, Part &part)
{
    using Progress = decltype(PickleGraph::Node::progress);
    if (depth > m_limits.maxDepth)
        return fail("The pickle is nested too deeply.");
    const PickleGraph::NodeKind kind = m_graph.node(index).kind;
    switch (m_graph.node(index).progress) {
    case Progress::Underway:
        part = {};
        part.value = Value::inert(recursionMark(kind));
        part.expandedBytes += part.value.chars().size();
        return true;
    case Progress::Finished: {
        const PickleGraph::Node &node = m_graph.node(index);
        if (depth + node.height > m_limits.maxDepth)
            return fail("The pickle is nested too deeply.");
        part = {node.value, node.height, node.expandedBytes};
        return true;
    }
    case Progress::Unfinished:
        break;
    }

    m_graph.node(index).progress = Progress::Underway;
    part = {};
    bool ok = true;
    switch (kind) {
    case PickleGraph::NodeKind::List:
        ok = finishSequence(index, Value::Kind::List, depth, part);
        break;
    case PickleGraph::NodeKind::Tuple:
        ok = finishSequence(index, Value::Kind::Tuple, depth, part);
        break;
    case PickleGraph::NodeKind::Set:
        ok = finishSequence(index, Value::Kind::Set, depth, part);
        break;
    case PickleGraph::NodeKind::FrozenSet:
        ok = finishSequence(index, Value::Kind::FrozenSet, depth, part);
        break;
    case PickleGraph::NodeKind::Dict:
        ok = finishDict(index, depth, part);
        break;
    case PickleGraph::NodeKind::Global:
        part.value = pickleshapes::global(m_graph.node(index).text, *m_arena);
        part.expandedBytes += part.value.chars().size();
        break;
    case PickleGraph::NodeKind::Instance:
        ok = finishInstance(index, depth, part);
        break;
    }
    if (!ok)
        return false;
    PickleGraph::Node &node = m_graph.node(index);
    node.progress = Progress::Finished;
    node.value = part.value;
    node.height = part.height;
    node.expandedBytes = part.expandedBytes;
    return true;
}

bool PickleFinisher::finishSequence(PickleGraph::NodeIndex index, Value::Kind kind, std::size_t depth,
                                    Part &part)
{
    const std::uint32_t count = m_graph.node(index).count;
    std::span<Value> items = m_arena->allocateArray<Value>(count);
    std::uint32_t cell = m_graph.node(index).first;
    for (Value &item : items) {
        Part member;
        if (!finishItem(m_graph.cell(cell).item, depth + 1, member) || !include(member, part))
            return false;
        item = member.value;
        cell = m_graph.cell(cell).next;
    }
    if (kind == Value::Kind::Set || kind == Value::Kind::FrozenSet)
        items = items.first(m_keys.uniteMembers(items));
    part.value = Value::sequence(kind, items);
    return true;
}

bool PickleFinisher::finishDict(PickleGraph::NodeIndex index, std::size_t depth, Part &part)
{
    const std::uint32_t count = m_graph.node(index).count / 2;
    std::span<Field> entries = m_arena->allocateArray<Field>(count);
    std::uint32_t cell = m_graph.node(index).first;
    for (Field &entry : entries) {
        for (Value *half : {&entry.key, &entry.value}) {
            Part member;
            if (!finishItem(m_graph.cell(cell).item, depth + 1, member) || !include(member, part))
                return false;
            *half = member.value;
            cell = m_graph.cell(cell).next;
        }
    }
    part.value = Value::dict(entries.first(m_keys.uniteEntries(entries)));
    return true;
}

bool PickleFinisher::finishInstance(PickleGraph::NodeIndex index, std::size_t depth, Part &part)
{
    pickleshapes::Call call;
    const std::array<Value *, 3> made = {&call.callable, &call.arguments, &call.keywords};
    std::uint32_t cell = m_graph.node(index).first;
    for (Value *value : made) {
        Part member;
        if (!finishItem(m_graph.cell(cell).item, depth + 1, member) || !include(member, part))
            return false;
        *value = member.value;
        cell = m_graph.cell(cell).next;
    }
    const auto given = [&](bool present, const PickleGraph::Item &item, std::optional<Value> &value) {
        if (!present)
            return true;
        Part member;
        if (!finishItem(item, depth + 1, member) || !include(member, part))
            return false;
        value = member.value;
        return true;
    };
    // Copies: finishing may not move nodes, but nothing here should depend on that.
    const PickleGraph::Node node = m_graph.node(index);
    if (!given(node.hasState, node.state, call.state) ||
        !given(node.items != PickleGraph::nothing, {{}, node.items}, call.items) ||
        !given(node.entries != PickleGraph::nothing, {{}, node.entries}, call.entries))
        return false;

    part.value = pickleshapes::result(call, *m_arena, m_keys, m_limits.maxInertBytes);
    part.expandedBytes += part.value.chars().size();
    return true;
}

bool PickleFinisher::include(const Part &member, Part &whole)
{
    whole.height = std::max(whole.height, member.height + 1);
    whole.expandedBytes += member.expandedBytes;
    return whole.expandedBytes <= m_limits.maxExpandedBytes || fail("The pickle stands for too much data.");
}

bool PickleFinisher::fail(const char *sentence)
{
    m_error = sentence;
    return false;
}

} // namespace sluice
