#pragma once

#include "capture/CaptureFilter.h"
#include "capture/PageSummary.h"
#include "capture/RecordStore.h"
#include "capture/RowSubject.h"
#include "filter/ExpressionEvaluator.h"

#include <vector>

namespace sluice {

/// A CaptureFilter made ready to ask it often, of the rows of one store. For one thread: it remembers what it
/// found out about loggers.
class CaptureMatcher
{
public:
    /// `now`: what it means in the filter's expressions. The names outlive the matcher.
    CaptureMatcher(const CaptureFilter &filter, Nanoseconds now, const LoggerNames &loggers,
                   const SourceNames &sources);

    /// For a store that outlives the matcher, with `now` as it is.
    CaptureMatcher(const CaptureFilter &filter, const RecordStore &store);

    /// Whether a row of a snapshot passes. For threads that may wait: reads its page if need be. A row that cannot be
    /// read any more does not pass.
    bool matches(const CaptureSnapshot &snapshot, std::uint64_t row);

    /// For many rows of one page. The block lives until another one is set.
    void setBlock(const CaptureBlock &block) { m_subject.setBlock(block); }
    /// Whether a row of the block passes.
    bool matches(std::uint32_t index);

    /// False only if no row of a page does.
    bool canMatch(const PageSummary &summary);

    /// What each row that passes must contain; none if rows pass without any text.
    const std::optional<RequiredText> &requiredText() const { return m_required; }
    /// Whether the name of a logger has what is required.
    bool hasRequiredText(std::uint32_t logger);

private:
    enum class Known : char { Unknown, Yes, No };

    /// Asked once for each logger with a number.
    template <typename Ask>
    static bool remembered(std::vector<Known> &known, std::uint32_t logger, Ask ask);
    bool passes();
    bool passesLogger(std::uint32_t number);
    bool passesSource(std::uint32_t source) const;
    bool isPickedLogger(std::string_view name) const;

    const CaptureFilter m_filter;
    const LoggerNames &m_loggers;
    RowSubject m_subject;
    std::shared_ptr<const CapturePage> m_page; ///< of the last row of a snapshot
    std::shared_ptr<const CaptureBlock> m_block;
    bool m_hasExpression = false;
    bool m_asksSource = false;
    ExpressionEvaluator m_expression;
    std::optional<ExpressionEvaluator> m_always;
    std::optional<RequiredText> m_required;
    std::vector<Known> m_picked;
    std::vector<Known> m_named;
};

} // namespace sluice
