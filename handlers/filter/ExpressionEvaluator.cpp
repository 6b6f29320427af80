#include "filter/ExpressionEvaluator.h"

#include "filter/Filter.h"

#include <algorithm>

namespace sluice {

namespace {

using Kind = ExpressionNode::Kind;
using FieldKind = ExpressionField::Kind;
using Op = ExpressionOperator;

/// What it takes to answer: columns first, then the logger, text, patterns, and what has to be decoded.
int costOf(const ExpressionNode &node)
{
    switch (node.kind) {
    case Kind::Text:
        return 100;
    case Kind::Regex:
        return 300;
    case Kind::Compare:
        break;
    default:
        return 0;
    }
    switch (node.field.kind) {
    case FieldKind::Level:
        return 1;
    case FieldKind::Time:
        return 2;
    case FieldKind::Logger:
        return 3;
    case FieldKind::Source:
        return 10;
    case FieldKind::Message:
    case FieldKind::Text:
        return node.op == Op::Matches || node.op == Op::NotMatches ? 250 : 90;
    case FieldKind::Attribute:
        return 500;
    case FieldKind::Extra:
        return 800;
    }
    return 0;
}

bool isAsked(ExpressionTime::Span span, Nanoseconds time, Op op)
{
    switch (op) {
    case Op::Equal:
    case Op::In:
        return time >= span.begin && time < span.end;
    case Op::NotEqual:
        return time < span.begin || time >= span.end;
    case Op::Less:
        return time < span.begin;
    case Op::LessOrEqual:
        return time <= span.last;
    case Op::Greater:
        return time > span.last;
    case Op::GreaterOrEqual:
        return time >= span.begin;
    default:
        return true;
    }
}

/// Whether a comparison can hold for anything from `min` to `max`. Where it is open at an end it says yes.
template <typename T>
bool overlaps(Op op, T first, T firstEnd, T last, T min, T max)
{
    switch (op) {
    case Op::Less:
        return min < first;
    case Op::LessOrEqual:
        return min <= firstEnd;
    case Op::Greater:
        return max > firstEnd;
    case Op::GreaterOrEqual:
        return max >= first;
    case Op::Equal:
    case Op::In:
        return max >= first && min <= last;
    default:
        return true;
    }
}

bool isDenial(Op op) { return op == Op::NotEqual || op == Op::NotMatches; }

} // namespace

ExpressionEvaluator::ExpressionEvaluator(Expression expression, Nanoseconds now)
    : m_expression(std::move(expression)), m_root(makeStep(m_expression.root()))
{
    resolveTimes(m_root, now);
}

ExpressionEvaluator::~ExpressionEvaluator() = default;
ExpressionEvaluator::ExpressionEvaluator(ExpressionEvaluator &&) noexcept = default;
ExpressionEvaluator &ExpressionEvaluator::operator=(ExpressionEvaluator &&) noexcept = default;

ExpressionEvaluator::Step ExpressionEvaluator::makeStep(const ExpressionNode &node)
{
    Step step;
    step.node = &node;
    step.cost = costOf(node);
    if (node.kind == Kind::Compare)
        step.comparison = std::make_unique<ValueComparison>(node);
    for (const ExpressionNode &child : node.children) {
        step.children.push_back(makeStep(child));
        step.cost += step.children.back().cost;
    }
    std::ranges::stable_sort(step.children, {}, &Step::cost);
    return step;
}

void ExpressionEvaluator::resolveTimes(Step &step, Nanoseconds now)
{
    for (Step &child : step.children)
        resolveTimes(child, now);
    if (step.node->kind != Kind::Compare || step.node->field.kind != FieldKind::Time)
        return;
    step.times.clear();
    for (const ExpressionItem &item : step.node->items) {
        const auto &first = std::get<ExpressionTime>(item.first);
        const auto &last = item.last ? std::get<ExpressionTime>(*item.last) : first;
        step.times.emplace_back(first.span(now), last.span(now));
        for (const ExpressionTime *time : {&first, &last})
            m_usesNow |= time->kind == ExpressionTime::Kind::Now || time->kind == ExpressionTime::Kind::Today;
    }
}

void ExpressionEvaluator::setNow(Nanoseconds now)
{
    if (m_usesNow)
        resolveTimes(m_root, now);
}

bool ExpressionEvaluator::matches(ExpressionSubject &subject) { return matches(m_root, subject); }

bool ExpressionEvaluator::matches(Step &step, ExpressionSubject &subject)
{
    switch (step.node->kind) {
    case Kind::And:
        return std::ranges::all_of(step.children, [&](Step &child) { return matches(child, subject); });
    case Kind::Or:
        return std::ranges::any_of(step.children, [&](Step &child) { return matches(child, subject); });
    case Kind::Not:
        return !matches(step.children[0], subject);
    case Kind::Text:
    case Kind::Regex:
        return matchesSearch(step, subject);
    case Kind::Compare:
        return matchesComparison(step, subject);
    }
    return false;
}

template <typename Ask>
bool ExpressionEvaluator::askOfLogger(Step &step, ExpressionSubject &subject, Ask ask)
{
    const std::uint32_t number = subject.loggerNumber();
    if (number == ExpressionSubject::noNumber)
        return ask(subject.logger());
    if (number >= step.loggers.size())
        step.loggers.resize(number + 1, Known::Unknown);
    Known &known = step.loggers[number];
    if (known == Known::Unknown)
        known = ask(subject.logger()) ? Known::Yes : Known::No;
    return known == Known::Yes;
}

bool ExpressionEvaluator::matchesSearch(Step &step, ExpressionSubject &subject)
{
    const ExpressionItem &item = step.node->items[0];
    const auto isIn = [&](std::string_view text) {
        return item.searcher ? item.searcher->isIn(text) : std::get<ExpressionPattern>(item.first).regex->isIn(text);
    };
    if (isIn(subject.message()))
        return true;
    const std::string_view exception = subject.exception();
    return (!exception.empty() && isIn(exception)) || askOfLogger(step, subject, isIn);
}

bool ExpressionEvaluator::matchesLevel(const Step &step, ExpressionSubject &subject)
{
    const int level = subject.levelno();
    const auto number = [](const ExpressionOperand &operand) { return std::get<ExpressionLevel>(operand).number; };
    if (step.node->op != Op::In)
        return isOrder(orderOf(level, number(step.node->items[0].first)), step.node->op);
    return std::ranges::any_of(step.node->items, [&](const ExpressionItem &item) {
        return level >= number(item.first) && level <= number(item.last ? *item.last : item.first);
    });
}

bool ExpressionEvaluator::matchesSource(const Step &step, const ExpressionSubject::Source &source)
{
    if (step.node->op == Op::Exists)
        return !source.receiver.empty() || !source.peer.empty() || !source.process.empty();
    const auto holds = [&](std::string_view name) { return !name.empty() && step.comparison->holdsFor(name); };
    return (holds(source.process) || holds(source.peer) || holds(source.receiver)) != isDenial(step.node->op);
}

bool ExpressionEvaluator::canMatch(const ExpressionBounds &bounds) const { return canMatch(m_root, bounds); }

bool ExpressionEvaluator::canMatch(const Step &step, const ExpressionBounds &bounds) const
{
    const ExpressionNode &node = *step.node;
    const auto can = [&](const Step &child) { return canMatch(child, bounds); };
    if (node.kind == Kind::And)
        return std::ranges::all_of(step.children, can);
    if (node.kind == Kind::Or)
        return std::ranges::any_of(step.children, can);
    if (node.kind != Kind::Compare || node.items.size() != 1)
        return true;
    const ExpressionItem &item = node.items[0];
    if (const auto *level = std::get_if<ExpressionLevel>(&item.first)) {
        const int last = item.last ? std::get<ExpressionLevel>(*item.last).number : level->number;
        return overlaps(node.op, level->number, level->number, last, bounds.minLevel, bounds.maxLevel);
    }
    const auto *time = std::get_if<ExpressionTime>(&item.first);
    if (!time || time->isTimeOfDay())
        return true;
    const auto &[first, last] = step.times[0];
    return overlaps(node.op, first.begin, first.last, item.last ? last.last : first.end, bounds.minCreated,
                    bounds.maxCreated);
}

bool ExpressionEvaluator::matchesTime(const Step &step, Nanoseconds created)
{
    for (std::size_t i = 0; i < step.times.size(); ++i) {
        const ExpressionItem &item = step.node->items[i];
        const auto &[first, last] = step.times[i];
        const bool ofDay = std::get<ExpressionTime>(item.first).isTimeOfDay();
        const Nanoseconds time = ofDay ? m_localClock.timeOfDay(created) : created;
        if (!item.last) {
            if (isAsked(first, time, step.node->op))
                return true;
            continue;
        }
        const bool fromFirst = time >= first.begin;
        const bool toLast = time <= last.last;
        // 23:50..00:10 goes over midnight.
        const bool wraps = ofDay && first.begin > last.last;
        if (wraps ? fromFirst || toLast : fromFirst && toLast)
            return true;
    }
    return false;
}

bool ExpressionEvaluator::matchesComparison(Step &step, ExpressionSubject &subject)
{
    const ExpressionNode &node = *step.node;
    ValueComparison &comparison = *step.comparison;
    const bool denies = isDenial(node.op);
    switch (node.field.kind) {
    case FieldKind::Level:
        if (node.op == Op::Exists)
            return true;
        if (std::holds_alternative<ExpressionLevel>(node.items[0].first))
            return matchesLevel(step, subject);
        return comparison.holdsFor(subject.levelname()) != denies;
    case FieldKind::Time:
        return node.op == Op::Exists || matchesTime(step, subject.created());
    case FieldKind::Logger:
        if (node.op == Op::Exists)
            return !subject.logger().empty();
        return askOfLogger(step, subject, [&](std::string_view name) {
            if (node.op != Op::In)
                return comparison.holdsFor(name) != denies;
            return std::ranges::any_of(node.items, [&](const ExpressionItem &item) {
                return isLoggerWithin(name, std::get<std::string>(item.first));
            });
        });
    case FieldKind::Source:
        return matchesSource(step, subject.source());
    case FieldKind::Message:
        if (node.op == Op::Exists)
            return !subject.message().empty();
        return comparison.holdsFor(subject.message()) != denies;
    case FieldKind::Text: {
        if (node.op == Op::Exists)
            return !subject.message().empty() || !subject.exception().empty();
        if (comparison.holdsFor(subject.message()))
            return !denies;
        const std::string_view exception = subject.exception();
        return (!exception.empty() && comparison.holdsFor(exception)) != denies;
    }
    case FieldKind::Attribute:
    case FieldKind::Extra: {
        const auto value = node.field.kind == FieldKind::Extra ? comparison.find(subject.extra())
                                                               : comparison.find(subject.attribute(node.field.attribute));
        if (node.op == Op::Exists)
            return value && !value->isNone() && !(node.field.keys.empty() && value->isDict() && value->entries().empty());
        return (value && comparison.holds(*value)) != denies;
    }
    }
    return false;
}

} // namespace sluice
