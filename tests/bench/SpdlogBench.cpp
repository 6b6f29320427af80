/// SpdlogBench KIND FILE RECORDS: the lines of HandlersBench through spdlog, synchronously; prints the
/// records per second until all are in the file. KIND: file (basic_file_sink) or rotating
/// (rotating_file_sink).
#define SPDLOG_LEVEL_NAMES                                                                                   \
    {                                                                                                        \
        "TRACE", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", "OFF"                                      \
    }

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

int main(int argc, char **argv)
{
    if (argc != 4) {
        std::fprintf(stderr, "usage: SpdlogBench KIND FILE RECORDS\n");
        return 2;
    }
    const bool rotating = std::string(argv[1]) == "rotating";
    const long count = std::atol(argv[3]);
    spdlog::sink_ptr sink;
    if (rotating)
        sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(argv[2], 20'000'000, 3);
    else
        sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(argv[2]);
    spdlog::logger logger("server.request", sink);
    logger.set_pattern("%Y-%m-%d %H:%M:%S,%e %l %n %v");
    fmt::memory_buffer message;
    constexpr long rounds = 10'000;
    const auto start = std::chrono::steady_clock::now();
    for (long i = 0; i < count; ++i) {
        const double created = 1'700'000'000.0 + static_cast<double>(i % rounds) * 0.000137;
        const double whole = static_cast<double>(static_cast<long>(created));
        const spdlog::log_clock::time_point time(
            std::chrono::seconds(static_cast<long>(created)) +
            std::chrono::milliseconds(static_cast<long>((created - whole) * 1000)));
        // What logger.log() with a format does, and takes no time of its own there: so the lines are the
        // same.
        message.clear();
        fmt::format_to(std::back_inserter(message), "GET {} took {} ms", "/static/index.html", i % rounds);
        logger.log(time, spdlog::source_loc{}, spdlog::level::info,
                   spdlog::string_view_t(message.data(), message.size()));
    }
    logger.flush();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    std::printf("%.0f\n", static_cast<double>(count) / taken.count());
    return 0;
}
