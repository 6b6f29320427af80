#pragma once

#include "handler/BaseRotatingHandler.h"
#include "handler/FileHandlerConfig.h"

#include <cstdint>
#include <string>

namespace sluice {

/// What both rotating handlers have.
struct RotatingConfig : FileConfig
{
    std::int64_t maxBytes = 0;
    int backupCount = 0;
    std::string compression = "none";
};

template<typename Config>
Params<Config> rotatingParams(std::string backupCountHelp)
{
    return fileParams<Config>()
        .param(&Config::maxBytes, "maxBytes", "Size at which a new file is started; 0: at none")
        .usual()
        .minimum(0)
        .unit("bytes")
        .param(&Config::backupCount, "backupCount", std::move(backupCountHelp))
        .usual()
        .range(0, 100'000)
        .unit("files")
        .param(&Config::compression, "compression",
               "How old files are compressed; their names get .gz or .zst")
        .suggest({{"none", "not at all"}, {"gzip", "read by all"}, {"zstd", "smaller and faster"}})
        .oneOf({"none", "gzip", "zstd"});
}

/// Sets what is no argument of the constructor, and opens the file unless it is delayed.
Status configureRotating(BaseRotatingHandler &handler, const RotatingConfig &config);

/// "10 MB · keep 5 · gzip", as far as there is something to say, with " · " in front of each.
std::string rotatingInWords(const RotatingConfig &config);

} // namespace sluice
