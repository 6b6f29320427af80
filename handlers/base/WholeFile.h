#pragma once

#include "base/Result.h"

#include <string>
#include <string_view>

namespace sluice::files {

enum class Access {
    Usual,   ///< as the system has it, or as the file has it that is there
    Private, ///< for nobody but the user
};

/// Writes a file whole or not at all: the one of before stays whole if anything fails, and however the program ends. Waits for the
/// disk. The error is a sentence with path and reason.
Status writeWhole(const std::string &path, std::string_view bytes, Access access = Access::Usual);

} // namespace sluice::files
