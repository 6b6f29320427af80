#pragma once

#include "receiver/ProgramGroup.h"
#include "receiver/Receiver.h"
#include "receiver/TextStream.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sluice {

/// What to run. Nothing of it is read by a shell.
struct ProgramCommand
{
    std::string program; ///< a path, or a name that is looked for in PATH
    std::vector<std::string> arguments;
    std::string directory; ///< absolute
    std::map<std::string, std::string> environment; ///< added to ours
};

/// A program that runs, is read, and is started again as often as it is to be. Lives on an I/O thread: all is called there.
class ProgramRun : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        ProgramCommand command;
        std::string name; ///< of the program, for people; the peer
        bool restartsAfterSuccess = false;
        bool restartsAfterFailure = false;
        std::chrono::milliseconds firstPause{1000};
        std::chrono::milliseconds joinDelay{100};
        std::chrono::milliseconds killDelay{5000};
    };
    /// Makes the stream of a channel anew for each run of the program.
    using MakeStream = std::function<std::unique_ptr<TextStream>(QProcess::ProcessChannel channel)>;

    /// `sink` outlives it.
    ProgramRun(RecordSink &sink, Options options, MakeStream makeStream);
    ~ProgramRun() override;

    /// Starts the program and waits until it runs.
    Status start();
    /// Ends it, and reads what it has to say until then.
    void stop();

private:
    struct Channel
    {
        QProcess::ProcessChannel channel;
        std::unique_ptr<TextStream> stream;
        QTimer quiet; ///< since the last bytes
        bool hasFlushedLines = false;
    };

    void read(Channel &channel);
    void flush(Channel &channel);
    void flushAll();
    void ended(int code, bool hasCrashed);
    void restart();
    void report(int code, bool hasCrashed, const std::string &whatNext);
    void refused();

    RecordSink &m_sink;
    const Options m_options;
    const MakeStream m_makeStream;
    std::unique_ptr<ProgramGroup> m_group; ///< of the present run
    std::unique_ptr<QProcess> m_process;
    Channel m_channels[2];
    QTimer m_pause; ///< before it is started again
    std::chrono::milliseconds m_nextPause;
    std::chrono::steady_clock::time_point m_started;
    std::int64_t m_id = 0;
    bool m_isStopping = false;
    bool m_isRefused = false; ///< the sink takes no more
};

} // namespace sluice
