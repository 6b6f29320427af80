/// TextBench FILE FORMAT: cuts a file into records and reads them with a format, and prints the records per second, then the
/// lines per second of begins() alone, by which a file is indexed. tests/bench/text runs it beside CPython.
#include "text/TextFormats.h"
#include "text/TextLines.h"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>

using namespace sluice;

namespace {

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

int main(int argc, char **argv)
{
    const TextFormatPtr format = argc == 3 ? textFormats::find(argv[2]) : nullptr;
    if (!format) {
        std::fprintf(stderr, "usage: TextBench FILE FORMAT\n");
        return 2;
    }
    std::stringstream whole;
    whole << std::ifstream(argv[1], std::ios::binary).rdbuf();
    const std::string text = whole.str();

    constexpr std::size_t recordsOfABatch = 1024;
    LogRecordBatch batch;
    batch.reserve(recordsOfABatch);
    TextContext context;
    std::size_t records = 0;
    std::size_t strange = 0;
    std::size_t begin = 0;
    auto start = std::chrono::steady_clock::now();
    const auto add = [&](std::size_t end) {
        if (batch.size() == recordsOfABatch)
            batch.clear();
        strange += !format->parse(std::string_view(text).substr(begin, end - begin), batch, context);
        ++records;
        begin = end;
    };
    for (TextLines lines(text); lines.next();) {
        const auto at = static_cast<std::size_t>(lines.line().data() - text.data());
        if (at > begin && format->begins(lines.line()))
            add(at);
    }
    add(text.size());
    const double reading = secondsSince(start);

    start = std::chrono::steady_clock::now();
    std::size_t lineCount = 0;
    std::size_t beginnings = 0;
    for (TextLines lines(text); lines.next(); ++lineCount)
        beginnings += format->begins(lines.line());
    const double indexing = secondsSince(start);
    std::printf("%.0f %.0f %zu %zu\n", double(records) / reading, double(lineCount) / indexing, records, strange);
    return beginnings == records && strange == 0 ? 0 : 1;
}
