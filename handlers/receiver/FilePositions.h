#pragma once

#include "base/NativeFile.h"
#include "base/Result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

/// How far files have been read, kept in a file of its own (JSON) so that who starts again goes on there. Files are known by
/// what they are, not by their names, so they are found again when they have been renamed meanwhile.
class FilePositions
{
public:
    struct Entry
    {
        std::string path;
        NativeFile::Identity identity;
        std::uint64_t offset = 0;
        std::uint64_t fingerprint = 0; ///< of its beginning: FollowedFile::fingerprint

        bool operator==(const Entry &) const = default;
    };

    /// `path`: absolute; empty: nothing is kept.
    explicit FilePositions(std::string path) : m_path(std::move(path)) {}

    /// Reads the file, if it is there. Fails if it is there and cannot be read.
    Status load();
    const std::vector<Entry> &entries() const { return m_entries; }

    /// Writes the file anew, all at once, if anything has changed.
    Status save(std::vector<Entry> entries);

    bool isKept() const { return !m_path.empty(); }

private:
    std::string m_path;
    std::vector<Entry> m_entries;
};

} // namespace sluice
