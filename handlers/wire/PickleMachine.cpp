#include "wire/PickleMachine.h"

#include "base/Utf8.h"
#include "wire/NumberText.h"
#include "wire/PickleText.h"

#include <bit>
#include <charconv>

namespace sluice {

namespace {

constexpr PickleGraph::NodeIndex unset = PickleGraph::nothing - 1;

constexpr unsigned highestProtocol = 5;

bool isDecimal(std::string_view text)
{
    if (!text.empty() && (text.front() == '-' || text.front() == '+'))
        text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

} // namespace

Result<PickleGraph::Item> PickleMachine::run(std::string_view pickle, Arena &arena)
{
    m_arena = &arena;
    m_pickle = pickle;
    m_at = 0;
    m_memoCount = 0;
    m_error.clear();
    constexpr std::size_t keep = 64 * 1024; // one huge pickle must not hold its memory for ever
    if (m_stack.capacity() > keep)
        m_stack = {};
    if (m_marks.capacity() > keep)
        m_marks = {};
    if (m_memo.capacity() > keep)
        m_memo = {};
    m_stack.clear();
    m_marks.clear();
    m_memo.clear();

    while (m_at < m_pickle.size()) {
        const auto opcode = static_cast<unsigned char>(m_pickle[m_at++]);
        if (opcode == '.') {
            if (!needs(1))
                return Error{m_error};
            return pop();
        }
        if (!step(opcode))
            return Error{m_error};
    }
    fail("The pickle ends before its end is said");
    return Error{m_error};
}

bool PickleMachine::step(unsigned char opcode)
{
    std::string_view bytes;
    std::uint64_t number = 0;
    switch (opcode) {
    case 0x80: // PROTO
        if (!takeNumber(1, number))
            return false;
        return number <= highestProtocol ||
               fail("Pickle protocol " + std::to_string(number) + " is not known");
    case 0x95: // FRAME
        if (!takeNumber(8, number))
            return false;
        return number <= m_pickle.size() - m_at || fail("The pickle ends in the middle of a frame");

    case 'N':
        return pushValue(Value::none());
    case 0x88:
        return pushValue(Value::boolean(true));
    case 0x89:
        return pushValue(Value::boolean(false));
    case 'K':
        return takeNumber(1, number) && pushValue(Value::integer(static_cast<std::int64_t>(number)));
    case 'M':
        return takeNumber(2, number) && pushValue(Value::integer(static_cast<std::int64_t>(number)));
    case 'J':
        return takeNumber(4, number) &&
               pushValue(Value::integer(static_cast<std::int32_t>(static_cast<std::uint32_t>(number))));
    case 0x8A:
        return takeSized(1, bytes) && pushLong(bytes);
    case 0x8B:
        return takeSized(4, bytes) && pushLong(bytes);
    case 'I':
        if (!takeLine(bytes))
            return false;
        if (bytes == "00" || bytes == "01")
            return pushValue(Value::boolean(bytes == "01"));
        return pushInteger(bytes);
    case 'L':
        if (!takeLine(bytes))
            return false;
        if (!bytes.empty() && bytes.back() == 'L')
            bytes.remove_suffix(1);
        return pushInteger(bytes);
    case 'F':
        return takeLine(bytes) && pushFloat(bytes);
    case 'G':
        if (!take(8, bytes))
            return false;
        for (const char c : bytes)
            number = number << 8 | static_cast<unsigned char>(c);
        return pushValue(Value::real(std::bit_cast<double>(number)));

    case 'X':
        return takeSized(4, bytes) && pushText(bytes);
    case 0x8C:
        return takeSized(1, bytes) && pushText(bytes);
    case 0x8D:
        return takeSized(8, bytes) && pushText(bytes);
    case 'V': {
        if (!takeLine(bytes))
            return false;
        const auto text = pickletext::fromRawUnicodeEscape(bytes);
        return text ? pushValue(Value::text(m_arena->copy(*text))) : fail("A text has a bad escape");
    }
    case 'S': {
        if (!takeLine(bytes))
            return false;
        const auto text = pickletext::unquote(bytes);
        return text ? pushPython2Text(m_arena->copy(*text)) : fail("A text is not quoted as it should be");
    }
    case 'T':
        return takeSized(4, bytes) && pushPython2Text(bytes);
    case 'U':
        return takeSized(1, bytes) && pushPython2Text(bytes);
    case 'B':
        return takeSized(4, bytes) && pushValue(Value::bytes(bytes));
    case 'C':
        return takeSized(1, bytes) && pushValue(Value::bytes(bytes));
    case 0x8E:
    case 0x96:
        return takeSized(8, bytes) && pushValue(Value::bytes(bytes));
    case 0x97:
    case 0x98:
        return fail("The pickle refers to a buffer outside it");

    case 'q':
        return takeNumber(1, number) && memoize(number);
    case 'r':
        return takeNumber(4, number) && memoize(number);
    case 'p':
        return lineNumber(number) && memoize(number);
    case 0x94:
        return memoize(m_memoCount);
    case 'h':
        return takeNumber(1, number) && recall(number);
    case 'j':
        return takeNumber(4, number) && recall(number);
    case 'g':
        return lineNumber(number) && recall(number);

    case '(':
        if (m_marks.size() + m_stack.size() >= m_limits.maxValues)
            return fail("The pickle has too many values");
        m_marks.push_back(m_stack.size());
        return true;
    case '0': // POP: of a mark, if there is nothing above it
        if (!m_marks.empty() && m_marks.back() == m_stack.size()) {
            m_marks.pop_back();
            return true;
        }
        if (!needs(1))
            return false;
        pop();
        return true;
    case '1': {
        std::size_t from = 0;
        if (!popMark(from))
            return false;
        m_stack.resize(from);
        return true;
    }
    case '2': {
        if (!needs(1))
            return false;
        const Item top = m_stack.back();
        return push(top);
    }
    default:
        return stepContainer(opcode);
    }
}

bool PickleMachine::stepContainer(unsigned char opcode)
{
    std::size_t from = 0;
    switch (opcode) {
    case ']':
        return pushNode(NodeKind::List);
    case '}':
        return pushNode(NodeKind::Dict);
    case ')':
        return pushNode(NodeKind::Tuple);
    case 0x8F:
        return pushNode(NodeKind::Set);

    case 'l':
        return popMark(from) && pushSequence(NodeKind::List, from);
    case 't':
        return popMark(from) && pushSequence(NodeKind::Tuple, from);
    case 0x91:
        return popMark(from) && pushSequence(NodeKind::FrozenSet, from);
    case 0x85:
    case 0x86:
    case 0x87: {
        const std::size_t count = opcode - 0x84u;
        return needs(count) && pushSequence(NodeKind::Tuple, m_stack.size() - count);
    }
    case 'd':
        if (!popMark(from))
            return false;
        if ((m_stack.size() - from) % 2)
            return fail("A dictionary has a key without value");
        return pushSequence(NodeKind::Dict, from);

    case 'a':
        return needs(2) && addMembers(m_stack.size() - 1, NodeKind::List);
    case 'e':
        return popMark(from) && addMembers(from, NodeKind::List);
    case 's':
        return needs(3) && addMembers(m_stack.size() - 2, NodeKind::Dict);
    case 'u':
        return popMark(from) && addMembers(from, NodeKind::Dict);
    case 0x90:
        return popMark(from) && addMembers(from, NodeKind::Set);
    default:
        return stepObject(opcode);
    }
}

bool PickleMachine::stepObject(unsigned char opcode)
{
    std::string_view module;
    std::string_view name;
    std::uint64_t number = 0;
    std::size_t from = 0;
    switch (opcode) {
    case 'c':
        return takeLine(module) && takeLine(name) && pushGlobal(module, name);
    case 0x93: {
        if (!needs(2))
            return false;
        const Item second = pop();
        const Item first = pop();
        if (!first.value.isText() || !second.value.isText())
            return fail("A global is not named by texts");
        return pushGlobal(first.value.chars(), second.value.chars());
    }
    case 0x82:
    case 0x83:
    case 0x84: {
        if (!takeNumber(1u << (opcode - 0x82), number))
            return false;
        return pushGlobal("extension", std::to_string(number));
    }
    case 'P':
        return takeLine(name) && pushInert("<persistent id ", name, ">");
    case 'Q': {
        if (!needs(1))
            return false;
        const Item id = pop();
        return pushInert("<persistent id ", id.value.isText() ? id.value.chars() : std::string_view("…"),
                         ">");
    }

    case 'i': {
        if (!takeLine(module) || !takeLine(name) || !popMark(from))
            return false;
        if (!pushSequence(NodeKind::Tuple, from))
            return false;
        const Item arguments = pop();
        return pushGlobal(module, name) && pushCall(pop(), arguments, {});
    }
    case 'o': {
        if (!popMark(from))
            return false;
        if (from == m_stack.size())
            return fail("An instance has no class");
        if (!pushSequence(NodeKind::Tuple, from + 1))
            return false;
        const Item arguments = pop();
        return pushCall(pop(), arguments, {});
    }
    case 'R':
    case 0x81: {
        if (!needs(2))
            return false;
        const Item arguments = pop();
        return pushCall(pop(), arguments, {});
    }
    case 0x92: {
        if (!needs(3))
            return false;
        const Item keywords = pop();
        const Item arguments = pop();
        return pushCall(pop(), arguments, keywords);
    }
    case 'b': {
        if (!needs(2))
            return false;
        const Item state = pop();
        const Item &target = m_stack.back();
        if (!target.isNode() || m_graph.node(target.node).kind != NodeKind::Instance)
            return fail("State is given to what is no instance");
        PickleGraph::Node &node = m_graph.node(target.node);
        node.state = state;
        node.hasState = true;
        return true;
    }
    default: {
        constexpr char hex[] = "0123456789abcdef";
        return fail(std::string("Opcode 0x") + hex[opcode >> 4] + hex[opcode & 15] + " is not known");
    }
    }
}

bool PickleMachine::take(std::size_t count, std::string_view &bytes)
{
    if (count > m_pickle.size() - m_at)
        return fail("The pickle ends in the middle of a value");
    bytes = m_pickle.substr(m_at, count);
    m_at += count;
    return true;
}

bool PickleMachine::takeNumber(unsigned count, std::uint64_t &number)
{
    std::string_view bytes;
    if (!take(count, bytes))
        return false;
    number = 0;
    for (unsigned i = 0; i < count; ++i)
        number |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << 8 * i;
    return true;
}

bool PickleMachine::takeSized(unsigned sizeBytes, std::string_view &bytes)
{
    std::uint64_t size = 0;
    return takeNumber(sizeBytes, size) && take(size, bytes);
}

bool PickleMachine::takeLine(std::string_view &line)
{
    const std::size_t end = m_pickle.find('\n', m_at);
    if (end == std::string_view::npos)
        return fail("The pickle ends in the middle of a line");
    line = m_pickle.substr(m_at, end - m_at);
    m_at = end + 1;
    return true;
}

bool PickleMachine::lineNumber(std::uint64_t &number)
{
    std::string_view line;
    if (!takeLine(line))
        return false;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
    return (error == std::errc() && end == line.data() + line.size()) || fail("A memo index is no number");
}

bool PickleMachine::push(const Item &item)
{
    if (m_stack.size() + m_marks.size() >= m_limits.maxValues)
        return fail("The pickle has too many values");
    m_stack.push_back(item);
    return true;
}

bool PickleMachine::pushText(std::string_view text)
{
    return utf8::isValid(text) ? pushValue(Value::text(text)) : fail("A text is not UTF-8");
}

bool PickleMachine::pushPython2Text(std::string_view bytes)
{
    if (utf8::isValid(bytes))
        return pushValue(Value::text(bytes));
    return pushValue(Value::text(m_arena->copy(pickletext::fromLatin1(bytes))));
}

bool PickleMachine::pushInteger(std::string_view text)
{
    if (!isDecimal(text))
        return fail("An integer is not decimal");
    if (text.front() == '+')
        text.remove_prefix(1);
    std::int64_t small = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), small);
    if (error == std::errc())
        return pushValue(Value::integer(small));
    const bool negative = text.front() == '-';
    const std::size_t leading = text.find_first_not_of("-0");
    const std::string_view digits = text.substr(leading);
    if (digits.size() > pickletext::maxIntegerDigits)
        return pushInert("<int of ", std::to_string(digits.size()), " digits>");
    return pushValue(Value::bigInteger(m_arena->copy((negative ? "-" : "") + std::string(digits))));
}

