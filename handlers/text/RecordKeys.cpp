#include "text/RecordKeys.h"

#include "base/StringHash.h"
#include "record/Level.h"
#include "wire/NumberText.h"

#include <charconv>
#include <cmath>
#include <unordered_map>

namespace sluice {

namespace {

using Meaning = RecordKeys::Meaning;

constexpr std::size_t longestKey = 24;

/// In small letters, "-" and "." for "_" left as they are.
const std::unordered_map<std::string_view, Meaning> &meanings()
{
    static const std::unordered_map<std::string_view, Meaning> map = {
        {"time", Meaning::Time},          {"timestamp", Meaning::Time},      {"ts", Meaning::Time},
        {"@timestamp", Meaning::Time},    {"asctime", Meaning::Time},        {"created", Meaning::Time},
        {"datetime", Meaning::Time},      {"date", Meaning::Time},           {"t", Meaning::Time},
        {"@t", Meaning::Time},            {"eventtime", Meaning::Time},      {"timemillis", Meaning::Time},
        {"level", Meaning::Level},        {"levelname", Meaning::Level},     {"severity", Meaning::Level},
        {"lvl", Meaning::Level},          {"loglevel", Meaning::Level},      {"log.level", Meaning::Level},
        {"@l", Meaning::Level},           {"log_level", Meaning::Level},     {"level_name", Meaning::Level},
        {"severitytext", Meaning::Level}, {"severity_text", Meaning::Level}, {"priority", Meaning::Level},
        {"msg", Meaning::Message},        {"message", Meaning::Message},     {"event", Meaning::Message},
        {"log", Meaning::Message},        {"textpayload", Meaning::Message}, {"@m", Meaning::Message},
        {"@mt", Meaning::Message},        {"body", Meaning::Message},        {"text", Meaning::Message},
        {"logger", Meaning::Logger},      {"name", Meaning::Logger},         {"logger_name", Meaning::Logger},
        {"loggername", Meaning::Logger},  {"log.logger", Meaning::Logger},   {"sourcecontext", Meaning::Logger},
        {"channel", Meaning::Logger},
        {"exc_info", Meaning::Exception},    {"exc_text", Meaning::Exception},    {"exception", Meaning::Exception},
        {"stack_trace", Meaning::Exception}, {"stacktrace", Meaning::Exception},  {"traceback", Meaning::Exception},
        {"@x", Meaning::Exception},          {"error.stack_trace", Meaning::Exception},
        {"caller", Meaning::Caller},      {"source", Meaning::Caller},
        {"pathname", Meaning::File},      {"filename", Meaning::File},       {"file", Meaning::File},
        {"lineno", Meaning::Line},        {"line", Meaning::Line},           {"line_number", Meaning::Line},
        {"funcname", Meaning::Function},  {"func_name", Meaning::Function},  {"func", Meaning::Function},
        {"function", Meaning::Function},
        {"thread", Meaning::Thread},      {"thread_name", Meaning::Thread},  {"threadname", Meaning::Thread},
        {"process.thread.name", Meaning::Thread},
        {"pid", Meaning::Process},        {"process", Meaning::Process},     {"process.pid", Meaning::Process},
        {"module", Meaning::Module},
    };
    return map;
}

/// pino and bunyan: 10 is trace, 60 is fatal.
int levelOfNode(std::int64_t number)
{
    constexpr int trace = 5;
    return number <= 10 ? trace : int(std::min<std::int64_t>(number - 10, level::Critical));
}

std::string_view withoutLineEnd(std::string_view text)
{
    while (text.ends_with('\n') || text.ends_with('\r'))
        text.remove_suffix(1);
    return text;
}

} // namespace

Meaning RecordKeys::meaningOf(std::string_view key)
{
    if (key.size() > longestKey)
        return Meaning::Extra;
    char small[longestKey];
    for (std::size_t i = 0; i < key.size(); ++i)
        small[i] = key[i] >= 'A' && key[i] <= 'Z' ? char(key[i] | 0x20) : key[i];
    const auto found = meanings().find(std::string_view(small, key.size()));
    return found == meanings().end() ? Meaning::Extra : found->second;
}

std::optional<Nanoseconds> timeOfNumber(const Value &value)
{
    constexpr double least = 1e8; // seconds: 1973
    const double number = value.asReal(-1);
    if (!(number >= least) || !std::isfinite(number))
        return std::nullopt;
    if (number < 9.2e9)
        return value.isInt() ? value.asInt() * nanosecondsPerSecond : toNanoseconds(number);
    if (number < 9.2e12)
        return static_cast<Nanoseconds>(number * 1e6);
    if (number < 9.2e15)
        return value.isInt() ? value.asInt() * 1000 : static_cast<Nanoseconds>(number * 1e3);
    if (number < 9.2e18)
        return value.isInt() ? value.asInt() : static_cast<Nanoseconds>(number);
    return std::nullopt;
}

void RecordKeys::add(std::string_view key, const Value &value)
{
    const Meaning meaning = meaningOf(key);
    const auto setTextOnce = [&](Attribute attribute) {
        if (!value.isText() || value.chars().empty() || m_record.has(attribute))
            return false;
        m_record.setText(attribute, value.chars());
        return true;
    };
    const auto setNumberOnce = [&](Attribute attribute) {
        std::int64_t number = value.asInt();
        if (value.isText()) { // logfmt does not tell numbers apart
            const std::string_view text = value.chars();
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (error != std::errc() || end != text.data() + text.size())
                return false;
        } else if (!value.isInt()) {
            return false;
        }
        if (m_record.has(attribute))
            return false;
        m_record.set(attribute, Value::integer(number));
        m_record.note(attributeName(attribute), value.chars());
        return true;
    };
    bool isTaken = false;
    switch (meaning) {
    case Meaning::Extra:
        m_hasHost = m_hasHost || key == "hostname";
        break;
    case Meaning::Time:
        isTaken = !m_record.hasTime() && setTime(value);
        break;
    case Meaning::Level:
        if (!m_hasLevel && (value.isInt() || (value.isText() && !value.chars().empty()))) {
            m_level = value;
            m_hasLevel = true;
            m_record.note(key, value.chars());
            isTaken = true;
        }
        break;
    case Meaning::Message:
        if (!m_hasMessage) {
            m_message = value;
            m_messageKey = key;
            m_hasMessage = true;
            isTaken = true;
        } else if (m_messageKey == "event" && value.isText()) {
            // "event" is structlog's message, and others' kind of event beside one.
            m_record.addExtra(m_messageKey, m_message);
            m_message = value;
            m_messageKey = key;
            isTaken = true;
        }
        break;
    case Meaning::Logger:
        isTaken = setTextOnce(Attribute::Name);
        break;
    case Meaning::Exception:
        isTaken = setTextOnce(Attribute::ExcText);
        break;
    case Meaning::Caller:
        if (value.isText()) {
            setCaller(value.chars());
            isTaken = m_record.has(Attribute::Lineno);
        }
        break;
    case Meaning::File:
        isTaken = setTextOnce(key == "filename" ? Attribute::Filename : Attribute::Pathname);
        break;
    case Meaning::Line:
        isTaken = setNumberOnce(Attribute::Lineno);
        break;
    case Meaning::Function:
        isTaken = setTextOnce(Attribute::FuncName);
        break;
    case Meaning::Thread:
        isTaken = value.isText() ? setTextOnce(Attribute::ThreadName) : setNumberOnce(Attribute::Thread);
        break;
    case Meaning::Process:
        m_hasPid = m_hasPid || key == "pid";
        isTaken = setNumberOnce(Attribute::Process);
        break;
    case Meaning::Module:
        isTaken = setTextOnce(Attribute::Module);
        break;
    }
    if (!isTaken) {
        m_record.addExtra(key, value);
        m_record.note(key, value.chars());
    }
}

bool RecordKeys::finish()
{
    const bool isLog = m_hasLevel || m_hasMessage || m_record.hasTime();
    if (m_hasLevel)
        setLevel(m_level);
    if (m_hasMessage && m_message.isText()) {
        const std::string_view text = withoutLineEnd(m_message.chars()); // Docker keeps the line end
        m_record.setMessage(text, text);
    } else if (m_hasMessage) {
        m_record.set(Attribute::Msg, m_message);
    } else {
        m_record.set(Attribute::Msg, Value::text(""));
    }
    return isLog;
}

void RecordKeys::setLevel(const Value &value)
{
    if (value.isText()) {
        const std::string_view word = value.chars();
        int number = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
        if (error == std::errc() && end == word.data() + word.size())
            m_record.setLevel(pythonLevel(number), word);
        else if (const auto letter = word.size() == 1 ? levelFromLetter(word.front() & ~0x20) : std::nullopt)
            m_record.setLevel(*letter, word);
        else
            m_record.setLevel(levelOrInfo(word), word);
        return;
    }
    const std::int64_t number = std::clamp<std::int64_t>(value.asInt(), 0, 1000);
    if (number <= 7) {
        // syslog's severities
        constexpr int levels[] = {level::Critical, level::Critical, level::Critical, level::Error,
                                  level::Warning,  level::Info,     level::Info,     level::Debug};
        m_record.setLevel(pythonLevel(levels[number]), {});
    } else if (m_hasPid && m_hasHost && number % 10 == 0) {
        const int known = levelOfNode(number);
        m_record.setLevel(known < level::Debug ? TextLevel{known, "TRACE"} : pythonLevel(known), {});
    } else {
        m_record.setLevel(pythonLevel(int(number)), {});
    }
}

bool RecordKeys::setTime(const Value &value)
{
    if (value.isText()) {
        const std::string_view text = value.chars();
        TimeParts parts;
        const std::size_t bytes = readTimeParts(text, parts);
        if (bytes == text.size() && bytes > 0 && parts.month != 0)
            return m_record.setTime(parts, text);
        const auto number = floatFromText(text);
        const auto time = number ? timeOfNumber(Value::real(*number)) : std::nullopt;
        if (time)
            m_record.setTime(*time, text);
        return time.has_value();
    }
    const auto time = value.isNumber() ? timeOfNumber(value) : std::nullopt;
    if (time)
        m_record.setTime(*time, {});
    return time.has_value();
}

void RecordKeys::setCaller(std::string_view caller)
{
    const std::size_t colon = caller.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || m_record.has(Attribute::Lineno))
        return;
    std::int64_t line = 0;
    const auto [end, error] = std::from_chars(caller.data() + colon + 1, caller.data() + caller.size(), line);
    if (error != std::errc() || end != caller.data() + caller.size())
        return;
    m_record.setText(Attribute::Pathname, caller.substr(0, colon));
    m_record.set(Attribute::Lineno, Value::integer(line));
}

} // namespace sluice
