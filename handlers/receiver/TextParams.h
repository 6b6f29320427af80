#pragma once

#include "node/Node.h"
#include "receiver/TextStream.h"

#include <string>

namespace sluice {

/// What receivers of text have in common: the format, and what the text does not say of itself.
struct TextConfig
{
    std::string format = "auto";
    std::string pattern;
    std::string timeFormat;
    std::string timeZone;
    std::string encoding = "utf-8";
    std::size_t maxLine = 1024 * 1024;

    /// As a TextStream takes it. Fails with what checkTextConfig() finds.
    Result<TextStreamOptions> options() const;
};

/// What the formats are called.
std::vector<ParamSpec::Suggestion> textFormatTitles();

/// Adds the parameters of a TextConfig.
template<typename Config>
Params<Config> &addTextParams(Params<Config> &params)
{
    return params
        .param(&Config::format, "format", "How records stand in the text; auto finds out, python and pattern take pattern")
        .usual()
        .oneOf(textFormats::names())
        .suggest(textFormatTitles())
        .param(&Config::pattern, "pattern",
               "With format python: the format string of logging.Formatter; with pattern: a regular expression with named groups")
        .usual()
        .hint(ParamSpec::Hint::Code)
        .param(&Config::timeFormat, "timeFormat", "How times are written, as strptime takes it; empty: as usual")
        .hint(ParamSpec::Hint::Code)
        .param(&Config::timeZone, "timeZone", "Zone of times that say none: local, UTC, +02:00 or Europe/Berlin; empty: local")
        .suggest({{"local", "as this machine"}, {"UTC", ""}})
        .param(&Config::encoding, "encoding", "Encoding of the text")
        .hint(ParamSpec::Hint::Encoding)
        .param(&Config::maxLine, "maxLine", "Longest line and longest record; what is longer is cut")
        .range(1024, 1024.0 * 1024 * 1024)
        .unit("bytes");
}

/// What is wrong between the parameters of a TextConfig at a JSON path.
void checkTextConfig(const TextConfig &config, const std::string &path, Problems &problems);

} // namespace sluice
