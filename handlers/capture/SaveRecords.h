#pragma once

#include "base/Result.h"
#include "capture/RecordStore.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace sluice {

/// Called now and then with how many rows are done; false ends the work.
using SaveProgress = std::function<bool(std::uint64_t rows)>;

/// Writes all rows of a snapshot into a file that CaptureFile opens; their numbers stay. The file takes the place of
/// what has its name only when it is complete. Waits for disks.
Status saveRecords(const RecordStore &store, const CaptureSnapshot &snapshot, const std::string &path,
                   const SaveProgress &progress = {});

/// Writes some rows, which are ascending; they are numbered anew. Rows that are lost or gone are left out.
Status saveRecords(const RecordStore &store, const CaptureSnapshot &snapshot, std::span<const std::uint64_t> rows,
                   const std::string &path, const SaveProgress &progress = {});

} // namespace sluice
