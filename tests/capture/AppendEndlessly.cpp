// Appends records to a capture in a directory as fast as it can, until it is killed. Says now and then when by the
// monotonic clock, in nanoseconds, and how many rows there were then.
//   AppendEndlessly DIRECTORY
#include "capture/Capture.h"
#include "capture/SampleRecords.h"

#include <chrono>
#include <cstdio>

using namespace sluice;
using namespace sluice::test;

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    Capture capture({.budget = std::size_t{64} << 20});
    if (const Status status = capture.persist({.directory = argv[1]}); !status) {
        std::fprintf(stderr, "%s\n", status.error().text.c_str());
        return 1;
    }
    using Clock = std::chrono::steady_clock;
    auto said = Clock::now();
    for (std::uint64_t row = 0;; row += 200) {
        LogRecordBatch batch;
        for (std::uint64_t i = row; i < row + 200; ++i)
            addRecord(batch, "app.db", level::Info, "record " + std::to_string(i));
        capture.append(pointers(batch));
        if (const auto now = Clock::now(); now - said > std::chrono::milliseconds(20)) {
            said = now;
            std::printf("%lld %llu\n", static_cast<long long>(now.time_since_epoch().count()),
                        static_cast<unsigned long long>(capture.endRow()));
            std::fflush(stdout);
        }
    }
}
