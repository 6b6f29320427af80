#include "handler/RotatingFileHandler.h"

#include "handler/RehearsedFileHandler.h"
#include "handler/RotatingConfig.h"

#include <utility>

namespace sluice {

namespace {

FileHandler::Options appending(FileHandler::Options options, std::uint64_t maxBytes)
{
    if (maxBytes > 0)
        options.mode = NativeFile::Mode::Append;
    return options;
}

} // namespace

RotatingFileHandler::RotatingFileHandler(Options options, std::uint64_t maxBytes, int backupCount)
    : BaseRotatingHandler(appending(std::move(options), maxBytes), maxBytes), m_backupCount(backupCount)
{
}

void RotatingFileHandler::emitBatch(RecordSpan records)
{
    m_placeChecked = false;
    BaseRotatingHandler::emitBatch(records);
}

bool RotatingFileHandler::shouldRollover(const LogRecord &, std::string_view text)
{
    if (!reachesMaxBytes(text))
        return false;
    if (m_backupCount > 0)
        return files::isRegular(baseFilename()) || !files::exists(baseFilename());
    // Python opens the file anew for every record from here on. That is to be seen only where another has
    // moved it.
    if (std::exchange(m_placeChecked, true))
        return false;
    const auto place = files::identity(baseFilename());
    return place != file().identity() && (!place || files::isRegular(baseFilename()));
}

void RotatingFileHandler::doRollover()
{
    const Lock guard = lock();
    beginRollover();
    const auto numbered = [this](int number) { return baseFilename() + "." + std::to_string(number); };
    Status status;
    if (m_backupCount > 0) {
        // After one that failed there may be room already; to make more at each try would push out all old
        // files.
        if (!lastRolloverFailed() || hasBackup(numbered(1))) {
            for (int i = m_backupCount - 1; i > 0 && status; --i)
                status = moveBackup(numbered(i), numbered(i + 1));
        }
        if (status)
            status = makeBackup(numbered(1));
    }
    endRollover(std::move(status));
}

namespace nodes {

namespace {

struct RotatingFileHandlerConfig : RotatingConfig
{
    std::string mode = "a";
};

std::string describe(const RotatingFileHandlerConfig &config)
{
    if (config.filename.text.empty())
        return "Writes records to a file, and starts a new one at a size";
    const bool rolls = config.maxBytes > 0 && config.backupCount > 0;
    return fileName(config.filename.text) + (rolls ? rotatingInWords(config) : std::string());
}

} // namespace

const NodeType &RotatingFileHandler()
{
    static const auto node =
        handlerNode<RotatingFileHandlerConfig>(
            "RotatingFileHandler", "Writes records to a file, and starts a new one at a size",
            rotatingParams<RotatingFileHandlerConfig>(
                "Old files that are kept; 0: no new file is ever started")
                .param(&RotatingFileHandlerConfig::mode, "mode",
                       "a appends, w empties the file first; with a size it is a")
                .suggest({{"a", "append"}, {"w", "empty it first"}, {"x", "refuse if it is there"}})
                .oneOf({"a", "w", "x"}),
            [](const RotatingFileHandlerConfig &config,
               const NodeContext &context) -> Result<std::shared_ptr<Handler>> {
                auto options = fileOptions(config, config.mode, context);
                if (!options)
                    return options.error();
                auto handler = std::make_shared<sluice::RotatingFileHandler>(
                    std::move(*options), static_cast<std::uint64_t>(config.maxBytes), config.backupCount);
                if (const Status status = configureRotating(*handler, config); !status)
                    return status.error();
                return std::shared_ptr<Handler>(std::move(handler));
            })
            .rehearsedBy(configured<RotatingFileHandlerConfig>([](const RotatingFileHandlerConfig &config, const NodeContext &context) {
                return rehearsedFile(config, context, {static_cast<std::uint64_t>(config.maxBytes), config.backupCount});
            }))
            .guarantees([](const RotatingFileHandlerConfig &, bool) { return fileGuarantee(); })
            .triedBy("Test the file",
                     [](const RotatingFileHandlerConfig &config, const NodeContext &context) {
                         return tryConfiguredFile(config, config.mode, context);
                     })
            .checkedBy([](const RotatingFileHandlerConfig &config, const std::string &path,
                          Problems &problems) { checkFile(config, path, problems); })
            .describedBy(describe);
    return node;
}

} // namespace nodes
} // namespace sluice
