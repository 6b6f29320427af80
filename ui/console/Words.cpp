#include "console/Words.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace sluice::words {

namespace {

/// Rounded down, so that times before 1970 are right as well.
qint64 milliseconds(Nanoseconds time) { return (time >= 0 ? time : time - 999'999) / 1'000'000; }

} // namespace

QString timeOfDay(Nanoseconds time)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds(time)).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString fullTime(Nanoseconds time)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(milliseconds(time));
    const Nanoseconds inSecond =
        ((time % nanosecondsPerSecond) + nanosecondsPerSecond) % nanosecondsPerSecond;
    const int offset = local.offsetFromUtc() / 60;
    return QStringLiteral("%1.%2 %3%4:%5")
        .arg(local.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")))
        .arg(inSecond / 1000, 6, 10, QLatin1Char('0'))
        .arg(offset < 0 ? QLatin1Char('-') : QLatin1Char('+'))
        .arg(std::abs(offset) / 60, 2, 10, QLatin1Char('0'))
        .arg(std::abs(offset) % 60, 2, 10, QLatin1Char('0'));
}

QString count(std::uint64_t number) { return QLocale().toString(static_cast<qulonglong>(number)); }

QString bytes(std::uint64_t number)
{
    constexpr std::uint64_t mega = 1024 * 1024;
    if (number < 1024)
        return QStringLiteral("%1 B").arg(number);
    if (number < mega)
        return QStringLiteral("%1 KB").arg((number + 512) / 1024);
    const bool isGiga = number >= 1024 * mega;
    const double value = static_cast<double>(number) / static_cast<double>(isGiga ? 1024 * mega : mega);
    const bool isWhole = value >= 100 || value == std::floor(value);
    return QLocale().toString(value, 'f', isWhole ? 0 : 1) +
           (isGiga ? QStringLiteral(" GB") : QStringLiteral(" MB"));
}

QString counted(std::uint64_t number, const QString &one, const QString &many)
{
    return count(number) + QLatin1Char(' ') + (number == 1 ? one : many);
}

QString fromUtf8(std::string_view text, std::size_t bytes)
{
    if (text.size() > bytes) {
        while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80)
            --bytes;
        text = text.substr(0, bytes);
    }
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string_view firstLine(std::string_view text)
{
    text = text.substr(0, text.find('\n'));
    if (text.ends_with('\r'))
        text.remove_suffix(1);
    return text;
}

std::size_t lineCount(std::string_view text)
{
    if (text.empty())
        return 0;
    return static_cast<std::size_t>(std::ranges::count(text, '\n')) + (text.ends_with('\n') ? 0 : 1);
}

QString levelName(Severity severity)
{
    switch (severity) {
    case Severity::Debug:
        return QStringLiteral("DEBUG");
    case Severity::Info:
        return QStringLiteral("INFO");
    case Severity::Warning:
        return QStringLiteral("WARNING");
    case Severity::Error:
        return QStringLiteral("ERROR");
    case Severity::Critical:
        break;
    }
    return QStringLiteral("CRITICAL");
}

QChar levelLetter(Severity severity) { return levelName(severity).front(); }

} // namespace sluice::words
