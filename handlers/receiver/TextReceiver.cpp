#include "receiver/TextReceiver.h"

#include "receiver/ReceiverTrial.h"

#include <algorithm>
#include <vector>

namespace sluice {

namespace {

constexpr std::chrono::milliseconds unfinishedDelay{2000};
constexpr std::size_t readBytes = 64 * 1024;

} // namespace

TextReceiver::TextReceiver(Options options) : m_options(std::move(options)) {}

TextReceiver::~TextReceiver() { stop(); }

Status TextReceiver::start(RecordSink &sink)
{
    stop();
    auto decoder = TextDecoder::create(m_options.text.encoding);
    if (!decoder)
        return decoder.error();
    auto file = InterruptibleFile::open(m_options.path);
    if (!file)
        return file.error();
    m_file = std::move(*file);
    m_stream = std::make_unique<TextStream>(sink, m_options.name, m_options.text, std::move(*decoder));
    m_isOver = false;
    m_reader = std::thread([this, &sink] { read(sink); });
    m_flusher = std::thread([this] { flushQuietly(); });
    return {};
}

void TextReceiver::stop()
{
    if (!m_reader.joinable())
        return;
    m_file->interrupt();
    m_reader.join();
    m_flusher.join();
    m_stream.reset();
    m_file.reset();
}

void TextReceiver::read(RecordSink &sink)
{
    std::vector<char> bytes(readBytes);
    bool isTaken = true;
    bool hasEnded = false;
    while (isTaken && !hasEnded) {
        const InterruptibleFile::ReadResult result = m_file->read(bytes);
        if (result.state == InterruptibleFile::State::Interrupted)
            break;
        if (result.state == InterruptibleFile::State::Failed)
            sink.setFault("Reading " + m_options.name + " failed: " + result.reason + ".");
        hasEnded = result.state != InterruptibleFile::State::Data;
        const std::lock_guard lock(m_mutex);
        for (std::span<const char> rest = std::span(bytes).first(result.bytes); isTaken && !rest.empty();) {
            const std::span<char> space = m_stream->space();
            const std::size_t count = std::min(space.size(), rest.size());
            std::ranges::copy(rest.first(count), space.begin());
            isTaken = m_stream->take(count);
            rest = rest.subspan(count);
        }
        ++m_reads;
        m_changed.notify_all();
    }
    {
        const std::lock_guard lock(m_mutex);
        isTaken = isTaken && m_stream->flush(TextStream::Flush::All);
        m_isOver = true;
        m_changed.notify_all();
    }
    if (hasEnded && isTaken)
        sink.finished();
}

void TextReceiver::flushQuietly()
{
    std::unique_lock lock(m_mutex);
    while (!m_isOver) {
        m_changed.wait(lock, [&] { return m_isOver || m_stream->isPending(); });
        for (const bool all : {false, true}) {
            const std::uint64_t reads = m_reads;
            const bool isQuiet = !m_changed.wait_for(lock, all ? unfinishedDelay : m_options.joinDelay,
                                                     [&] { return m_isOver || m_reads != reads; });
            if (!isQuiet || m_isOver)
                break;
            if (!m_stream->flush(all ? TextStream::Flush::All : TextStream::Flush::Lines))
                return; // the sink has been stopped, which the reader will find too
            if (!m_stream->isPending())
                break;
        }
    }
}

namespace nodes {

const NodeType &TextReceiver()
{
    using Config = TextReceiverConfig;
    static const auto node = [] {
        Params<Config> params;
        params.param(&Config::filename, "filename", "Named pipe to read; - is standard input")
            .usual()
            .hint(ParamSpec::Hint::File);
        addTextParams(params);
        params.param(&Config::joinDelay, "joinDelay", "How long a record waits for further lines")
            .range(0.01, 60)
            .unit("seconds");
        return Node<Config>(
                   NodeKind::Receiver, "TextReceiver", "Reads lines of text from standard input", params,
                   [](const Config &config, const NodeContext &context) -> Result<NodeType::Instance> {
                       auto text = config.options();
                       if (!text)
                           return text.error();
                       sluice::TextReceiver::Options options;
                       if (const std::string &name = config.filename.text; name != "-") {
                           options.path = context.resolve(name);
                           options.name = name;
                       }
                       options.text = std::move(*text);
                       options.joinDelay = std::chrono::milliseconds(std::int64_t(config.joinDelay * 1000));
                       return NodeType::Instance(
                           std::shared_ptr<Receiver>(std::make_shared<sluice::TextReceiver>(std::move(options))));
                   })
            .triedBy("Test the input",
                     [](const Config &config, const NodeContext &context) {
                         return receivertrial::tryInput(context.resolve(config.filename.text), config.filename.text);
                     })
            .guarantees([](const Config &, bool) -> NodeGuarantee {
                using Loss = NodeGuarantee::Loss;
                return {.crash = {Loss::None, "takes with it what it had read"},
                        .fullDisk = {},
                        .deadPeer = {},
                        .heldUp = {Loss::None, "reads later, and who writes waits"}};
            })
            .describedBy([](const Config &config) { return config.filename.text == "-" ? std::string("stdin") : config.filename.text; })
            .checkedBy([](const Config &config, const std::string &path, Problems &problems) {
                if (config.filename.text.empty())
                    problems.push_back({path + ".filename", "A name is needed; - is standard input."});
                checkTextConfig(config, path, problems);
            });
    }();
    return node;
}

} // namespace nodes
} // namespace sluice
