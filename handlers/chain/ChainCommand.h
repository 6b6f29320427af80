#pragma once

#include "base/Result.h"
#include "chain/ChainEditor.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// An edit of a chain in words, as `sluicectl edit` takes it: "connect python 'the last 100'". Words are separated by blanks
/// and may stand in quotes of either kind; a backslash before a quote or a backslash takes its meaning away.
///
/// Does what the words say, as one step of the editor, or nothing: then it says why.
Status runChainCommand(ChainEditor &editor, std::string_view words);

/// What commands there are, one a line, for help.
std::string chainCommandsHelp();

} // namespace sluice
