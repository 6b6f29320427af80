#include "handler/FileHandler.h"

#include "handler/FileHandlerConfig.h"
#include "handler/FileTrial.h"
#include "handler/RehearsedFileHandler.h"

namespace sluice {

FileHandler::FileHandler(Options options)
    : StreamHandler(std::move(options.encoder)), m_path(files::absolute(options.filename)),
      m_mode(options.mode), m_delay(options.delay)
{
}

FileHandler::~FileHandler() = default;

Status FileHandler::open()
{
    const Lock guard = lock();
    if (m_file.isOpen())
        return {};
    auto file = NativeFile::open(m_path, m_mode);
    if (!file)
        return file.error();
    m_file = std::move(*file);
    setStartOfStream(!m_file.isSeekable() || m_file.size() == 0);
    return {};
}

Status FileHandler::ready()
{
    if (m_file.isOpen())
        return {};
    if (m_closed && m_mode == NativeFile::Mode::Truncate)
        return Error{m_path + " has been closed, and opening it again in mode w would empty it."};
    return open();
}

NativeFile::Written FileHandler::write(std::string_view bytes) { return m_file.write(bytes); }

void FileHandler::takeBack(std::size_t bytes)
{
    const std::uint64_t size = m_file.size();
    if (size < bytes)
        return;
    // Should it fail, half a line stays, which is what has been reported already.
    if (m_file.truncate(size - bytes) && size == bytes)
        setStartOfStream(true);
}

void FileHandler::closeFile()
{
    if (const Status status = m_file.close(); !status)
        handleError(nullptr, status.error());
}

void FileHandler::close()
{
    const Lock guard = lock();
    closeFile();
    m_closed = true;
}

Result<TextEncoder> encoderFor(const FileConfig &config)
{
    return TextEncoder::create(config.encoding.value_or(""), config.errors.value_or(""));
}

void checkFile(const FileConfig &config, const std::string &path, Problems &problems)
{
    checkHandler(config, path, problems);
    if (config.filename.text.empty())
        problems.push_back({path + ".filename", "A file needs a name."});
    if (const auto encoding = TextEncoder::create(config.encoding.value_or(""), ""); !encoding)
        problems.push_back({path + ".encoding", encoding.error().text});
    if (const auto errors = TextEncoder::create("utf-8", config.errors.value_or("")); !errors)
        problems.push_back({path + ".errors", errors.error().text});
}

Result<std::string> tryConfiguredFile(const FileConfig &config, const std::string &mode, const NodeContext &context)
{
    return tryFile(context.resolve(config.filename.text), mode == "x");
}

Result<FileHandler::Options> fileOptions(const FileConfig &config, const std::string &mode,
                                         const NodeContext &context)
{
    auto encoder = encoderFor(config);
    if (!encoder)
        return encoder.error();
    FileHandler::Options options;
    options.filename = context.resolve(config.filename.text);
    options.mode = mode == "a" || context.continues ? NativeFile::Mode::Append
                   : mode == "x"                    ? NativeFile::Mode::Create
                                                    : NativeFile::Mode::Truncate;
    options.encoder = std::move(*encoder);
    options.delay = config.delay;
    return options;
}

NodeGuarantee fileGuarantee()
{
    using Loss = NodeGuarantee::Loss;
    return {.crash = {Loss::None, "has handed to the system all that it was given, which only a crash of the whole machine can still take away"},
            .fullDisk = {Loss::Unbounded, "drops what does not fit, counted and without half lines, and goes on when there is room"},
            .deadPeer = {},
            .heldUp = {}};
}

std::string fileName(const std::string &path) { return files::split(path).name; }

namespace nodes {

namespace {

struct FileHandlerConfig : FileConfig
{
    std::string mode = "a";
};

} // namespace

const NodeType &FileHandler()
{
    static const auto node =
        handlerNode<FileHandlerConfig>("FileHandler", "Writes records to a file",
                                       fileParams<FileHandlerConfig>()
                                           .param(&FileHandlerConfig::mode, "mode",
                                                  "a appends, w empties the file first, x wants a new one")
                                           .suggest({{"a", "append"}, {"w", "empty it first"}, {"x", "refuse if it is there"}})
                                           .oneOf({"a", "w", "x"}),
                                       [](const FileHandlerConfig &config,
                                          const NodeContext &context) -> Result<std::shared_ptr<Handler>> {
                                           auto options = fileOptions(config, config.mode, context);
                                           if (!options)
                                               return options.error();
                                           auto handler =
                                               std::make_shared<sluice::FileHandler>(std::move(*options));
                                           handler->setTerminator(config.terminator);
                                           if (!config.delay) {
                                               if (const Status status = handler->open(); !status)
                                                   return status.error();
                                           }
                                           return std::shared_ptr<Handler>(std::move(handler));
                                       })
            .rehearsedBy(configured<FileHandlerConfig>(
                [](const FileHandlerConfig &config, const NodeContext &context) { return rehearsedFile(config, context, {}); }))
            .guarantees([](const FileHandlerConfig &, bool) { return fileGuarantee(); })
            .triedBy("Test the file",
                     [](const FileHandlerConfig &config, const NodeContext &context) {
                         return tryConfiguredFile(config, config.mode, context);
                     })
            .checkedBy([](const FileHandlerConfig &config, const std::string &path, Problems &problems) {
                checkFile(config, path, problems);
            })
            .describedBy([](const FileHandlerConfig &config) {
                return config.filename.text.empty() ? std::string("Writes records to a file")
                                                    : fileName(config.filename.text);
            });
    return node;
}

} // namespace nodes
} // namespace sluice
