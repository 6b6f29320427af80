#pragma once

#include "record/LogRecordBatch.h"

namespace sluice {

/// Where the console's records are shown or kept: a window's capture, or a terminal. The router
/// knows this interface and nothing of what stands behind it.
class ConsoleSink
{
public:
    virtual ~ConsoleSink() = default;

    /// Takes copies of what it wants to keep: the records are valid during the call only. Called from the
    /// router's thread; must not wait for a person or a screen.
    virtual void append(RecordSpan records) = 0;
};

} // namespace sluice
