#pragma once

#include "filter/ExpressionEvaluator.h"
#include "filter/Filter.h"
#include "filter/RecordSubject.h"

#include <mutex>

namespace sluice {

/// Passes the records that an expression lets through. In it, `now` is the moment at which a record passes.
/// May be called from any thread.
class ExpressionFilter : public Filter
{
public:
    explicit ExpressionFilter(Expression expression);

    const Expression &expression() const { return m_evaluator.expression(); }
    bool filter(const LogRecord &record) const override;

private:
    mutable std::mutex m_mutex;
    mutable ExpressionEvaluator m_evaluator;
    mutable RecordSubject m_subject;
};

} // namespace sluice
