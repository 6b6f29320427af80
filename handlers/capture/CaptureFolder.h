#pragma once

#include "base/FileLock.h"
#include "base/Result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sluice {

/// The directory that holds a capture's files, for its user's eyes only.
class CaptureFolder
{
public:
    /// Makes it if it is not there, and takes it. If another program has it: one of the same name with a number
    /// behind.
    static Result<CaptureFolder> claim(const std::string &directory);

    const std::string &path() const { return m_path; }
    /// Whether it is not the one that was asked for.
    bool isAnother() const { return m_isAnother; }

    struct Files
    {
        /// Number and path, ascending.
        std::vector<std::pair<std::uint64_t, std::string>> segments;
        std::vector<std::pair<std::uint64_t, std::string>> tails;
    };
    static Result<Files> list(const std::string &directory);

private:
    CaptureFolder(std::string path, bool isAnother, FileLock lock)
        : m_path(std::move(path)), m_isAnother(isAnother), m_lock(std::move(lock))
    {
    }

    std::string m_path;
    bool m_isAnother = false;
    FileLock m_lock;
};

} // namespace sluice
