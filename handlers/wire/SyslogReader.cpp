#include "wire/SyslogReader.h"

#include "base/Utf8.h"
#include "record/Level.h"
#include "wire/RecordBuilder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace sluice {

namespace {

constexpr int maxPri = 191;
constexpr std::size_t maxTagBytes = 128;
constexpr std::size_t maxHostBytes = 255;
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view extraElement = "extra";

constexpr std::array<std::string_view, 8> severityNames = {"emerg",   "alert",  "critical", "error",
                                                           "warning", "notice", "info",     "debug"};
constexpr std::array<std::string_view, 24> facilityNames = {
    "kern", "user",     "mail", "daemon", "auth",     "syslog",  "lpr",          "news",   "uucp",   "cron",   "authpriv", "ftp",
    "ntp",  "security", "console", "solaris-cron", "local0", "local1", "local2", "local3", "local4", "local5", "local6",   "local7"};

constexpr std::array<int, 8> severityLevels = {level::Critical, level::Critical, level::Critical, level::Error,
                                               level::Warning,  level::Info,     level::Info,     level::Debug};
/// Once, since a level's name is asked for under a lock; what addLevelName changes later concerns others.
constexpr std::array<std::string_view, 8> severityLevelNames = {"CRITICAL", "CRITICAL", "CRITICAL", "ERROR",
                                                                "WARNING",  "INFO",     "INFO",     "DEBUG"};

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isAlnum(char c) { return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::optional<std::int64_t> number(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || !isDigit(text.front()) || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::string_view withoutEnd(std::string_view message)
{
    const auto dropNuls = [&] {
        while (message.ends_with('\0'))
            message.remove_suffix(1);
    };
    dropNuls();
    if (message.ends_with('\n'))
        message.remove_suffix(1);
    if (message.ends_with('\r'))
        message.remove_suffix(1);
    dropNuls();
    return message;
}

std::string_view withoutByteOrderMark(std::string_view text)
{
    if (text.starts_with(byteOrderMark))
        text.remove_prefix(byteOrderMark.size());
    return text;
}

/// "<134>" at the beginning; `text` is what follows.
std::optional<int> takePri(std::string_view &text)
{
    if (!text.starts_with('<'))
        return std::nullopt;
    const std::size_t end = text.substr(0, 5).find('>');
    if (end == std::string_view::npos)
        return std::nullopt;
    const auto pri = number(text.substr(1, end - 1));
    if (!pri || *pri > maxPri)
        return std::nullopt;
    text.remove_prefix(end + 1);
    return int(*pri);
}

/// The token up to the next space, which is taken too.
std::string_view takeToken(std::string_view &text)
{
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view token = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return token;
}

bool isHost(std::string_view token)
{
    return !token.empty() && token.size() <= maxHostBytes && token.back() != ':' &&
           std::ranges::all_of(token, [](char c) {
               return isAlnum(c) || c == '.' || c == '-' || c == '_' || c == ':';
           });
}

struct Tag
{
    std::string_view name;
    std::string_view process;
    std::string_view rest;
};

bool isTagName(std::string_view name)
{
    constexpr std::string_view others = "_./()%@+#-:~";
    return !name.empty() && name.size() <= maxTagBytes && std::ranges::all_of(name, [&](char c) {
        return isAlnum(c) || others.find(c) != std::string_view::npos || (static_cast<unsigned char>(c) & 0x80);
    });
}

/// "app: ", "app[123]: ", "app[123] " at the beginning; also "app[123]:text".
std::optional<Tag> tagAt(std::string_view text)
{
    const std::size_t space = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view token = text.substr(0, space);
    const std::size_t open = token.find('[');
    if (open != std::string_view::npos) {
        const std::size_t close = token.find(']', open);
        if (close == std::string_view::npos || close == open + 1 || !isTagName(token.substr(0, open)))
            return std::nullopt;
        const std::string_view process = token.substr(open + 1, close - open - 1);
        const bool hasColon = token.substr(close + 1).starts_with(':');
        if (!hasColon && (close + 1 != token.size() || !number(process)))
            return std::nullopt;
        std::string_view rest = text.substr(close + 1 + hasColon);
        if (rest.starts_with(' '))
            rest.remove_prefix(1);
        return Tag{token.substr(0, open), process, rest};
    }
    if (!token.ends_with(':') || !isTagName(token.substr(0, token.size() - 1)))
        return std::nullopt;
    std::string_view rest = text.substr(space);
    if (rest.starts_with(' '))
        rest.remove_prefix(1);
    return Tag{token.substr(0, token.size() - 1), {}, rest};
}

/// A number and a colon, as Cisco's devices count their messages.
std::string_view takeSequence(std::string_view &text)
{
    std::size_t digits = 0;
    while (digits < text.size() && digits < 10 && isDigit(text[digits]))
        ++digits;
    if (digits == 0 || !text.substr(digits).starts_with(": "))
        return {};
    const std::string_view sequence = text.substr(0, digits);
    text.remove_prefix(digits + 2);
    return sequence;
}

void appendLatin1(std::string_view bytes, std::string &out)
{
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t before = at;
        const char32_t read = utf8::next(bytes, at);
        // A malformed byte is read as U+FFFD, of a length that U+FFFD itself does not have.
        if (read == U'\uFFFD' && at == before + 1)
            utf8::append(out, static_cast<unsigned char>(bytes[before]));
        else
            out.append(bytes.substr(before, at - before));
    }
}

} // namespace

std::string_view syslogSeverityName(int severity) { return severityNames[std::size_t(severity)]; }
std::string_view syslogFacilityName(int facility) { return facilityNames[std::size_t(facility)]; }

struct SyslogReader::Header
{
    std::optional<Nanoseconds> time;
    std::string_view host;
    std::string_view name;
    std::string_view process;
    std::string_view messageId;
    std::string_view badTime;
    std::string_view sequence;
    std::string_view text;
};

bool SyslogReader::read(std::string_view message, LogRecordBatch &batch, Nanoseconds received)
{
    message = withoutEnd(message);
    if (message.empty())
        return false;
    Arena &arena = batch.arena();
    if (!utf8::isValid(message)) {
        m_scratch.clear();
        appendLatin1(message, m_scratch);
        message = arena.copy(m_scratch);
    }
    m_extra.clear();
    m_elements.clear();
    m_params.clear();

    std::string_view text = withoutByteOrderMark(message);
    const std::optional<int> pri = takePri(text);
    Header header;
    if (!pri || !readRfc5424(text, header, arena, received)) {
        header = {};
        m_elements.clear();
        readRfc3164(text, header, received);
    }

    LogRecord &record = batch.add();
    std::uint32_t given = attributeBit(Attribute::Msg);
    const auto set = [&](Attribute attribute, Value value) {
        record.set(attribute, value);
        given |= attributeBit(attribute);
    };
    set(Attribute::Name, Value::text(header.name.empty() ? "root" : header.name));
    set(Attribute::Msg, Value::text(withoutByteOrderMark(header.text)));
    const std::size_t severity = pri ? std::size_t(*pri % 8) : 6;
    set(Attribute::Levelname, Value::text(severityLevelNames[severity]));
    set(Attribute::Levelno, Value::integer(severityLevels[severity]));
    set(Attribute::Created, Value::real(toSeconds(header.time.value_or(received))));

    if (pri) {
        addExtra("facility", Value::text(syslogFacilityName(*pri / 8)));
        addExtra("severity", Value::text(syslogSeverityName(*pri % 8)));
    }
    if (!header.host.empty())
        addExtra("hostname", Value::text(header.host));
    if (const auto process = number(header.process))
        set(Attribute::Process, Value::integer(*process));
    else if (!header.process.empty())
        addExtra("procid", Value::text(header.process));
    if (!header.messageId.empty())
        addExtra("msgid", Value::text(header.messageId));
    if (!header.badTime.empty())
        addExtra("timestamp", Value::text(header.badTime));
    if (!header.sequence.empty())
        addExtra("sequence", Value::text(header.sequence));
    addStructuredData(arena);

    const std::span<Field> extra = arena.allocateArray<Field>(m_extra.size());
    std::ranges::copy(m_extra, extra.begin());
    record.extra = extra;
    RecordBuilder::complete(record, given, arena, received);
    record.created = header.time.value_or(received); // exact, where Python's float is not
    return true;
}

bool SyslogReader::readRfc5424(std::string_view text, Header &header, Arena &arena, Nanoseconds received)
{
    const std::string_view version = takeToken(text);
    if (version != "1")
        return false;
    std::array<std::string_view, 5> fields;
    for (std::string_view &field : fields) {
        field = takeToken(text);
        if (field.empty() || field.find_first_of("\n\t") != std::string_view::npos)
            return false;
        if (field == "-")
            field = {};
    }
    const auto &[time, host, name, process, messageId] = fields;
    if (!time.empty()) {
        header.time = m_time.readRfc3339(time, received);
        if (!header.time)
            header.badTime = time;
    }
    std::size_t at = 0;
    if (text == "-" || text.starts_with("- ")) {
        at = 1;
    } else if (!readStructuredData(text, at, arena)) {
        // A date, or good structured data: without both it has no more of RFC 5424 than its first character.
        if (!header.time)
            return false;
        m_elements.clear();
        at = 0;
    }
    header.host = host;
    header.name = name;
    header.process = process;
    header.messageId = messageId;
    header.text = text.substr(at);
    if (at && header.text.starts_with(' '))
        header.text.remove_prefix(1);
    return true;
}

bool SyslogReader::readStructuredData(std::string_view text, std::size_t &at, Arena &arena)
{
    at = 0;
    while (at < text.size() && text[at] == '[') {
        if (!readElement(text, at, arena))
            return false;
    }
    return at > 0 && (at == text.size() || text[at] == ' ');
}

bool SyslogReader::readElement(std::string_view text, std::size_t &at, Arena &arena)
{
    const auto takeName = [&] {
        const std::size_t begin = at;
        while (at < text.size() && text[at] > ' ' && text[at] != '=' && text[at] != ']' && text[at] != '"')
            ++at;
        return text.substr(begin, at - begin);
    };
    ++at;
    const std::string_view id = takeName();
    const std::size_t first = m_params.size();
    if (id.empty())
        return false;
    while (at < text.size() && text[at] == ' ') {
        ++at;
        if (at < text.size() && text[at] == ']')
            break; // a space too many
        const std::string_view name = takeName();
        if (name.empty() || !text.substr(at).starts_with("=\""))
            return false;
        at += 2;
        const std::size_t begin = at;
        while (at < text.size() && text[at] != '"')
            at += text[at] == '\\' ? 2 : 1;
        if (at >= text.size())
            return false;
        m_params.push_back({Value::text(name), Value::text(unescaped(text.substr(begin, at - begin), arena))});
        ++at;
    }
    if (at >= text.size() || text[at] != ']')
        return false;
    ++at;
    m_elements.push_back({Value::text(id), paramsFrom(first, arena)});
    m_params.resize(first);
    return true;
}

std::string_view SyslogReader::unescaped(std::string_view value, Arena &arena)
{
    if (value.find('\\') == std::string_view::npos)
        return value;
    m_scratch.clear();
    for (std::size_t i = 0; i < value.size(); ++i) {
        // Only these three are escapes; any other backslash stands for itself.
        if (value[i] == '\\' && i + 1 < value.size() &&
            (value[i + 1] == '"' || value[i + 1] == '\\' || value[i + 1] == ']'))
            ++i;
        m_scratch += value[i];
    }
    return arena.copy(m_scratch);
}

void SyslogReader::readRfc3164(std::string_view text, Header &header, Nanoseconds received)
{
    std::string_view rest = text;
    const std::string_view sequence = takeSequence(rest);
    std::string_view device;
    if (!sequence.empty()) {
        // A device may name itself and count twice: "29: router: 000031: *Mar  1 18:48:50.483 UTC: %SYS-5-…".
        std::string_view behind = rest;
        const std::string_view name = takeToken(behind);
        if (name.ends_with(':') && isHost(name.substr(0, name.size() - 1))) {
            takeSequence(behind);
            const std::size_t mark = behind.starts_with('*') || behind.starts_with('.');
            if (m_time.read(behind.substr(mark), received)) {
                device = name.substr(0, name.size() - 1);
                rest = behind;
            }
        }
    }
    // A clock that is not set is marked so.
    if (rest.starts_with('*') || rest.starts_with('.'))
        rest.remove_prefix(1);
    const auto date = m_time.read(rest, received);
    const bool isDated = date && (rest.size() == date->bytes || rest[date->bytes] == ' ' || rest[date->bytes] == ':');
    if (!isDated) {
        header.text = text;
        if (const auto tag = tagAt(text); tag && !tag->process.empty()) {
            header.name = tag->name;
            header.process = tag->process;
            header.text = tag->rest;
        }
        return;
    }
    header.time = date->time;
    header.sequence = sequence;
    header.host = device;
    rest.remove_prefix(date->bytes);
    if (rest.starts_with(':'))
        rest.remove_prefix(1);
    if (rest.starts_with(' '))
        rest.remove_prefix(1);
    header.text = rest;

    std::optional<Tag> tag = tagAt(rest);
    if (!tag) {
        // A host is one only if a tag follows, so that no word of a text is taken for it.
        std::string_view behind = rest;
        const std::string_view host = takeToken(behind);
        if (isHost(host) && (tag = tagAt(behind)))
            header.host = host;
    }
    if (tag) {
        header.name = tag->name;
        header.process = tag->process;
        header.text = tag->rest;
    }
}

Value SyslogReader::paramsFrom(std::size_t first, Arena &arena)
{
    const std::span<Field> params = std::span(m_params).subspan(first);
    const std::span<Field> entries = arena.allocateArray<Field>(params.size());
    std::ranges::copy(params, entries.begin());
    // Sorted by name, then by place: equal names stand together, however many an attacker sends.
    const std::span<std::uint32_t> order = arena.allocateArray<std::uint32_t>(params.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return params[i].key.chars(); });
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin + 1;
        while (end < order.size() && params[order[end]].key.chars() == params[order[begin]].key.chars())
            ++end;
        if (end - begin > 1) {
            const std::span<Value> values = arena.allocateArray<Value>(end - begin);
            for (std::size_t i = begin; i < end; ++i) {
                values[i - begin] = params[order[i]].value;
                if (i > begin)
                    entries[order[i]].key = Value::none();
            }
            entries[order[begin]].value = Value::sequence(Value::Kind::List, values);
        }
        begin = end;
    }
    const auto end =
        std::remove_if(entries.begin(), entries.end(), [](const Field &field) { return field.key.isNone(); });
    return Value::dict(entries.first(static_cast<std::size_t>(end - entries.begin())));
}