bool PickleMachine::pushLong(std::string_view littleEndian)
{
    if (littleEndian.size() <= 8) {
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < littleEndian.size(); ++i)
            bits |= std::uint64_t{static_cast<unsigned char>(littleEndian[i])} << 8 * i;
        if (!littleEndian.empty() && littleEndian.size() < 8 && (littleEndian.back() & 0x80))
            bits |= ~std::uint64_t{0} << 8 * littleEndian.size();
        return pushValue(Value::integer(static_cast<std::int64_t>(bits)));
    }
    // log2(10) bits a digit
    if (static_cast<double>(littleEndian.size()) * 8 / 3.3219280948873623 > pickletext::maxIntegerDigits + 3)
        return pushInert("<int of ", std::to_string(littleEndian.size()), " bytes>");
    const std::string digits = pickletext::decimal(littleEndian);
    std::int64_t small = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), small);
    if (error == std::errc()) // padded with sign bytes
        return pushValue(Value::integer(small));
    return pushValue(Value::bigInteger(m_arena->copy(digits)));
}

bool PickleMachine::pushFloat(std::string_view text)
{
    const auto number = floatFromText(text);
    return number ? pushValue(Value::real(*number)) : fail("A float is no number");
}

bool PickleMachine::pushInert(std::string_view before, std::string_view text, std::string_view after)
{
    std::string clean = utf8::isValid(text) ? std::string(text) : utf8::sanitized(text);
    if (clean.size() > m_limits.maxInertBytes) {
        std::size_t keep = m_limits.maxInertBytes;
        while (keep > 0 && (static_cast<unsigned char>(clean[keep]) & 0xC0) == 0x80)
            --keep;
        clean.resize(keep);
        clean += "…";
    }
    return pushValue(Value::inert(m_arena->copy(std::string(before) + clean + std::string(after))));
}

