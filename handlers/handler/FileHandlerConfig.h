#pragma once

#include "handler/FileHandler.h"
#include "handler/HandlerNode.h"

#include <optional>
#include <string>

namespace sluice {

/// What every handler that writes a file has.
struct FileConfig : HandlerConfig
{
    Path filename;
    std::optional<std::string> encoding;
    bool delay = false;
    std::optional<std::string> errors;
    std::string terminator = "\n";
};

template<typename Config>
Params<Config> fileParams()
{
    return handlerParams<Config>()
        .param(&Config::filename, "filename", "File to write")
        .required()
        .param(&Config::encoding, "encoding", "Encoding by Python's name; by default that of the locale")
        .param(&Config::delay, "delay", "Open the file with the first record only")
        .param(&Config::errors, "errors",
               "What becomes of characters that the encoding lacks; by default the record is an error")
        .param(&Config::terminator, "terminator", "What ends each record");
}

/// The encoder that a config names.
Result<TextEncoder> encoderFor(const FileConfig &config);

/// Checks encoding and errors; for checkedBy(), after checkHandler().
void checkFile(const FileConfig &config, const std::string &path, Problems &problems);

/// The options of a file handler; fails where the encoding is unknown.
Result<FileHandler::Options> fileOptions(const FileConfig &config, const std::string &mode,
                                         const NodeContext &context);

/// The name of a path without its folders, for descriptions.
std::string fileName(const std::string &path);

} // namespace sluice
