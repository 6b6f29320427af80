#pragma once

#include "capture/CaptureFilter.h"
#include "capture/RecordStore.h"
#include "chain/RehearsalComparison.h"

#include <functional>
#include <memory>
#include <optional>

namespace sluice {

/// Which records are to go through which chains.
struct CaptureRehearsalRequest
{
    std::shared_ptr<const RecordStore> store;
    CaptureSnapshot snapshot; ///< of the store
    CaptureFilter filter;     ///< those that pass it; empty: all
    Chain edited;             ///< without problems
    std::optional<Chain> running; ///< to compare with; without problems
    std::string baseDirectory;
};

struct CaptureRehearsalReport
{
    std::uint64_t records = 0;
    std::uint64_t lost = 0; ///< rows that cannot be read any more
    Nanoseconds firstTime = 0; ///< the earliest of the records
    Nanoseconds lastTime = 0;
    RehearsalResult edited;
    std::optional<RehearsalResult> running;
    std::vector<NodeComparison> nodes; ///< with `running`
};

/// Called now and then with the part of the rows that is done, 0 to 1; false ends the work.
using RehearsalProgress = std::function<bool(double done)>;

/// Takes records of a store, as they came, through a chain that is edited and through the one that runs, each by the receiver that had
/// them (see Rehearsal::run). For a thread of its own: it waits for disks. Fails if it was ended.
Result<CaptureRehearsalReport> rehearseCapture(const CaptureRehearsalRequest &request, const RehearsalProgress &progress = {});

} // namespace sluice
