#include "handler/NotificationHandler.h"

#include "base/Utf8.h"
#include "handler/HandlerNode.h"
#include "handler/RehearsedNotificationHandler.h"
#include "record/Level.h"

namespace sluice {

namespace {

constexpr std::size_t maxTitle = 100;
constexpr std::size_t maxText = 500;

/// At most so many bytes of clean text without control characters.
std::string bounded(std::string_view text, std::size_t most)
{
    const bool cut = text.size() > most;
    if (cut) {
        while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80)
            --most;
        text = text.substr(0, most);
    }
    std::string out = utf8::sanitized(text);
    for (char &c : out) {
        if ((c >= 0 && c < ' ' && c != '\n') || c == 0x7F)
            c = ' ';
    }
    return cut ? out + "…" : out;
}

} // namespace

NotificationHandler::NotificationHandler(std::chrono::milliseconds interval)
    : m_interval(interval), m_intervalOver([this] { showHeldBack(); })
{
}

NotificationHandler::~NotificationHandler() { m_intervalOver.stop(); }

Status NotificationHandler::open()
{
    const Lock guard = lock();
    if (m_desktop)
        return {};
    auto desktop = DesktopNotifier::create();
    if (!desktop)
        return desktop.error();
    m_desktop = std::move(*desktop);
    return {};
}

void NotificationHandler::close()
{
    m_intervalOver.stop();
    showHeldBack();
    const Lock guard = lock();
    m_desktop.reset();
}

std::string NotificationHandler::title(const LogRecord &record) const
{
    return std::string(record.levelname()) + " · " + std::string(record.name());
}

Status NotificationHandler::emit(const LogRecord &record)
{
    m_text.clear();
    if (Status status = format(record, m_text); !status)
        return status;
    const Clock::time_point now = time(record);
    // By the records' clock no thread can wait for the interval's end: the next record finds it over.
    if (usesRecordClock() && m_heldBack > 0 && now >= m_next)
        showHeldBack();
    if (now >= m_next && m_heldBack == 0) {
        m_next = now + m_interval;
        return show(title(record), m_text, record.levelno, record.created, 1);
    }
    ++m_heldBack;
    m_lastTime = record.created;
    if (m_heldBack == 1 || record.levelno > m_worst) {
        m_worst = record.levelno;
        m_worstTitle = title(record);
        m_worstText = m_text.substr(0, 2 * maxText);
    }
    if (!usesRecordClock())
        m_intervalOver.set(m_next);
    return {};
}

void NotificationHandler::showHeldBack()
{
    const Lock guard = lock();
    if (m_heldBack == 0)
        return;
    // By the records' clock it was shown when the interval was over.
    m_next = (usesRecordClock() ? m_next : Clock::now()) + m_interval;
    const std::size_t others = m_heldBack - 1;
    m_heldBack = 0;
    std::string text = bounded(m_worstText, maxText);
    if (others > 0)
        text += "\n(and " + std::to_string(others) + (others == 1 ? " more record)" : " more records)");
    if (const Status status = show(m_worstTitle, text, m_worst, m_lastTime, others + 1); !status)
        handleError(nullptr, status.error());
}

NotificationHandler::Clock::time_point NotificationHandler::time(const LogRecord &record) const
{
    return usesRecordClock() ? Clock::time_point(std::chrono::duration_cast<Clock::duration>(std::chrono::nanoseconds(record.created)))
                             : Clock::now();
}

Status NotificationHandler::show(const std::string &title, const std::string &text, int levelno, Nanoseconds time, std::size_t records)
{
    constexpr std::size_t roomForCount = 40;
    return display(bounded(title, maxTitle), bounded(text, maxText + roomForCount), levelno >= level::Critical, time, records);
}

Status NotificationHandler::display(const std::string &title, const std::string &text, bool isUrgent, Nanoseconds, std::size_t)
{
    if (Status status = open(); !status)
        return status;
    return m_desktop->show(title, text, isUrgent);
}

namespace nodes {

namespace {

struct NotificationHandlerConfig : HandlerConfig
{
    double interval = 5.0;
};

} // namespace

const NodeType &NotificationHandler()
{
    using Config = NotificationHandlerConfig;
    static const auto node =
        handlerNode<Config>("NotificationHandler", "Shows records as notifications on the desktop",
                            handlerParams<Config>()
                                .param(&Config::interval, "interval",
                                       "At most one notification in this time; what comes meanwhile is told in one more")
                                .usual()
                                .range(0, 86400)
                                .unit("s"),
                            [](const Config &config, const NodeContext &) -> Result<std::shared_ptr<Handler>> {
                                auto handler = std::make_shared<sluice::NotificationHandler>(
                                    std::chrono::milliseconds(static_cast<std::int64_t>(config.interval * 1000)));
                                if (const Status status = handler->open(); !status)
                                    return status.error();
                                return std::shared_ptr<Handler>(std::move(handler));
                            })
            .waitsForOthers()
            .guarantees([](const Config &, bool) -> NodeGuarantee {
                using Loss = NodeGuarantee::Loss;
                return {.crash = {Loss::None, "shows one record in its interval, and only counts the others"},
                        .fullDisk = {},
                        .deadPeer = {Loss::Unbounded, "drops, counted, what the desktop does not take"},
                        .heldUp = {}};
            })
            .rehearsedBy(configured<Config>([](const Config &config, const NodeContext &context) -> Result<std::shared_ptr<Handler>> {
                return std::shared_ptr<Handler>(std::make_shared<RehearsedNotificationHandler>(
                    std::chrono::milliseconds(static_cast<std::int64_t>(config.interval * 1000)), context.rehearsedOutput(context.id)));
            }))
            .takesTestRecords();
    return node;
}

} // namespace nodes
} // namespace sluice
