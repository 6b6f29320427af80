#pragma once

#include "base/FileReader.h"
#include "base/Result.h"
#include "capture/CaptureBlock.h"
#include "capture/CaptureFrame.h"
#include "capture/NumberMap.h"

#include <cstdint>
#include <memory>
#include <string>

namespace sluice {

/// A file of a capture, kept open as long as a page needs it.
struct CaptureSegment
{
    FileReader file;
    std::string name;         ///< of the file, without its directory
    std::uint64_t number = 0; ///< in the order of writing
};

/// Where a frame's rows stand.
struct FramePlace
{
    std::shared_ptr<const CaptureSegment> segment;
    std::uint64_t offset = 0;
    frame::Header header;
    std::shared_ptr<const NumberMap> numbers; ///< null if they are the same here
    std::uint32_t loggers = 0;                ///< numbers from here on mean nothing
    std::uint32_t sources = 0;
};

/// The text and rows of a frame, unpacked, checked against its checksum. Rows behind the text.
Result<std::string> readPayload(const FramePlace &place);

/// The block of a payload: every offset and size in it is checked, so that whoever reads the rows is safe, and
/// numbers are translated. `firstRow`: its number here.
Result<std::shared_ptr<const CaptureBlock>> makeBlock(std::string payload, const FramePlace &place,
                                                      std::uint64_t firstRow);

} // namespace sluice
