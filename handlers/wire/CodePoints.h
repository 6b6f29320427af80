#pragma once

#include "base/Utf8.h"

#include <string>
#include <string_view>

namespace sluice {

/// UTF-8 as code points, for what counts and cuts characters as Python does.
inline std::u32string codePoints(std::string_view text)
{
    std::u32string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();)
        out += utf8::next(text, at);
    return out;
}

inline std::string utf8Text(std::u32string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (const char32_t c : text)
        utf8::append(out, c);
    return out;
}

} // namespace sluice
