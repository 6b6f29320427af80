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
        .hint(ParamSpec::Hint::NewFile)
        .required()
        .param(&Config::encoding, "encoding", "Encoding by Python's name; by default that of the locale")
        .hint(ParamSpec::Hint::Encoding)
        .param(&Config::delay, "delay", "Open the file with the first record only")
        .param(&Config::errors, "errors",
               "What becomes of characters that the encoding lacks; by default the record is an error")
        .suggest({{"strict", "the record is an error"}, {"ignore", "left out"}, {"replace", "written as ?"},
                  {"backslashreplace", "written as \\xe4"}, {"xmlcharrefreplace", "written as &#228;"},
                  {"surrogateescape", "bytes that were no text come back"}})
        .param(&Config::terminator, "terminator", "What ends each record")
        .hint(ParamSpec::Hint::Escaped)
        .suggest({{"\n", "a new line"}, {"\r\n", "a new line as on Windows"}, {"", "nothing"}});
}

/// The encoder that a config names.
Result<TextEncoder> encoderFor(const FileConfig &config);

/// Checks encoding and errors; for checkedBy(), after checkHandler().
void checkFile(const FileConfig &config, const std::string &path, Problems &problems);

/// For Node::triedBy(): whether the file could be written.
Result<std::string> tryConfiguredFile(const FileConfig &config, const std::string &mode, const NodeContext &context);

/// The options of a file handler; fails where the encoding is unknown.
Result<FileHandler::Options> fileOptions(const FileConfig &config, const std::string &mode,
                                         const NodeContext &context);

/// What failures cost where a file is written. Every handler that writes one has handed it to the system when handle() returns.
NodeGuarantee fileGuarantee();

/// The name of a path without its folders, for descriptions.
std::string fileName(const std::string &path);

} // namespace sluice
