#include "wire/MailWriter.h"

#include "base/CalendarParts.h"
#include "base/Utf8.h"
#include "wire/MailAddress.h"
#include "wire/MailBody.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace sluice {

namespace {

std::int64_t secondsOf(const std::tm &parts)
{
    using namespace std::chrono;
    const auto day = sys_days(year(parts.tm_year + 1900) / (parts.tm_mon + 1) / parts.tm_mday);
    return seconds(day.time_since_epoch()).count() + parts.tm_hour * 3600 + parts.tm_min * 60 + parts.tm_sec;
}

} // namespace

std::string mailDate(Nanoseconds time)
{
    static constexpr const char *days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char *months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::int64_t seconds = time / nanosecondsPerSecond;
    if (time % nanosecondsPerSecond < 0)
        --seconds;
    std::tm parts{};
    if (!calendarParts(seconds, false, parts))
        calendarParts(0, false, parts);
    // Not strftime's %z: on Windows that is a name.
    const auto offset = static_cast<int>(secondsOf(parts) - seconds);
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d %c%02d%02d", days[parts.tm_wday], parts.tm_mday,
                  months[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec,
                  offset < 0 ? '-' : '+', std::abs(offset) / 3600, std::abs(offset) / 60 % 60);
    return text;
}

Result<MailWriter> MailWriter::create(const std::string &from, const std::vector<std::string> &to)
{
    std::string joined;
    for (const std::string &address : to)
        joined += (joined.empty() ? "" : ",") + address;
    const auto sender = parseMailAddresses(from);
    if (!sender)
        return sender.error();
    const auto recipients = parseMailAddresses(joined);
    if (!recipients)
        return recipients.error();

    MailWriter writer;
    writer.m_sender = sender->specs.front();
    writer.m_recipients = recipients->specs;
    writer.m_international =
        !utf8::isAscii(writer.m_sender) || !std::ranges::all_of(writer.m_recipients, &utf8::isAscii);
    for (const auto &[name, addresses] : {std::pair(U"From", &*sender), std::pair(U"To", &*recipients)}) {
        auto header = mail::foldHeader(name, addresses->header, writer.m_international);
        if (!header)
            return header.error();
        writer.m_addressHeaders += *header;
    }
    return writer;
}

Result<std::string> MailWriter::write(std::string_view subject, Nanoseconds date, std::string_view text) const
{
    auto subjectLine = mail::subjectHeader(subject, m_international);
    if (!subjectLine)
        return subjectLine.error();
    const auto body = mailBody(text, !m_international);
    if (!body)
        return body.error();
    std::string out = m_addressHeaders + *subjectLine;
    out += "Date: " + mailDate(date) + "\r\nContent-Type: text/plain; charset=\"utf-8\"\r\nContent-Transfer-Encoding: ";
    out += body->transferEncoding;
    out += "\r\nMIME-Version: 1.0\r\n\r\n";
    return out + body->bytes;
}

} // namespace sluice
