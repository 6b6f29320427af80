#pragma once

#include "filter/Expression.h"
#include "filter/ExpressionSubject.h"
#include "filter/ValueComparison.h"

#include <memory>
#include <vector>

namespace sluice {

/// Between what the levels and times of some records are, all ends included.
struct ExpressionBounds
{
    int minLevel = 0;
    int maxLevel = 0;
    Nanoseconds minCreated = 0;
    Nanoseconds maxCreated = 0;
};

/// Asks an expression about records, one after the other. Cheap questions come first, whatever the order they
/// were written in; what is known of a logger is remembered. For one thread; copies of the expression may be asked
/// by others.
class ExpressionEvaluator
{
public:
    /// `now`: what `now` and `today` mean.
    explicit ExpressionEvaluator(Expression expression, Nanoseconds now = wallClock());
    ~ExpressionEvaluator();
    ExpressionEvaluator(ExpressionEvaluator &&) noexcept;
    ExpressionEvaluator &operator=(ExpressionEvaluator &&) noexcept;

    bool matches(ExpressionSubject &subject);

    /// False only if no record within the bounds matches.
    bool canMatch(const ExpressionBounds &bounds) const;

    /// Whether its answer depends on what time it is.
    bool usesNow() const { return m_usesNow; }
    void setNow(Nanoseconds now);

    const Expression &expression() const { return m_expression; }

private:
    enum class Known : char { Unknown, Yes, No };

    struct Step
    {
        const ExpressionNode *node = nullptr;
        int cost = 0;
        std::vector<Step> children;
        std::unique_ptr<ValueComparison> comparison;
        std::vector<std::pair<ExpressionTime::Span, ExpressionTime::Span>> times; ///< of the items
        std::vector<Known> loggers; ///< what the step says to each, by number
    };

    Step makeStep(const ExpressionNode &node);
    void resolveTimes(Step &step, Nanoseconds now);
    bool matches(Step &step, ExpressionSubject &subject);
    bool matchesSearch(Step &step, ExpressionSubject &subject);
    bool matchesComparison(Step &step, ExpressionSubject &subject);
    bool matchesLevel(const Step &step, ExpressionSubject &subject);
    bool matchesTime(const Step &step, Nanoseconds created);
    bool matchesSource(const Step &step, const ExpressionSubject::Source &source);
    bool canMatch(const Step &step, const ExpressionBounds &bounds) const;
    /// Answers for each logger are found once.
    template <typename Ask>
    bool askOfLogger(Step &step, ExpressionSubject &subject, Ask ask);

    Expression m_expression;
    Step m_root;
    LocalClock m_localClock;
    bool m_usesNow = false;
};

} // namespace sluice
