#pragma once

#include "capture/CaptureBlock.h"
#include "capture/LoggerNames.h"
#include "capture/SourceNames.h"
#include "filter/ExpressionSubject.h"
#include "record/LogRecordBatch.h"

namespace sluice {

/// A row of a capture as an expression asks for it: columns and text where they stand, further attributes and
/// extra fields decoded when they are asked for. For one thread.
class RowSubject final : public ExpressionSubject
{
public:
    /// Both outlive it.
    RowSubject(const LoggerNames &loggers, const SourceNames &sources) : m_loggers(loggers), m_sources(sources) {}

    /// The block lives until another one is set.
    void setBlock(const CaptureBlock &block);
    /// `index`: of a published row.
    void setRow(std::uint32_t index);

    const CaptureBlock::Row &columns() const { return m_row; }
    /// In SourceNames.
    std::uint32_t sourceNumber() const;

    int levelno() override { return m_row.levelno; }
    Nanoseconds created() override { return m_row.created; }
    std::uint32_t loggerNumber() override { return m_row.logger; }
    std::string_view logger() override;
    std::string_view levelname() override;
    std::string_view message() override;
    std::string_view exception() override;
    Source source() override;
    Value attribute(Attribute attribute) override;
    std::span<const Field> extra() override { return textRecord().extra; }

private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    const LogRecord &siteRecord();
    const LogRecord &textRecord();

    const LoggerNames &m_loggers;
    const SourceNames &m_sources;
    const CaptureBlock *m_block = nullptr;
    CaptureBlock::Row m_row{};
    // Rows that follow each other often come from the same place.
    LogRecordBatch m_site;
    std::uint32_t m_decodedSite = none;
    LogRecordBatch m_text;
    std::uint32_t m_decodedText = none;
};

} // namespace sluice
