#pragma once

#include "capture/CaptureBlock.h"
#include "capture/CaptureFrame.h"
#include "capture/LoggerNames.h"
#include "capture/SourceNames.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct ZSTD_CCtx_s;

namespace sluice {

/// Makes frames of blocks. Its memory is used again; for one thread.
class FrameWriter
{
public:
    /// Reconnects are left out where rows get other numbers than the sources know.
    FrameWriter(std::shared_ptr<const LoggerNames> loggers, std::shared_ptr<const SourceNames> sources,
                bool withReconnects = true);
    ~FrameWriter();
    FrameWriter(const FrameWriter &) = delete;
    FrameWriter &operator=(const FrameWriter &) = delete;

    /// The first frame of a file. Valid until the next call, as all frames.
    std::string_view begin(std::uint64_t firstRow);

    /// All published rows. `summary` is of the block.
    std::string_view block(const CaptureBlock &block, const PageSummary &summary, bool beginsSession);

    /// Where the parts of a block have come to.
    struct Place
    {
        std::uint32_t rows = 0;
        std::uint32_t text = 0;
    };
    /// The rows published since `place`, which moves on; empty if there are none.
    std::string_view part(const CaptureBlock &block, Place &place, bool beginsSession);

    /// What block() or part() has made last.
    const frame::Header &header() const { return m_header; }

private:
    std::string_view make(frame::Header header, const PageSummary &summary, const CaptureBlock &block,
                           std::string_view text);

    const std::shared_ptr<const LoggerNames> m_loggers;
    const std::shared_ptr<const SourceNames> m_sources;
    const bool m_withReconnects;
    std::unique_ptr<ZSTD_CCtx_s, std::size_t (*)(ZSTD_CCtx_s *)> m_packer;
    frame::Header m_header;
    std::string m_plain;
    std::string m_packed;
    std::string m_summary;
    std::string m_frame;
};

} // namespace sluice
