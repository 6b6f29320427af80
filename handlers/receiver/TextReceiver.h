#pragma once

#include "receiver/InterruptibleFile.h"
#include "receiver/Receiver.h"
#include "receiver/TextParams.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace sluice {

struct TextReceiverConfig : TextConfig
{
    Path filename{"-"};
    double joinDelay = 0.1;
};

/// Reads text from standard input or a named pipe, line by line as it comes: the end of `program | sluice -`. Says finished() at
/// the end. FileReceiver is for files that grow.
class TextReceiver final : public Receiver
{
public:
    struct Options
    {
        std::string path = "-"; ///< absolute, or "-" for standard input
        std::string name = "stdin"; ///< the peer
        TextStreamOptions text;
        std::chrono::milliseconds joinDelay{100};
    };

    explicit TextReceiver(Options options);
    ~TextReceiver() override;

    Status start(RecordSink &sink) override;
    void stop() override;
    std::string endpoint() const override { return m_options.name; }

private:
    void read(RecordSink &sink);
    /// Gives what has waited long enough. A thread of its own, as a read waits for as long as nobody writes.
    void flushQuietly();

    const Options m_options;
    std::unique_ptr<InterruptibleFile> m_file;
    std::mutex m_mutex; ///< for all below
    std::condition_variable m_changed;
    std::unique_ptr<TextStream> m_stream;
    std::uint64_t m_reads = 0;
    bool m_isOver = false;
    std::thread m_reader;
    std::thread m_flusher;
};

} // namespace sluice