bool PickleMachine::pushGlobal(std::string_view module, std::string_view name)
{
    std::string path = std::string(module.substr(0, m_limits.maxInertBytes)) + '.' +
                       std::string(name.substr(0, m_limits.maxInertBytes));
    if (!utf8::isValid(path))
        path = utf8::sanitized(path);
    if (!pushNode(NodeKind::Global))
        return false;
    m_graph.node(m_stack.back().node).text = m_arena->copy(path);
    return true;
}

bool PickleMachine::pushCall(const Item &callable, const Item &arguments, const Item &keywords)
{
    if (!pushNode(NodeKind::Instance))
        return false;
    const PickleGraph::NodeIndex node = m_stack.back().node;
    m_graph.append(node, callable);
    m_graph.append(node, arguments);
    m_graph.append(node, keywords);
    return true;
}

bool PickleMachine::pushNode(NodeKind kind)
{
    if (m_graph.size() >= m_limits.maxValues)
        return fail("The pickle has too many values");
    return push({{}, m_graph.add(kind)});
}

bool PickleMachine::pushSequence(NodeKind kind, std::size_t from)
{
    if (m_graph.size() + (m_stack.size() - from) >= m_limits.maxValues)
        return fail("The pickle has too many values");
    const PickleGraph::NodeIndex node = m_graph.add(kind);
    for (std::size_t i = from; i < m_stack.size(); ++i)
        m_graph.append(node, m_stack[i]);
    m_stack.resize(from);
    return push({{}, node});
}

