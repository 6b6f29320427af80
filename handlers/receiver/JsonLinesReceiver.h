#pragma once

#include "node/Node.h"
#include "receiver/InterruptibleFile.h"
#include "receiver/Receiver.h"

#include <cstddef>
#include <memory>
#include <string>
#include <thread>

namespace sluice {

struct JsonLinesReceiverConfig
{
    Path filename;
    std::size_t maxLine = 16 * 1024 * 1024;
};

/// Reads LogRecord dictionaries as Python's makeLogRecord takes them, one JSON object a line, from a file or
/// from standard input, on a thread of its own. Says finished() at the end. UTF-8, with or without byte order
/// mark.
class JsonLinesReceiver final : public Receiver
{
public:
    /// `path`: absolute, or "-" for standard input. `name`: the file as the user named it, which is its peer.
    JsonLinesReceiver(std::string path, std::string name, std::size_t maxLine);
    ~JsonLinesReceiver() override;

    Status start(RecordSink &sink) override;
    void stop() override;
    std::string endpoint() const override { return m_name; }

private:
    void run(RecordSink &sink);

    const std::string m_path;
    const std::string m_name;
    const std::size_t m_maxLine;
    std::unique_ptr<InterruptibleFile> m_file;
    std::thread m_thread;
};

} // namespace sluice
