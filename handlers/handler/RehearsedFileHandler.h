#pragma once

#include "handler/BaseRotatingHandler.h"
#include "handler/RehearsedOutput.h"
#include "handler/RolloverSchedule.h"
#include "node/NodeType.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace sluice {

struct FileConfig;

/// Stands in for every handler that writes a file, in a rehearsal: formats, encodes and starts new files as they do, by the
/// records' own times, and writes into nothing. Its file is empty at the beginning, whatever lies on the disk.
class RehearsedFileHandler final : public BaseRotatingHandler
{
public:
    /// When a new file is started; as in the handler that it stands in for.
    struct Rollover
    {
        std::uint64_t maxBytes = 0;
        int backupCount = 0;
        std::optional<RolloverSchedule> schedule = {}; ///< none: by size alone, which needs a backupCount
    };

    RehearsedFileHandler(Options options, Rollover rollover, std::shared_ptr<RehearsedOutput> output);

    void doRollover() override;
    void close() override {}

protected:
    Status ready() override { return {}; }
    NativeFile::Written write(std::string_view bytes) override;
    void takeBack(std::size_t) override {}
    std::uint64_t currentSize() override { return m_size; }
    bool shouldRollover(const LogRecord &record) override;
    bool shouldRollover(const LogRecord &record, std::string_view text) override;

private:
    const Rollover m_rollover;
    const std::shared_ptr<RehearsedOutput> m_output;
    std::uint64_t m_size = 0;
    std::optional<std::int64_t> m_rolloverAt; ///< of a schedule, once it has begun; seconds
    bool m_bySize = false;
    std::map<std::string, int> m_stamps; ///< how many files a period has by now
};

/// Makes one of a config's options.
Result<std::shared_ptr<Handler>> rehearsedFile(const FileConfig &config, const NodeContext &context, RehearsedFileHandler::Rollover rollover);

/// What the lines that a handler has gathered would have been, each a piece.
void addLines(RehearsedOutput &output, const LineBuffer &lines);

} // namespace sluice
