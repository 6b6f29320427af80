#pragma once

#include "handler/Handler.h"

#include <string>
#include <vector>

namespace sluice {

/// Keeps copies of its records, for tests of programs that use this library.
class RecordingHandler : public Handler
{
public:
    /// The formatted text of each record so far, in order. Any thread.
    std::vector<std::string> lines() const;

    /// Calls `use` with the records so far, under the lock.
    template <typename Use>
    void withRecords(Use use) const
    {
        const Lock guard = lock();
        use(m_records.records());
    }

    /// From now on emit fails with this sentence; empty: it succeeds again.
    void failWith(std::string sentence);

protected:
    Status emit(const LogRecord &record) override;

private:
    LogRecordBatch m_records;
    std::vector<std::string> m_lines;
    std::string m_failure;
};

} // namespace sluice
