#pragma once

#include "capture/CapturePage.h"

namespace sluice {

/// Rows that cannot be had any more: what stood in a damaged place. They keep their numbers.
class LostPage final : public CapturePage
{
public:
    /// `created`: of the row before, so that they stand in their place in time.
    LostPage(std::uint64_t firstRow, std::uint32_t rows, Nanoseconds created, std::string why)
        : CapturePage(firstRow), m_rows(rows), m_why(std::move(why))
    {
        m_summary.minCreated = created;
        m_summary.maxCreated = created;
    }

    std::uint32_t rowCount() const override { return m_rows; }
    const PageSummary *summary() const override { return &m_summary; }
    std::shared_ptr<const CaptureBlock> resident() const override { return nullptr; }
    Result<std::shared_ptr<const CaptureBlock>> load() const override { return Error{m_why}; }
    std::optional<Error> failure() const override { return Error{m_why}; }
    bool mayContain(std::string_view) const override { return false; }

private:
    const std::uint32_t m_rows;
    const std::string m_why;
    PageSummary m_summary;
};

} // namespace sluice
