#include "handler/WatchedFileHandler.h"

#include "handler/FileHandlerConfig.h"
#include "handler/RehearsedFileHandler.h"

namespace sluice {

namespace {

/// A watch is worth its cost where there are many records between two changes.
constexpr int looksBeforeWatching = 100;

} // namespace

Status WatchedFileHandler::reopenIfNeeded()
{
    const Lock guard = lock();
    if (!isOpen())
        return {};
    if (m_watch.isOn()) {
        if (m_watch.isQuiet())
            return {};
        m_watch.end();
        m_looksInVain = 0;
    } else if (m_looksInVain == looksBeforeWatching) {
        // Before the look: what happens from here on is seen by the one or the other. Where it cannot be, nobody tries again for this file.
        (void)m_watch.begin(baseFilename());
    }
    if (files::identity(baseFilename()) == file().identity()) {
        m_looksInVain += m_looksInVain <= looksBeforeWatching;
        return {};
    }
    m_watch.end();
    m_looksInVain = 0;
    closeFile();
    return open();
}

void WatchedFileHandler::emitBatch(RecordSpan records)
{
    // Where it fails, each record says so when it finds the file closed.
    (void)reopenIfNeeded();
    FileHandler::emitBatch(records);
}

namespace nodes {

namespace {

struct WatchedFileHandlerConfig : FileConfig
{
    std::string mode = "a";
};

} // namespace

const NodeType &WatchedFileHandler()
{
    static const auto node =
        handlerNode<WatchedFileHandlerConfig>(
            "WatchedFileHandler",
            "Writes records to a file, and opens it anew when another program has rotated it",
            fileParams<WatchedFileHandlerConfig>()
                .param(&WatchedFileHandlerConfig::mode, "mode",
                       "a appends, w empties the file first, x wants a new one")
                .suggest({{"a", "append"}, {"w", "empty it first"}, {"x", "refuse if it is there"}})
                .oneOf({"a", "w", "x"}),
            [](const WatchedFileHandlerConfig &config,
               const NodeContext &context) -> Result<std::shared_ptr<Handler>> {
                auto options = fileOptions(config, config.mode, context);
                if (!options)
                    return options.error();
                auto handler = std::make_shared<sluice::WatchedFileHandler>(std::move(*options));
                handler->setTerminator(config.terminator);
                if (!config.delay) {
                    if (const Status status = handler->open(); !status)
                        return status.error();
                }
                return std::shared_ptr<Handler>(std::move(handler));
            })
            .rehearsedBy(configured<WatchedFileHandlerConfig>(
                [](const WatchedFileHandlerConfig &config, const NodeContext &context) { return rehearsedFile(config, context, {}); }))
            .guarantees([](const WatchedFileHandlerConfig &, bool) { return fileGuarantee(); })
            .triedBy("Test the file",
                     [](const WatchedFileHandlerConfig &config, const NodeContext &context) {
                         return tryConfiguredFile(config, config.mode, context);
                     })
            .checkedBy([](const WatchedFileHandlerConfig &config, const std::string &path,
                          Problems &problems) { checkFile(config, path, problems); })
            .describedBy([](const WatchedFileHandlerConfig &config) {
                return config.filename.text.empty()
                           ? std::string("Writes records to a file that others rotate")
                           : fileName(config.filename.text);
            });
    return node;
}

} // namespace nodes
} // namespace sluice
