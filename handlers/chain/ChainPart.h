#pragma once

#include "base/Result.h"
#include "chain/ChainEditor.h"

#include <string>
#include <string_view>
#include <vector>

/// Parts of chains as texts, which is how they are copied from one window to another: those of small project files.
namespace sluice::chainpart {

/// Longer texts are not read.
constexpr std::size_t maxTextLength = 8 << 20; ///< bytes

/// The nodes and comments with these ids, and the wires between them.
Chain of(const Chain &chain, const std::vector<std::string> &ids);

/// Reads what projectText() wrote, wherever the text comes from. Says what is wrong with it first, with its place.
Result<Chain> read(std::string_view text);

/// Adds a part to a chain, moved by so much, as one step with these words. Ids that are taken get numbers. Returns the ids of
/// what was added; or why there is no room for it, and nothing was changed.
Result<std::vector<std::string>> add(ChainEditor &editor, const Chain &part, double dx, double dy, std::string words);

} // namespace sluice::chainpart
