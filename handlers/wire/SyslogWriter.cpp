#include "wire/SyslogWriter.h"

#include "base/CalendarTime.h"
#include "base/Utf8.h"
#include "format/PythonText.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace sluice {

namespace syslog {

namespace {

constexpr std::string_view facilities[] = {
    "kern", "user",     "mail", "daemon", "auth",     "syslog",  "lpr",          "news",   "uucp",   "cron",   "authpriv", "ftp",
    "ntp",  "security", "console", "solaris-cron", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"};

constexpr std::pair<std::string_view, int> priorities[] = {
    {"alert", 1}, {"crit", 2}, {"critical", 2}, {"debug", 7}, {"emerg", 0}, {"err", 3},
    {"error", 3}, {"info", 6}, {"notice", 5},   {"panic", 0}, {"warn", 4},  {"warning", 4}};

} // namespace

std::optional<int> facilityNumber(std::string_view name)
{
    const auto found = std::ranges::find(facilities, name);
    if (found == std::end(facilities))
        return std::nullopt;
    return static_cast<int>(found - facilities);
}

std::string_view facilityName(int number)
{
    return number >= 0 && number < static_cast<int>(std::size(facilities)) ? facilities[number] : std::string_view();
}

std::optional<int> priorityNumber(std::string_view name)
{
    const auto found = std::ranges::find(priorities, name, &std::pair<std::string_view, int>::first);
    return found == std::end(priorities) ? std::nullopt : std::optional(found->second);
}

} // namespace syslog

namespace {

// RFC 5424, section 6.
constexpr std::size_t maxHostname = 255;
constexpr std::size_t maxAppName = 48;
constexpr std::size_t maxProcId = 128;
constexpr std::size_t maxMsgId = 32;
constexpr std::size_t maxSdName = 32;
/// RFC 3164, section 4.1.3.
constexpr std::size_t maxTag = 32;

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

bool isPrintable(char c) { return c > ' ' && c < '\x7F'; }

void appendDigits(std::int64_t number, int digits, std::string &out)
{
    char text[8];
    for (int i = digits; i-- > 0; number /= 10)
        text[i] = static_cast<char>('0' + number % 10);
    out.append(text, static_cast<std::size_t>(digits));
}

std::int64_t secondsOf(Nanoseconds time)
{
    return time / nanosecondsPerSecond - (time % nanosecondsPerSecond < 0 ? 1 : 0);
}

} // namespace

Status SyslogWriter::write(int priority, const LogRecord &record, std::string_view text, std::string &out)
{
    m_message.clear();
    m_message += '<';
    m_message += std::to_string(priority);
    m_message += '>';
    if (m_options.format == Format::Python) {
        if (!utf8::isValid(text, utf8::Surrogates::Refuse))
            return Error{"The message holds a lone surrogate, which UTF-8 cannot encode."};
        m_message += text;
        if (m_options.framing == Framing::None && m_options.appendNul)
            m_message += '\0';
    } else if (m_options.format == Format::Rfc3164) {
        header3164(record);
        appendText(text);
    } else {
        header5424(record);
        if (!text.empty()) {
            m_message += ' ';
            if (!utf8::isAscii(text))
                m_message += byteOrderMark;
            appendText(text);
        }
    }
    switch (m_options.framing) {
    case Framing::None:
        break;
    case Framing::OctetCounted:
        out += std::to_string(m_message.size());
        out += ' ';
        break;
    case Framing::Newline:
        escapeLines();
        m_message += '\n';
        break;
    }
    out += m_message;
    return {};
}

void SyslogWriter::header3164(const LogRecord &record)
{
    const std::int64_t second = secondsOf(record.created);
    if (second != m_timeSecond) {
        m_timeSecond = second;
        m_time.clear();
        appendCalendarTime(m_time, "%b %d %H:%M:%S", second, false);
        // The day of the month is padded with a space. A time that has no date has none here either.
        if (m_time.size() != 15)
            m_time = "Jan  1 00:00:00";
        else if (m_time[4] == '0')
            m_time[4] = ' ';
    }
    m_message += m_time;
    m_message += ' ';
    field(m_options.hostname, maxHostname);
    m_message += ' ';
    // A tag ends where anything else than a letter or a digit stands; what programs use all the same stays.
    const std::string_view tag = appName(record);
    for (const char c : tag.substr(0, maxTag))
        m_message += isPrintable(c) && c != ':' && c != '[' && c != ']' ? c : '_';
    if (tag.empty())
        m_message += '-';
    if (const Value process = record[Attribute::Process]; process.isInt()) {
        m_message += '[';
        m_message += std::to_string(process.asInt());
        m_message += ']';
    }
    m_message += ": ";
}

void SyslogWriter::header5424(const LogRecord &record)
{
    m_message += "1 ";
    const std::int64_t second = secondsOf(record.created);
    const std::chrono::sys_seconds time{std::chrono::seconds(second)};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const int year = static_cast<int>(date.year());
    if (year < 0 || year > 9999) {
        m_message += '-';
    } else {
        const std::int64_t ofDay = (time - day).count();
        appendDigits(year, 4, m_message);
        m_message += '-';
        appendDigits(static_cast<unsigned>(date.month()), 2, m_message);
        m_message += '-';
        appendDigits(static_cast<unsigned>(date.day()), 2, m_message);
        m_message += 'T';
        appendDigits(ofDay / 3600, 2, m_message);
        m_message += ':';
        appendDigits(ofDay / 60 % 60, 2, m_message);
        m_message += ':';
        appendDigits(ofDay % 60, 2, m_message);
        m_message += '.';
        appendDigits((record.created - second * nanosecondsPerSecond) / 1000, 6, m_message);
        m_message += 'Z';
    }
    m_message += ' ';
    field(m_options.hostname, maxHostname);
    m_message += ' ';
    field(appName(record), maxAppName);
    m_message += ' ';
    m_value.clear();
    if (const Value process = record[Attribute::Process]; !process.isNone())
        python::appendStr(m_value, process);
    field(m_value, maxProcId);
    m_message += ' ';
    field(m_options.msgId.empty() ? record.name() : m_options.msgId, maxMsgId);
    m_message += ' ';
    structuredData(record);
}

void SyslogWriter::structuredData(const LogRecord &record)
{
    if (m_options.enterpriseId.empty() || record.extra.empty()) {
        m_message += '-';
        return;
    }
    m_message += "[extra@";
    m_message += m_options.enterpriseId;
    for (const Field &extra : record.extra) {
        m_message += ' ';
        const std::string_view key = extra.key.chars();
        for (const char c : key.substr(0, maxSdName))
            m_message += isPrintable(c) && c != '=' && c != ']' && c != '"' ? c : '_';
        if (key.empty())
            m_message += '_';
        m_message += "=\"";
        m_value.clear();
        python::appendStr(m_value, extra.value);
        if (!utf8::isValid(m_value, utf8::Surrogates::Refuse))
            m_value = utf8::sanitized(m_value);
        for (const char c : m_value) {
            if (c == '"' || c == '\\' || c == ']')
                m_message += '\\';
            m_message += c;
        }
        m_message += '"';
    }
    m_message += ']';
}

/// A header field: printable ASCII, and "-" where there is nothing.
void SyslogWriter::field(std::string_view text, std::size_t most)
{
    if (text.empty()) {
        m_message += '-';
        return;
    }
    for (const char c : text.substr(0, most))
        m_message += isPrintable(c) ? c : '_';
}

std::string_view SyslogWriter::appName(const LogRecord &record) const
{
    if (!m_options.appName.empty())
        return m_options.appName;
    return record.name().substr(0, record.name().find('.'));
}

void SyslogWriter::appendText(std::string_view text)
{
    if (utf8::isValid(text, utf8::Surrogates::Refuse))
        m_message += text;
    else
        m_message += utf8::sanitized(text);
}

void SyslogWriter::escapeLines()
{
    if (m_message.find('\n') == std::string::npos)
        return;
    m_value.clear();
    for (const char c : m_message) {
        if (c == '\n')
            m_value += "#012";
        else
            m_value += c;
    }
    m_message.swap(m_value);
}

} // namespace sluice
