#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::python {

/// One conversion of a format ("%(name)-8s"), with the literal text before it.
struct PercentItem
{
    std::string_view literal;
    bool hasConversion = false;
    bool hasKey = false;
    bool openKey = false; ///< a key began and does not end; `error` says so
    bool left = false;
    bool sign = false;
    bool blank = false;
    bool alternate = false;
    bool zero = false;
    bool widthFromArguments = false;
    bool precisionFromArguments = false;
    char type = 0; ///< 0: `error` says why there is none
    std::int64_t width = -1;
    std::int64_t precision = -1;
    std::string_view key;
    /// What is wrong with the format from here on; raised when the formatting gets here, as Python does.
    std::string error;
    bool errorTakesArgument = false;

    bool isPlain() const
    {
        return width < 0 && precision < 0 && !widthFromArguments && !precisionFromArguments;
    }
};

/// Reads on from `at`; false at the end of the format. An item with an error is the last one.
bool nextPercentItem(std::string_view format, std::size_t &at, PercentItem &item);

} // namespace sluice::python
