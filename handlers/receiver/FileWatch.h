#pragma once

#include <chrono>
#include <memory>
#include <string>

namespace sluice {

/// Tells when something may have happened in directories: a file written to, made, renamed or removed. It may say so for
/// nothing, and on some file systems says nothing, so that who waits looks from time to time by himself.
class FileWatch
{
public:
    static std::unique_ptr<FileWatch> create();

    virtual ~FileWatch() = default;

    /// Watches a directory too; harmless if it is watched already, or is not there.
    virtual void add(const std::string &directory) = 0;

    struct News
    {
        bool mayHaveGrown = false; ///< a file may have been written to
        bool mayHaveMoved = false; ///< a name may have come or gone
    };
    /// Waits for news, for interrupt(), or for at most so long.
    virtual News wait(std::chrono::milliseconds most) = 0;

    /// Ends a wait(), or the next one. Any thread.
    virtual void interrupt() = 0;
};

} // namespace sluice