void SyslogReader::addExtra(std::string_view key, Value value) { m_extra.push_back({Value::text(key), value}); }

void SyslogReader::addStructuredData(Arena &arena)
{
    constexpr std::array<std::string_view, 9> taken = {"facility",  "severity", "hostname",        "procid", "msgid",
                                                       "timestamp", "sequence", "structured_data", "message"};
    if (m_elements.empty())
        return;
    bool isFirst = true;
    for (Field &element : m_elements) {
        const std::string_view id = element.key.chars();
        const bool isExtra = id == extraElement || (id.starts_with(extraElement) && id[extraElement.size()] == '@');
        if (!isExtra || !std::exchange(isFirst, false))
            continue;
        const std::span<const Field> params = element.value.entries();
        const std::span<Field> left = arena.allocateArray<Field>(params.size());
        std::size_t count = 0;
        for (const Field &param : params) {
            const std::string_view name = param.key.chars();
            if (attributeFromName(name) || name == "asctime" || std::ranges::find(taken, name) != taken.end())
                left[count++] = param;
            else
                m_extra.push_back(param);
        }
        element.value = Value::dict(left.first(count));
        if (count == 0)
            element.key = Value::none();
    }
    std::erase_if(m_elements, [](const Field &element) { return element.key.isNone(); });
    if (m_elements.empty())
        return;
    m_params.swap(m_elements);
    addExtra("structured_data", paramsFrom(0, arena));
}

} // namespace sluice
