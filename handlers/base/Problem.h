#pragma once

#include <string>
#include <vector>

namespace sluice {

/// One thing that is wrong with a document a person wrote, and where.
struct Problem
{
    /// JSON path ("$.nodes[2].params.maxBytes"), or "line 3, column 14" where the text is no JSON.
    std::string place;
    /// One sentence.
    std::string text;

    bool operator==(const Problem &) const = default;
};

/// All problems of a document at once: nobody likes to mend them one by one.
using Problems = std::vector<Problem>;

} // namespace sluice
