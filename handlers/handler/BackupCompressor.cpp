#include "handler/BackupCompressor.h"

#include <system_error>
#include <utility>

namespace sluice {

BackupCompressor::~BackupCompressor()
{
    if (m_thread.joinable())
        m_thread.join();
}

void BackupCompressor::start(std::string path, Compression compression)
{
    const auto work = [this, path = std::move(path), compression] {
        m_status = compressFile(path, compression);
        m_ended.store(true, std::memory_order_release);
    };
    try {
        m_thread = std::thread(work);
    } catch (const std::system_error &) {
        work(); // the system gives no more threads
    }
}

Status BackupCompressor::finish()
{
    if (m_thread.joinable())
        m_thread.join();
    m_ended.store(false, std::memory_order_relaxed);
    return std::exchange(m_status, Status());
}

} // namespace sluice
