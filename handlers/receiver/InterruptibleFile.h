#pragma once

#include "base/Result.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace sluice {

/// A file, a pipe or standard input that is read by waiting for it, until another thread says stop.
class InterruptibleFile
{
public:
    enum class State { Data, Ended, Interrupted, Failed };

    struct ReadResult
    {
        State state = State::Ended;
        std::size_t bytes = 0;
        std::string reason; ///< of a failure, in the system's words
    };

    /// Opens a file for reading; "-" is standard input, which stays open afterwards.
    static Result<std::unique_ptr<InterruptibleFile>> open(const std::string &path);

    virtual ~InterruptibleFile() = default;

    /// Waits for bytes, for the end, or for interrupt().
    virtual ReadResult read(std::span<char> into) = 0;

    /// Ends a read() that waits, and all to come. Any thread.
    virtual void interrupt() = 0;
};

} // namespace sluice
