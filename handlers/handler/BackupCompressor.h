#pragma once

#include "handler/FileCompression.h"

#include <atomic>
#include <optional>
#include <string>
#include <thread>

namespace sluice {

/// Compresses one file at a time on a thread of its own. Not thread-safe: for a handler, under its lock.
class BackupCompressor
{
public:
    BackupCompressor() = default;
    /// Waits.
    ~BackupCompressor();
    BackupCompressor(const BackupCompressor &) = delete;
    BackupCompressor &operator=(const BackupCompressor &) = delete;

    /// Only after finish().
    void start(std::string path, Compression compression);

    /// Whether what was started has ended and finish() will not wait.
    bool hasEnded() const { return m_ended.load(std::memory_order_acquire); }

    /// Waits for what was started. How it ended is said once.
    Status finish();

private:
    std::thread m_thread;
    Status m_status;
    std::atomic<bool> m_ended{false};
};

} // namespace sluice
