#pragma once

#include "base/Result.h"

#include <string>
#include <string_view>

namespace sluice {

enum class Compression { None, Gzip, Zstd };

/// What a compressed file's name ends with: "", ".gz", ".zst".
std::string_view endingOf(Compression compression);

/// "none", "gzip" or "zstd".
Compression compressionFromName(std::string_view name);

/// Replaces a file by a compressed one, whose name has endingOf() behind it and which has its permissions.
/// The file is removed when the other is whole and on the disk; where that fails it stays as it was, and
/// nothing else stays. What is there under the new name is replaced.
Status compressFile(const std::string &path, Compression compression);

} // namespace sluice
