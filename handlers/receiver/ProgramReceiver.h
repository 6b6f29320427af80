#pragma once

#include "receiver/ProgramRun.h"
#include "receiver/Receiver.h"
#include "receiver/TextParams.h"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sluice {

class IoThread;

struct ProgramReceiverConfig : TextConfig
{
    std::string program;
    std::vector<std::string> arguments;
    Path directory;
    std::map<std::string, std::string> environment;
    std::string restart = "never";
    LevelValue stderrLevel{level::Warning};
    double joinDelay = 0.1;
    double killDelay = 5;
};

/// Runs a program, without a shell, and reads what it writes. Records of its standard error have the extra field `stream` "stderr"
/// and, where the text says none, a level of their own; those of its standard output have `stream` "stdout". Its peer is the
/// program's name.
///
/// When it ends, a record of the logger "sluice.program" says how ("exited with 3", "was ended by signal 9"): INFO after status 0,
/// else ERROR. Then it is started again, if it is to be, after a pause that doubles up to a minute while it does not live for ten
/// seconds; or finished() is said. stop() asks it to end, with all the programs that it has started, and ends it after a while.
class ProgramReceiver final : public Receiver
{
public:
    enum class Restart { Never, OnFailure, Always };

    struct Options
    {
        ProgramCommand command;
        Restart restart = Restart::Never;
        TextStreamOptions text;
        int stderrLevel = level::Warning;
        std::chrono::milliseconds joinDelay{100};
        std::chrono::milliseconds killDelay{5000};
        std::chrono::milliseconds firstPause{1000}; ///< before it is started again
    };

    explicit ProgramReceiver(Options options);
    ~ProgramReceiver() override;

    /// Fails if the program cannot be started.
    Status start(RecordSink &sink) override;
    void stop() override;
    std::string endpoint() const override;

private:
    const Options m_options;
    std::unique_ptr<IoThread> m_thread;
    std::unique_ptr<ProgramRun> m_run; ///< lives on the thread
};

} // namespace sluice
