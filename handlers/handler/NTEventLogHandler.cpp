#include "handler/NTEventLogHandler.h"

#include "base/Utf8.h"
#include "handler/HandlerNode.h"
#include "handler/RehearsedNTEventLogHandler.h"
#include "record/Level.h"

namespace sluice {

namespace {

constexpr std::string_view cutMark = " [cut off here]";
constexpr std::string_view nulPicture = "\xE2\x90\x80"; // U+2400

} // namespace

NTEventLogHandler::NTEventLogHandler(Options options)
    : typemap{{level::Debug, EventLog::InformationEvent},
              {level::Info, EventLog::InformationEvent},
              {level::Warning, EventLog::WarningEvent},
              {level::Error, EventLog::ErrorEvent},
              {level::Critical, EventLog::ErrorEvent}},
      m_options(std::move(options))
{
}

NTEventLogHandler::~NTEventLogHandler() = default;

Status NTEventLogHandler::open()
{
    const Lock guard = lock();
    if (m_log)
        return {};
    auto log = openLog();
    if (!log)
        return log.error();
    m_log = std::move(*log);
    return {};
}

Result<std::unique_ptr<EventLog>> NTEventLogHandler::openLog()
{
    return EventLog::open(m_options.appname, m_options.dllname.empty() ? EventLog::standardMessageFile() : m_options.dllname,
                          m_options.logtype);
}

Status NTEventLogHandler::emit(const LogRecord &record)
{
    if (Status status = open(); !status)
        return status;
    m_text.clear();
    if (Status status = format(record, m_text); !status)
        return status;
    if (fit(m_text))
        ++m_shortened;
    return m_log->report(getEventType(record), getEventCategory(record), getMessageID(record), m_text);
}

std::uint32_t NTEventLogHandler::getMessageID(const LogRecord &) const { return 1; }

std::uint16_t NTEventLogHandler::getEventCategory(const LogRecord &) const { return 0; }

std::uint16_t NTEventLogHandler::getEventType(const LogRecord &record) const
{
    const auto found = typemap.find(record.levelno);
    return found == typemap.end() ? std::uint16_t{EventLog::ErrorEvent} : found->second;
}

bool NTEventLogHandler::fit(std::string &text)
{
    for (std::size_t at = text.find('\0'); at != std::string::npos; at = text.find('\0', at))
        text.replace(at, 1, nulPicture);
    if (text.size() <= EventLog::longest) // a byte is never more than a character
        return false;
    std::size_t units = 0;
    std::size_t end = 0; // of what stays where the rest does not fit
    for (std::size_t at = 0; at < text.size();) {
        units += utf8::next(text, at) > 0xFFFF ? 2 : 1;
        if (units <= EventLog::longest - cutMark.size())
            end = at;
        if (units > EventLog::longest) {
            text.resize(end);
            text += cutMark;
            return true;
        }
    }
    return false;
}

namespace nodes {

namespace {

struct NTEventLogHandlerConfig : HandlerConfig
{
    std::string appname;
    std::optional<std::string> dllname;
    std::string logtype = "Application";
};

/// A name that is a key of the registry.
void checkKey(const std::string &name, const std::string &path, const char *what, Problems &problems)
{
    constexpr std::size_t longestKey = 255;
    if (name.empty())
        problems.push_back({path, std::string(what) + " needs a name."});
    else if (name.find_first_of(std::string_view("\\\0", 2)) != std::string::npos)
        problems.push_back({path, std::string(what) + " has no backslash and no null character in its name."});
    else if (utf8::length(name) > longestKey)
        problems.push_back({path, std::string(what) + " has at most 255 characters in its name."});
}

} // namespace

const NodeType &NTEventLogHandler()
{
    static const auto node =
        handlerNode<NTEventLogHandlerConfig>(
            "NTEventLogHandler", "Reports records to the event log of Windows",
            handlerParams<NTEventLogHandlerConfig>()
                .param(&NTEventLogHandlerConfig::appname, "appname", "Source of the events, as the event log shows it")
                .required()
                .param(&NTEventLogHandlerConfig::dllname, "dllname",
                       "File with the texts of the messages, for the Event Viewer; by default the one that comes with Sluice")
                .param(&NTEventLogHandlerConfig::logtype, "logtype", "Log to write to: Application, System, Security or another")
                .usual()
                .suggest({{"Application", ""}, {"System", ""}, {"Security", "needs rights"}}),
            [](const NTEventLogHandlerConfig &config, const NodeContext &) -> Result<std::shared_ptr<Handler>> {
                auto handler = std::make_shared<sluice::NTEventLogHandler>(
                    sluice::NTEventLogHandler::Options{config.appname, config.dllname.value_or(""), config.logtype});
                if (const Status status = handler->open(); !status)
                    return status.error();
                return std::shared_ptr<Handler>(std::move(handler));
            })
            .rehearsedBy(configured<NTEventLogHandlerConfig>(
                [](const NTEventLogHandlerConfig &config, const NodeContext &context) -> Result<std::shared_ptr<Handler>> {
                    return std::shared_ptr<Handler>(std::make_shared<RehearsedNTEventLogHandler>(
                        sluice::NTEventLogHandler::Options{config.appname, config.dllname.value_or(""), config.logtype},
                        context.rehearsedOutput(context.id)));
                }))
            .guarantees([](const NTEventLogHandlerConfig &, bool) -> NodeGuarantee {
                using Loss = NodeGuarantee::Loss;
                return {.crash = {Loss::None, "has handed all that it was given to the event log, which keeps what its settings say"},
                        .fullDisk = {Loss::Unbounded, "drops, counted, what the event log does not take"},
                        .deadPeer = {Loss::Unbounded, "drops, counted, what comes while the event log's service does not run"},
                        .heldUp = {}};
            })
            .checkedBy([](const NTEventLogHandlerConfig &config, const std::string &path, Problems &problems) {
                checkHandler(config, path, problems);
                checkKey(config.appname, path + ".appname", "An event source", problems);
                checkKey(config.logtype, path + ".logtype", "An event log", problems);
            })
            .describedBy([](const NTEventLogHandlerConfig &config) {
                return config.appname.empty() ? std::string("Reports records to the event log of Windows")
                                              : config.appname + " · " + config.logtype;
            });
    return node;
}

} // namespace nodes
} // namespace sluice
