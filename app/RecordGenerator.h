#pragma once

#include "record/LogRecordBatch.h"

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace sluice {

/// Makes records like those of a busy service. The same seed makes the same records, but for their times.
class RecordGenerator
{
public:
    struct Options
    {
        std::vector<std::string> loggers = {"app", "app.db", "app.http", "app.http.access", "app.worker"};
        /// Shares of DEBUG, INFO, WARNING, ERROR and CRITICAL.
        std::array<double, 5> levels = {30, 55, 10, 4, 1};
        std::size_t messageBytes = 60; ///< about
        double exceptions = 0.01;      ///< share of the records from ERROR on that bear a traceback
        std::size_t extras = 0;        ///< further fields of each record
        std::uint64_t seed = 1;
    };

    explicit RecordGenerator(Options options);

    /// Adds the next record to the batch, created at `created`. Its text lives in the batch or the generator.
    LogRecord &next(LogRecordBatch &batch, Nanoseconds created);

private:
    double share();
    std::size_t below(std::size_t count);
    void appendMessage();

    const Options m_options;
    double m_levelTotal = 0;
    std::mt19937_64 m_random;
    std::uint64_t m_number = 0;
    Nanoseconds m_started = 0;
    std::int64_t m_process = 0;
    std::string m_text;
};

} // namespace sluice
