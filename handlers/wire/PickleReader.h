#pragma once

#include "base/Arena.h"
#include "base/Result.h"
#include "record/Value.h"

#include <cstddef>
#include <memory>
#include <string_view>

namespace sluice {

/// What bounds the reading of one pickle.
struct PickleLimits
{
    /// Containers within containers.
    std::size_t maxDepth = 200;
    /// Containers and members made, stack and memo entries.
    std::size_t maxValues = 1'000'000;
    /// What the result would take if nothing in it were shared, so that a few bytes cannot stand for billions
    /// of values.
    std::size_t maxExpandedBytes = 64 * 1024 * 1024;
    /// Length of the text that stands for an instance.
    std::size_t maxInertBytes = 1000;
};

/// Reads Python's pickles, protocols 0 to 5, without ever importing or calling anything.
/// https://docs.python.org/3/library/pickle.html; the opcodes are those of Lib/pickletools.py.
///
/// What only calling something could make becomes Inert text that says what it was:
/// "<app.Order(7) {'total': 1.5}>", "<global os.system>". The shapes in which pickles write plain values
/// through calls (bytes, sets, OrderedDict, deque, ...) become those values; dates, decimals, UUIDs and paths
/// become readable Inert text. A container that contains itself holds "<recursive list>" there.
///
/// A reader keeps its memory between pickles. Not thread-safe.
class PickleReader
{
public:
    explicit PickleReader(PickleLimits limits = {});
    ~PickleReader();

    /// The value of one pickle. Its text points into `pickle` or lives in `arena`. Bytes behind STOP are
    /// ignored, as Python does. Errors say what is wrong and at which byte.
    Result<Value> read(std::string_view pickle, Arena &arena);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice
