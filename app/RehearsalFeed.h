#pragma once

#include "base/Result.h"
#include "capture/CaptureRehearsal.h"
#include "filter/ExpressionEvaluator.h"
#include "filter/RecordSubject.h"
#include "receiver/Receiver.h"

#include <cstdint>
#include <optional>
#include <string>

namespace sluice {

/// Takes the records of a log of any format that is recognised, or of JSON lines, through one chain or two.
class RehearsalFeed final : public RecordSink
{
public:
    /// As rehearseCapture(), which is for captures: of the request, the chains, the folder and the filter's text count.
    explicit RehearsalFeed(const CaptureRehearsalRequest &request);

    /// Reads all of a file. Fails if it cannot be read.
    Status readFile(const std::string &path);

    CaptureRehearsalReport take();
    /// Lines that could not be read whole.
    std::uint64_t rejected() const { return m_rejected; }

private:
    bool accept(std::shared_ptr<LogRecordBatch> batch, std::string_view peer) override;
    void reject(std::string_view, std::string_view, std::string_view) override { ++m_rejected; }
    void setFault(std::string_view) override {}
    void finished() override {}

    Rehearsal m_edited;
    std::optional<Rehearsal> m_running;
    ExpressionEvaluator m_evaluator;
    RecordSubject m_subject;
    CaptureRehearsalReport m_report;
    std::uint64_t m_rejected = 0;
};

} // namespace sluice
