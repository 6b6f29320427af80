#include "handler/RotatingConfig.h"

namespace sluice {

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
        words += " · " + bytesInWords(static_cast<std::uint64_t>(config.maxBytes));
    if (config.backupCount > 0)
        words += " · keep " + std::to_string(config.backupCount);
    if (config.compression != "none")
        words += " · " + config.compression;
    return words;
}

} // namespace sluice
