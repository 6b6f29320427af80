#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace sluice {

/// How well letters that someone types stand for some words: all of them must occur, in order. Best are those that begin
/// words or follow each other, in short texts.
struct FuzzyMatch
{
    int score = 0;
    std::vector<int> places; ///< of the letters in the text, ascending

    /// None if a letter is missing. Case and spaces in `typed` do not matter; nothing typed matches all.
    static std::optional<FuzzyMatch> of(const QString &typed, const QString &text);
};

} // namespace sluice
