#pragma once

#include "base/Arena.h"
#include "base/Result.h"
#include "wire/PickleGraph.h"
#include "wire/PickleReader.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// The stack machine of pickle: runs the opcodes, and leaves what they build in a PickleGraph. Where Python
/// would call or import, it makes Instance and Global nodes.
class PickleMachine
{
public:
    PickleMachine(PickleGraph &graph, const PickleLimits &limits) : m_graph(graph), m_limits(limits) {}

    /// Runs until STOP; the item on top of the stack is the result.
    Result<PickleGraph::Item> run(std::string_view pickle, Arena &arena);

private:
    using Item = PickleGraph::Item;
    using NodeKind = PickleGraph::NodeKind;

    bool step(unsigned char opcode);
    bool stepContainer(unsigned char opcode);
    bool stepObject(unsigned char opcode);

    // Arguments of opcodes. They set the error if the pickle ends first.
    bool take(std::size_t count, std::string_view &bytes);
    bool takeSized(unsigned sizeBytes, std::string_view &bytes);
    bool takeLine(std::string_view &line);
    bool takeNumber(unsigned bytes, std::uint64_t &number);

    bool push(const Item &item);
    bool pushValue(Value value) { return push({value, PickleGraph::nothing}); }
    bool pushText(std::string_view text);
    bool pushPython2Text(std::string_view bytes);
    bool pushInteger(std::string_view decimal);
    bool pushLong(std::string_view littleEndian);
    bool pushInert(std::string_view before, std::string_view text, std::string_view after);
    bool pushFloat(std::string_view decimal);
    bool pushGlobal(std::string_view module, std::string_view name);
    bool pushCall(const Item &callable, const Item &arguments, const Item &keywords);
    bool pushNode(NodeKind kind);
    bool pushSequence(NodeKind kind, std::size_t from);

    bool needs(std::size_t count);
    Item pop();
    bool popMark(std::size_t &from);
    bool addMembers(std::size_t from, NodeKind kind);
    bool memoize(std::uint64_t index);
    bool recall(std::uint64_t index);
    bool lineNumber(std::uint64_t &number);
    bool fail(std::string sentence);

    PickleGraph &m_graph;
    const PickleLimits &m_limits;
    Arena *m_arena = nullptr;
    std::string_view m_pickle;
    std::size_t m_at = 0;
    std::vector<Item> m_stack;
    std::vector<std::size_t> m_marks;
    std::vector<Item> m_memo;
    std::uint64_t m_memoCount = 0;
    std::string m_error;
};

} // namespace sluice
