#include "handler/RotatingConfig.h"

#include <utility>

namespace sluice {

namespace {

std::string sizeInWords(std::int64_t bytes)
{
    static constexpr std::pair<std::int64_t, const char *> units[] = {
        {1'000'000'000, " GB"}, {1'000'000, " MB"}, {1000, " kB"}};
    for (const auto &[size, name] : units) {
        if (bytes >= size && bytes % size == 0)
            return std::to_string(bytes / size) + name;
    }
    return std::to_string(bytes) + " bytes";
}

} // namespace

Status configureRotating(BaseRotatingHandler &handler, const RotatingConfig &config)
{
    handler.setTerminator(config.terminator);
    handler.setCompression(compressionFromName(config.compression));
    return config.delay ? Status() : handler.open();
}

std::string rotatingInWords(const RotatingConfig &config)
{
    std::string words;
    if (config.maxBytes > 0)
        words += " · " + sizeInWords(config.maxBytes);
    if (config.backupCount > 0)
        words += " · keep " + std::to_string(config.backupCount);
    if (config.compression != "none")
        words += " · " + config.compression;
    return words;
}

} // namespace sluice