bool PickleMachine::needs(std::size_t count)
{
    const std::size_t fence = m_marks.empty() ? 0 : m_marks.back();
    return m_stack.size() - fence >= count || fail("The pickle takes a value that is not there");
}

PickleMachine::Item PickleMachine::pop()
{
    const Item item = m_stack.back();
    m_stack.pop_back();
    return item;
}

bool PickleMachine::popMark(std::size_t &from)
{
    if (m_marks.empty())
        return fail("The pickle takes a mark that is not there");
    from = m_marks.back();
    m_marks.pop_back();
    return true;
}

bool PickleMachine::addMembers(std::size_t from, NodeKind kind)
{
    const std::size_t fence = m_marks.empty() ? 0 : m_marks.back();
    if (from <= fence)
        return fail("The pickle takes a value that is not there");
    const Item target = m_stack[from - 1];
    const std::size_t count = m_stack.size() - from;
    if (!target.isNode())
        return fail("Members are given to what is no container");
    if (kind == NodeKind::Dict && count % 2)
        return fail("A dictionary has a key without value");
    if (m_graph.size() + count + 1 >= m_limits.maxValues)
        return fail("The pickle has too many values");

    PickleGraph::NodeIndex to = target.node;
    const NodeKind targetKind = m_graph.node(to).kind;
    if (targetKind == NodeKind::Instance) {
        // A subclass of list, set or dict, or one that acts like it.
        const bool asEntries = kind == NodeKind::Dict;
        PickleGraph::NodeIndex given = asEntries ? m_graph.node(to).entries : m_graph.node(to).items;
        if (given == PickleGraph::nothing) {
            given = m_graph.add(asEntries ? NodeKind::Dict : NodeKind::List);
            (asEntries ? m_graph.node(to).entries : m_graph.node(to).items) = given;
        }
        to = given;
    } else if (targetKind != kind) {
        return fail("Members are given to what cannot hold them");
    }
    for (std::size_t i = from; i < m_stack.size(); ++i)
        m_graph.append(to, m_stack[i]);
    m_stack.resize(from);
    return true;
}

bool PickleMachine::memoize(std::uint64_t index)
{
    if (!needs(1))
        return false;
    // Picklers number from 0 or 1 without gaps, and each entry takes two bytes or more.
    if (index > m_pickle.size() || index >= m_limits.maxValues)
        return fail("A memo index is out of range");
    if (index >= m_memo.size())
        m_memo.resize(index + 1, Item{{}, unset});
    if (m_memo[index].node == unset)
        ++m_memoCount;
    m_memo[index] = m_stack.back();
    return true;
}

bool PickleMachine::recall(std::uint64_t index)
{
    if (index >= m_memo.size() || m_memo[index].node == unset)
        return fail("The pickle refers to memo entry " + std::to_string(index) + ", which is not there");
    return push(m_memo[index]);
}

bool PickleMachine::fail(std::string sentence)
{
    m_error = std::move(sentence) + " (at byte " + std::to_string(m_at) + ").";
    return false;
}

} // namespace sluice
