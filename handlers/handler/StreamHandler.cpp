#include "handler/StreamHandler.h"

#include "handler/HandlerNode.h"
#include "handler/RehearsedStreamHandler.h"

namespace sluice {

namespace {

/// So much is gathered before it is written.
constexpr std::size_t fullLines = 1024 * 1024;

TextEncoder standardEncoder(const char *errors)
{
    const auto encoder = TextEncoder::create("", errors);
    return encoder ? encoder.value() : *TextEncoder::create("utf-8", errors);
}

} // namespace

StreamHandler::StreamHandler()
    : StreamHandler(OutputStream::standardError(), standardEncoder("backslashreplace"))
{
}

StreamHandler::StreamHandler(std::shared_ptr<OutputStream> stream, TextEncoder encoder)
    : m_stream(std::move(stream)), m_encoder(std::move(encoder))
{
}

StreamHandler::StreamHandler(TextEncoder encoder) : m_encoder(std::move(encoder)) {}

std::shared_ptr<OutputStream> StreamHandler::setStream(std::shared_ptr<OutputStream> stream)
{
    const Lock guard = lock();
    if (stream == m_stream)
        return nullptr;
    flush();
    m_stream.swap(stream);
    return stream;
}

Status StreamHandler::emit(const LogRecord &record)
{
    const LogRecord *const one = &record;
    emitBatch(RecordSpan(&one, 1));
    return {};
}

void StreamHandler::emitBatch(RecordSpan records)
{
    for (const LogRecord *record : records) {
        Status status = ready();
        const std::size_t start = m_lines.begin();
        if (status)
            status = formatLine(*record, start);
        if (status)
            status = finishLine(*record, start);
        if (!status)
            handleError(record, status.error());
        if (m_lines.bytes().size() > fullLines)
            writeLines();
    }
    writeLines();
}

Status StreamHandler::ready()
{
    return m_stream ? Status() : Status(Error{"There is no stream to write to."});
}

NativeFile::Written StreamHandler::write(std::string_view bytes) { return m_stream->write(bytes); }

void StreamHandler::takeBack(std::size_t) {}

Status StreamHandler::formatLine(const LogRecord &record, std::size_t start)
{
    Status status = format(record, m_lines.text());
    if (!status)
        m_lines.drop(start);
    return status;
}

Status StreamHandler::finishLine(const LogRecord &record, std::size_t start)
{
    m_lines.text() += m_terminator;
    const bool startOfStream = m_startOfStream;
    // CPython's encoders forget about the mark with the first text, be it refused.
    m_startOfStream = false;
    return m_lines.finish(record, start, m_encoder, startOfStream, newline());
}

void StreamHandler::writeLines()
{
    if (m_lines.empty())
        return;
    const NativeFile::Written written = write(m_lines.bytes());
    if (!written.status) {
        std::size_t whole = 0;
        for (const LineBuffer::Line &line : m_lines.lines()) {
            if (line.end <= written.bytes)
                whole = line.end;
            else
                handleError(line.record, written.status.error());
        }
        if (written.bytes > whole)
            takeBack(written.bytes - whole);
    }
    m_lines.clear();
}

namespace nodes {

namespace {

struct StreamHandlerConfig : HandlerConfig
{
    std::string stream = "stderr";
    std::string terminator = "\n";
};

} // namespace

const NodeType &StreamHandler()
{
    static const auto node =
        handlerNode<StreamHandlerConfig>(
            "StreamHandler", "Writes records to standard error or standard output",
            handlerParams<StreamHandlerConfig>()
                .param(&StreamHandlerConfig::stream, "stream", "Which of the two")
                .usual()
                .suggest({{"stderr", "standard error"}, {"stdout", "standard output"}})
                .oneOf({"stderr", "stdout"})
                .param(&StreamHandlerConfig::terminator, "terminator", "What ends each record")
                .hint(ParamSpec::Hint::Escaped)
                .suggest({{"\n", "a new line"}, {"\r\n", "a new line as on Windows"}, {"", "nothing"}}),
            [](const StreamHandlerConfig &config, const NodeContext &) -> Result<std::shared_ptr<Handler>> {
                const bool isOutput = config.stream == "stdout";
                auto handler = std::make_shared<sluice::StreamHandler>(
                    isOutput ? OutputStream::standardOutput() : OutputStream::standardError(),
                    standardEncoder(isOutput ? "strict" : "backslashreplace"));
                handler->setTerminator(config.terminator);
                return std::shared_ptr<Handler>(std::move(handler));
            })
            .rehearsedBy(configured<StreamHandlerConfig>(
                [](const StreamHandlerConfig &config, const NodeContext &context) -> Result<std::shared_ptr<Handler>> {
                    auto handler = std::make_shared<RehearsedStreamHandler>(
                        standardEncoder(config.stream == "stdout" ? "strict" : "backslashreplace"), context.rehearsedOutput(context.id));
                    handler->setTerminator(config.terminator);
                    return std::shared_ptr<Handler>(std::move(handler));
                }))
            .guarantees([](const StreamHandlerConfig &, bool) -> NodeGuarantee {
                using Loss = NodeGuarantee::Loss;
                return {.crash = {Loss::None, "has written all that it was given"},
                        .fullDisk = {Loss::Unbounded, "drops what its stream does not take, counted, where that leads to a file"},
                        .deadPeer = {Loss::Unbounded, "drops what a reader that has gone does not take, counted; one that stays and "
                                                      "does not read holds up the whole chain"},
                        .heldUp = {}};
            })
            .describedBy([](const StreamHandlerConfig &config) {
                return config.stream == "stdout" ? std::string("standard output")
                                                 : std::string("standard error");
            });
    return node;
}

} // namespace nodes
} // namespace sluice
