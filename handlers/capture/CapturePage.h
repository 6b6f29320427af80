#pragma once

#include "base/Result.h"
#include "capture/CaptureBlock.h"
#include "capture/PageSummary.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace sluice {

/// A span of a capture's rows, in memory or not: the block that is being written, one that stands in a capture
/// file, or a part of a log file. Any thread may call anything here.
class CapturePage
{
public:
    explicit CapturePage(std::uint64_t firstRow) : m_firstRow(firstRow) {}
    virtual ~CapturePage() = default;
    CapturePage(const CapturePage &) = delete;
    CapturePage &operator=(const CapturePage &) = delete;

    std::uint64_t firstRow() const { return m_firstRow; }
    /// Grows only while the page is the last one.
    virtual std::uint32_t rowCount() const = 0;
    std::uint64_t endRow() const { return m_firstRow + rowCount(); }

    /// Null until no more rows will come, and where they have to be read first.
    virtual const PageSummary *summary() const = 0;

    /// The rows, if they are in memory. Never waits for a disk.
    virtual std::shared_ptr<const CaptureBlock> resident() const = 0;

    /// The rows; reads, unpacks or parses them if need be, and keeps them for a while. For threads that may wait.
    virtual Result<std::shared_ptr<const CaptureBlock>> load() const = 0;

    /// Why the rows cannot be had any more, once load() has failed for good.
    virtual std::optional<Error> failure() const { return std::nullopt; }

    /// False only if no row has these bytes in its message or exc_text. Cheaper than load(), or true.
    virtual bool mayContain(std::string_view) const { return true; }

private:
    const std::uint64_t m_firstRow;
};

} // namespace sluice
