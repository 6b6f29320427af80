#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "record/LogRecordBatch.h"
#include "wire/PickleReader.h"
#include "wire/RecordBuilder.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sluice {

/// Reads the pickles that SocketHandler and DatagramHandler send, without their length prefix, into records.
///
/// What CPython writes for a record (a flat dictionary of texts, numbers and None, in protocols 1 and 3 to 5)
/// is decoded straight into the record's attributes; whatever is unusual goes through PickleReader. Both ways
/// give the same record. Not thread-safe; keeps its memory between pickles.
class PickleRecordReader
{
public:
    explicit PickleRecordReader(PickleLimits limits = {}) : m_reader(limits) {}

    /// Adds the record to the batch. Its text points into `pickle`, which the caller keeps alive with the
    /// batch (LogRecordBatch::retain). On failure the batch has no record more than before. `received`: used
    /// for a record that does not say when it was created.
    Status read(std::string_view pickle, LogRecordBatch &batch, Nanoseconds received);

    /// Whether the last pickle took the short way; for tests.
    bool tookShortWay() const { return m_tookShortWay; }

private:
    bool readFlat(std::string_view pickle, LogRecordBatch &batch, Nanoseconds received);

    PickleReader m_reader;
    RecordBuilder m_builder;
    std::array<std::uint32_t, 256> m_memo;
    std::vector<Field> m_extra;
    bool m_tookShortWay = false;
};

} // namespace sluice
