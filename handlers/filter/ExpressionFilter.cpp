#include "filter/ExpressionFilter.h"

#include "base/Utf8.h"
#include "node/Node.h"

namespace sluice {

ExpressionFilter::ExpressionFilter(Expression expression) : m_evaluator(std::move(expression)) {}

bool ExpressionFilter::filter(const LogRecord &record) const
{
    const std::lock_guard lock(m_mutex);
    if (m_evaluator.usesNow())
        m_evaluator.setNow(wallClock());
    m_subject.set(record);
    return m_evaluator.matches(m_subject);
}

namespace nodes {

namespace {

struct ExpressionFilterConfig
{
    std::string expression;
};

/// Where it is wrong, as a person counts.
std::string placeInWords(const std::string &text, ExpressionPlace place)
{
    return "at character " + std::to_string(utf8::length(std::string_view(text).substr(0, place.offset)) + 1);
}

} // namespace

const NodeType &ExpressionFilter()
{
    static const auto node =
        Node<ExpressionFilterConfig>(
            NodeKind::Filter, "ExpressionFilter", "Passes the records that an expression describes",
            Params<ExpressionFilterConfig>().param(&ExpressionFilterConfig::expression, "expression",
                                                   "What passes, as in the console's filter; empty: all")
                .usual()
                .hint(ParamSpec::Hint::Expression),
            [](const ExpressionFilterConfig &config, const NodeContext &) -> Result<NodeType::Instance> {
                Result<Expression> expression = Expression::parse(config.expression);
                if (!expression)
                    return expression.error();
                return NodeType::Instance(
                    std::shared_ptr<Filter>(std::make_shared<sluice::ExpressionFilter>(std::move(*expression))));
            })
            .describedBy([](const ExpressionFilterConfig &config) {
                return config.expression.empty() ? std::string("all records") : config.expression;
            })
            .checkedBy([](const ExpressionFilterConfig &config, const std::string &path, Problems &problems) {
                ExpressionPlace place;
                if (const auto expression = Expression::parse(config.expression, &place); !expression)
                    problems.push_back({path + ".expression", expression.error().text + " (" +
                                                                  placeInWords(config.expression, place) + ")"});
            });
    return node;
}

} // namespace nodes

} // namespace sluice
