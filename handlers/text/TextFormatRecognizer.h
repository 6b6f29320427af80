#pragma once

#include "text/TextFormat.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Finds the format of a text by trying all of them on its beginning.
class TextFormatRecognizer
{
public:
    /// As much of a text as is looked at.
    static constexpr std::size_t sampleBytes = 64 * 1024;

    struct Candidate
    {
        TextFormatPtr format;
        std::size_t records = 0; ///< beginnings that could be read
        std::size_t lines = 0;   ///< looked at
        std::size_t strange = 0; ///< lines that belong to no record of the format
        double score = 0;        ///< from 0 to about 2; below 0.35 it is not taken
    };

    struct Answer
    {
        TextFormatPtr format;     ///< never null: plain lines, where no other fits
        std::string explanation;  ///< one sentence: why
        std::vector<Candidate> candidates; ///< all that read anything, best first
        bool isSure = false;      ///< more text would hardly change it
    };

    /// `sample`: the beginning of a text. Its last line may be cut off; it counts only if `isWhole` or it is the only one.
    static Answer recognize(std::string_view sample, bool isWhole);
};

} // namespace sluice
