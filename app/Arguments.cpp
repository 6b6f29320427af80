#include "Arguments.h"

#include <algorithm>

namespace sluice {

std::string Arguments::value(std::string_view option, std::string otherwise) const
{
    const auto found = options.find(option);
    return found == options.end() ? std::move(otherwise) : found->second;
}

Result<Arguments> Arguments::parse(std::span<const std::string> words, std::span<const std::string_view> flags,
                                   std::span<const std::string_view> valued)
{
    Arguments arguments;
    bool optionsEnded = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string &word = words[i];
        if (optionsEnded || word.size() < 2 || word[0] != '-') {
            arguments.rest.push_back(word);
            continue;
        }
        if (word == "--") {
            optionsEnded = true;
            continue;
        }
        const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
        const std::string name = word.substr(0, equals);
        std::string value;
        if (std::ranges::find(valued, name) != valued.end()) {
            if (equals != std::string::npos)
                value = word.substr(equals + 1);
            else if (i + 1 < words.size())
                value = words[++i];
            else
                return Error{name + " needs a value."};
        } else if (std::ranges::find(flags, name) == flags.end()) {
            return Error{"There is no option " + name + " here."};
        } else if (equals != std::string::npos) {
            return Error{name + " takes no value."};
        }
        if (!arguments.options.emplace(name, std::move(value)).second)
            return Error{name + " is given twice."};
    }
    return arguments;
}

} // namespace sluice
