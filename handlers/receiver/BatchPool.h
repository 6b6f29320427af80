#pragma once

#include "receiver/RecyclingPool.h"
#include "record/LogRecordBatch.h"

#include <cstddef>

namespace sluice {

using BatchPool = RecyclingPool<LogRecordBatch>;

/// More records than this go on in the next batch.
inline constexpr std::size_t maxBatchRecords = 4096;

inline BatchPool makeBatchPool()
{
    constexpr std::size_t keptBatches = 16;
    constexpr std::size_t keptArenaBytes = 1024 * 1024;
    return BatchPool(
        keptBatches, [] { return std::make_unique<LogRecordBatch>(); },
        [](LogRecordBatch &batch) {
            batch.clear();
            return batch.arena().capacity() <= keptArenaBytes;
        });
}

} // namespace sluice
