#include "handler/RotatingFileHandler.h"

#include "base/Utf8.h"
#include "handler/FileHandlerConfig.h"

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
    : BaseRotatingHandler(appending(std::move(options), maxBytes)), m_maxBytes(maxBytes),
      m_backupCount(backupCount)
{
}

void RotatingFileHandler::emitBatch(RecordSpan records)
{
    m_sizeKnown = false;
    m_placeChecked = false;
    BaseRotatingHandler::emitBatch(records);
}

NativeFile::Written RotatingFileHandler::write(std::string_view bytes)
{
    m_sizeKnown = false;
    return BaseRotatingHandler::write(bytes);
}

void RotatingFileHandler::beforeRecord()
{
    if (m_maxBytes == 0)
        return;
    if (lines().empty() && !m_sizeKnown) {
        // Asked once for a batch: others may write to the file, but not between two records of one call.
        m_written = file().size();
        m_sizeKnown = true;
    }
    // Python seeks to the end before each record, which sets its encoder to where it is.
    setStartOfStream(position() == 0);
}

bool RotatingFileHandler::shouldRollover(const LogRecord &, std::string_view text)
{
    if (m_maxBytes == 0)
        return false;
    const std::uint64_t before = position() - text.size(); // the record's own text stands behind the lines
    if (before == 0 || before + utf8::length(text) + 1 < m_maxBytes)
        return false;
    if (m_backupCount > 0)
        return files::isRegular(baseFilename()) || !files::exists(baseFilename());
    // Python opens the file anew for every record from here on. That is to be seen only where another has
    // moved it.
    if (std::exchange(m_placeChecked, true))
        return false;
    auto place = files::identity(baseFilename());
    auto open = file().identity();
    return open.ok() && !(place.ok() && *place == *open) && (!place.ok() || files::isRegular(baseFilename()));
}

void RotatingFileHandler::doRollover()
{
    closeFile();
    m_sizeKnown = false;
    Status status;
    const auto numbered = [this](int number) {
        return rotationFilename(baseFilename() + "." + std::to_string(number));
    };
    for (int i = m_backupCount - 1; i > 0 && status; --i) {
        const std::string from = numbered(i);
        if (files::exists(from))
            status = files::rename(from, numbered(i + 1));
    }
    if (status && m_backupCount > 0) {
        const std::string destination = numbered(1);
        if (files::exists(destination))
            status = files::remove(destination);
        if (status)
            status = rotate(baseFilename(), destination);
    }
    if (!status)
        handleError(nullptr, status.error());
    if (!isDelayed()) {
        if (status = open(); !status)
            handleError(nullptr, status.error());
    }
}

namespace nodes {

namespace {

struct RotatingFileHandlerConfig : FileConfig
{
    std::string mode = "a";
    std::int64_t maxBytes = 0;
    int backupCount = 0;
};

std::string sizeInWords(std::int64_t bytes)
{
    static constexpr std::pair<std::int64_t, const char *> units[] = {
        {1'000'000'000, " GB"}, {1'000'000, " MB"}, {1000, " kB"}};
    for (const auto &[size, name] : units) {
        if (bytes >= size && bytes % size == 0)
            return std::to_string(bytes / size) + name;
    }
    return std::to_string(bytes) + " bytes";
}

std::string describe(const RotatingFileHandlerConfig &config)
{
    if (config.filename.text.empty())
        return "Writes records to a file, and starts a new one at a size";
    std::string words = fileName(config.filename.text);
    if (config.maxBytes > 0 && config.backupCount > 0)
        words += " · " + sizeInWords(config.maxBytes) + " · keep " + std::to_string(config.backupCount);
    return words;
}

} // namespace

const NodeType &RotatingFileHandler()
{
    static const auto node =
        handlerNode<RotatingFileHandlerConfig>(
            "RotatingFileHandler", "Writes records to a file, and starts a new one at a size",
            fileParams<RotatingFileHandlerConfig>()
                .param(&RotatingFileHandlerConfig::mode, "mode",
                       "a appends, w empties the file first; with a size it is a")
                .oneOf({"a", "w", "x"})
                .param(&RotatingFileHandlerConfig::maxBytes, "maxBytes",
                       "Size at which a new file is started; 0: never")
                .minimum(0)
                .unit("bytes")
                .param(&RotatingFileHandlerConfig::backupCount, "backupCount",
                       "Old files that are kept; 0: no new file is ever started")
                .range(0, 100'000)
                .unit("files"),
            [](const RotatingFileHandlerConfig &config,
               const NodeContext &context) -> Result<std::shared_ptr<Handler>> {
                auto options = fileOptions(config, config.mode, context);
                if (!options)
                    return options.error();
                auto handler = std::make_shared<sluice::RotatingFileHandler>(
                    std::move(*options), static_cast<std::uint64_t>(config.maxBytes), config.backupCount);
                handler->setTerminator(config.terminator);
                if (!config.delay) {
                    if (const Status status = handler->open(); !status)
                        return status.error();
                }
                return std::shared_ptr<Handler>(std::move(handler));
            })
            .checkedBy([](const RotatingFileHandlerConfig &config, const std::string &path,
                          Problems &problems) { checkFile(config, path, problems); })
            .describedBy(describe);
    return node;
}

} // namespace nodes
} // namespace sluice
