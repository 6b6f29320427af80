#include "receiver/TextParams.h"

#include "text/TimePattern.h"

namespace sluice {

namespace {

/// The problem of the format alone, and the parameter that it is about.
Status checkFormat(const TextConfig &config, const char *&key)
{
    const bool takesPattern = config.format == textFormats::python || config.format == textFormats::pattern;
    key = "pattern";
    if (takesPattern && config.pattern.empty())
        return Error{"The format " + config.format + " needs a pattern."};
    if (!takesPattern && !config.pattern.empty())
        return Error{"A pattern is of use with the formats python and pattern only."};
    key = "timeFormat";
    if (!takesPattern && !config.timeFormat.empty())
        return Error{"A time format is of use with the formats python and pattern only."};
    if (takesPattern && !config.timeFormat.empty()) {
        if (const auto pattern = TimePattern::create(config.timeFormat); !pattern)
            return pattern.error();
    }
    key = takesPattern ? "pattern" : "format";
    const auto format = textFormats::create({config.format, config.pattern, config.timeFormat});
    return format ? Status() : Status(format.error());
}

} // namespace

std::vector<ParamSpec::Suggestion> textFormatTitles()
{
    std::vector<ParamSpec::Suggestion> titles{{std::string(textFormats::automatic), "recognise it"},
                                              {std::string(textFormats::python), "a format string of Python"},
                                              {std::string(textFormats::pattern), "a regular expression"}};
    for (const TextFormatPtr &format : textFormats::builtin())
        titles.push_back({std::string(format->name()), format->title()});
    return titles;
}

Result<TextStreamOptions> TextConfig::options() const
{
    const auto chosen = textFormats::create({format, pattern, timeFormat});
    if (!chosen)
        return chosen.error();
    auto zone = TextZone::create(timeZone);
    if (!zone)
        return zone.error();
    TextStreamOptions made;
    made.format = *chosen;
    made.zone = *zone;
    made.encoding = encoding;
    made.maxLine = maxLine;
    return made;
}

void checkTextConfig(const TextConfig &config, const std::string &path, Problems &problems)
{
    const char *key = "";
    if (const Status status = checkFormat(config, key); !status)
        problems.push_back({path + "." + key, status.error().text});
    if (const auto zone = TextZone::create(config.timeZone); !zone)
        problems.push_back({path + ".timeZone", zone.error().text});
    if (const auto decoder = TextDecoder::create(config.encoding); !decoder)
        problems.push_back({path + ".encoding", decoder.error().text});
}

} // namespace sluice
