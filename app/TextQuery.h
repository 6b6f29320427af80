#pragma once

#include "QueryOutput.h"
#include "base/Clock.h"
#include "filter/ExpressionEvaluator.h"
#include "filter/RecordSubject.h"
#include "receiver/Receiver.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sluice {

/// A query of a text: a log file, or standard input. Its format is recognised.
class TextQuery final : public RecordSink
{
public:
    TextQuery(Expression expression, QueryOutput &output);

    /// Reads all of it. Fails if it cannot be read.
    Status readFile(const std::string &path);
    Status readStandardInput();

    /// Lines that could not be read whole.
    std::uint64_t rejected() const { return m_rejected; }
    const std::string &lastRejection() const { return m_lastRejection; }

private:
    bool accept(std::shared_ptr<LogRecordBatch> batch, std::string_view peer) override;
    void reject(std::string_view peer, std::string_view reason, std::string_view sample) override;
    void setFault(std::string_view) override {}
    void finished() override {}

    ExpressionEvaluator m_evaluator;
    RecordSubject m_subject;
    QueryOutput &m_output;
    std::vector<const LogRecord *> m_matching;
    std::uint64_t m_rejected = 0;
    std::string m_lastRejection;
};

} // namespace sluice
