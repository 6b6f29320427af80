#include "receiver/JsonLinesReceiver.h"

#include "receiver/LineStream.h"
#include "receiver/ReceiverTrial.h"

namespace sluice {

JsonLinesReceiver::JsonLinesReceiver(std::string path, std::string name, std::size_t maxLine)
    : m_path(std::move(path)), m_name(std::move(name)), m_maxLine(maxLine)
{
}

JsonLinesReceiver::~JsonLinesReceiver() { stop(); }

Status JsonLinesReceiver::start(RecordSink &sink)
{
    stop();
    auto file = InterruptibleFile::open(m_path);
    if (!file)
        return file.error();
    m_file = std::move(*file);
    m_thread = std::thread([this, &sink] { run(sink); });
    return {};
}

void JsonLinesReceiver::stop()
{
    if (!m_thread.joinable())
        return;
    m_file->interrupt();
    m_thread.join();
    m_file.reset();
}

void JsonLinesReceiver::run(RecordSink &sink)
{
    LineStream stream(sink, m_name, m_maxLine);
    for (;;) {
        const InterruptibleFile::ReadResult result = m_file->read(stream.space());
        switch (result.state) {
        case InterruptibleFile::State::Data:
            if (!stream.take(result.bytes))
                return;
            continue;
        case InterruptibleFile::State::Interrupted:
            return;
        case InterruptibleFile::State::Failed:
            sink.setFault("Reading " + m_name + " failed: " + result.reason + ".");
            break;
        case InterruptibleFile::State::Ended:
            break;
        }
        if (stream.end())
            sink.finished();
        return;
    }
}

namespace nodes {

const NodeType &JsonLinesReceiver()
{
    using Config = JsonLinesReceiverConfig;
    static const auto node =
        Node<Config>(
            NodeKind::Receiver, "JsonLinesReceiver",
            "Reads records as JSON, one object a line, from a file or standard input",
            Params<Config>()
                .param(&Config::filename, "filename", "File to read; - is standard input")
                .hint(ParamSpec::Hint::File)
                .required()
                .param(&Config::maxLine, "maxLine", "Longest line that is read; longer ones are rejected")
                .range(1024, 1024.0 * 1024 * 1024)
                .unit("bytes"),
            [](const Config &config, const NodeContext &context) -> Result<NodeType::Instance> {
                const bool isStandardInput = config.filename.text == "-";
                return NodeType::Instance(
                    std::shared_ptr<Receiver>(std::make_shared<sluice::JsonLinesReceiver>(
                        isStandardInput ? "-" : context.resolve(config.filename.text),
                        isStandardInput ? "stdin" : config.filename.text, config.maxLine)));
            })
            .triedBy("Test the file",
                     [](const Config &config, const NodeContext &context) {
                         return receivertrial::tryInput(context.resolve(config.filename.text), config.filename.text);
                     })
            .guarantees([](const Config &config, bool) -> NodeGuarantee {
                using Loss = NodeGuarantee::Loss;
                return {.crash = {Loss::None, config.filename.text == "-" ? "has lost what it had read of standard input"
                                                                          : "reads its file again from the beginning"},
                        .fullDisk = {},
                        .deadPeer = {},
                        .heldUp = {Loss::None, "reads later"}};
            })
            .describedBy([](const Config &config) {
                const std::string &name = config.filename.text;
                return name.empty() ? std::string("no file yet") : name == "-" ? std::string("stdin") : name;
            });
    return node;
}

} // namespace nodes
} // namespace sluice
