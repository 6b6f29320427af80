#include "filter/ExpressionPrinter.h"

#include "filter/ExpressionOperandReader.h"
#include "filter/ExpressionText.h"
#include "record/Level.h"

namespace sluice {

namespace {

using Kind = ExpressionNode::Kind;

void appendPattern(const ExpressionPattern &pattern, std::string &out)
{
    out += '/';
    for (std::size_t i = 0; i < pattern.pattern.size(); ++i) {
        const char c = pattern.pattern[i];
        if (c == '\\' && i + 1 < pattern.pattern.size()) {
            out += c;
            out += pattern.pattern[++i];
            continue;
        }
        if (c == '/')
            out += '\\';
        out += c;
    }
    out += pattern.anyCase ? "/i" : "/";
}

void appendLevel(ExpressionLevel level, std::string &out)
{
    const std::string name = levelName(level.number);
    out += expression::isName(name) && levelNumber(name) == level.number ? name : std::to_string(level.number);
}

void appendOperand(const ExpressionOperand &operand, std::string &out)
{
    if (const auto *text = std::get_if<std::string>(&operand))
        expression::appendQuoted(*text, out);
    else if (const auto *number = std::get_if<ExpressionNumber>(&operand))
        out += number->print();
    else if (const auto *level = std::get_if<ExpressionLevel>(&operand))
        appendLevel(*level, out);
    else if (const auto *time = std::get_if<ExpressionTime>(&operand))
        out += time->print();
    else
        appendPattern(std::get<ExpressionPattern>(operand), out);
}

void appendItem(const ExpressionItem &item, std::string &out)
{
    appendOperand(item.first, out);
    if (item.last) {
        out += "..";
        appendOperand(*item.last, out);
    }
}

void appendNode(const ExpressionNode &node, std::string &out);

void appendPart(const ExpressionNode &node, bool inParentheses, std::string &out)
{
    if (inParentheses)
        out += '(';
    appendNode(node, out);
    if (inParentheses)
        out += ')';
}

/// "file exists" and "done in 5" are looked for; with its full name a field is one.
bool isTakenForText(const ExpressionNode &node)
{
    if (node.field.kind != ExpressionField::Kind::Extra || node.field.keys.size() != 1 ||
        node.field.print() != node.field.keys[0])
        return false;
    if (node.op == ExpressionOperator::Exists)
        return true;
    return node.op == ExpressionOperator::In && node.items.size() == 1 && !node.items[0].last &&
           !std::holds_alternative<std::string>(node.items[0].first);
}

void appendComparison(const ExpressionNode &node, std::string &out)
{
    if (isTakenForText(node))
        out += "extra.";
    out += node.field.print();
    out += ' ';
    out += operatorName(node.op);
    if (node.items.empty())
        return;
    out += ' ';
    if (node.items.size() == 1) {
        appendItem(node.items[0], out);
        return;
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        out += i == 0 ? "(" : ", ";
        appendItem(node.items[i], out);
    }
    out += ')';
}

void appendNode(const ExpressionNode &node, std::string &out)
{
    switch (node.kind) {
    case Kind::And:
    case Kind::Or:
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            if (i > 0)
                out += node.kind == Kind::And ? " and " : " or ";
            appendPart(node.children[i], node.children[i].kind == Kind::Or, out);
        }
        break;
    case Kind::Not: {
        const ExpressionNode &child = node.children[0];
        out += "not ";
        appendPart(child, child.kind == Kind::And || child.kind == Kind::Or, out);
        break;
    }
    case Kind::Text:
        expression::appendWord(std::get<std::string>(node.items[0].first), out);
        break;
    case Kind::Regex:
        appendPattern(std::get<ExpressionPattern>(node.items[0].first), out);
        break;
    case Kind::Compare:
        appendComparison(node, out);
        break;
    }
}

} // namespace

std::string printExpression(const ExpressionNode &root)
{
    std::string out;
    appendNode(root, out);
    return out;
}

} // namespace sluice
