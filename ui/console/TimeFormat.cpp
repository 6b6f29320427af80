#include "console/TimeFormat.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <cstdlib>

namespace sluice::words {

namespace {

/// Rounded down, so that times before 1970 are right as well.
Nanoseconds floorDivide(Nanoseconds time, Nanoseconds by)
{
    const Nanoseconds quotient = time / by;
    return time % by < 0 ? quotient - 1 : quotient;
}

QString fraction(Nanoseconds inSecond, int digits)
{
    if (digits <= 0)
        return {};
    return QLatin1Char('.') + QStringLiteral("%1").arg(inSecond, 9, 10, QLatin1Char('0')).left(digits);
}

/// Looking a zone up reads a file: the last one is kept. For the UI thread, as all of words.
const QTimeZone &zoneNamed(const QByteArray &name)
{
    static QByteArray lastName;
    static QTimeZone last;
    if (name != lastName || !last.isValid()) {
        lastName = name;
        last = QTimeZone(name);
        if (!last.isValid())
            last = QTimeZone::systemTimeZone();
    }
    return last;
}

} // namespace

QString clockTime(Nanoseconds time, const TimeFormat &format)
{
    const Nanoseconds seconds = floorDivide(time, nanosecondsPerSecond);
    QDateTime when;
    if (format.zone.isEmpty())
        when = QDateTime::fromSecsSinceEpoch(seconds);
    else if (format.zone == "UTC")
        when = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
    else
        when = QDateTime::fromSecsSinceEpoch(seconds, zoneNamed(format.zone));
    return when.toString(format.withDate ? QStringLiteral("yyyy-MM-dd HH:mm:ss") : QStringLiteral("HH:mm:ss")) +
           fraction(time - seconds * nanosecondsPerSecond, format.digits);
}

QString difference(Nanoseconds difference, int digits)
{
    Nanoseconds unit = nanosecondsPerSecond;
    for (int i = 0; i < digits; ++i)
        unit /= 10;
    // What is not seen has no sign.
    const bool negative = difference < 0 && difference / unit != 0;
    // The lowest number has no positive counterpart.
    const auto length = difference < 0 ? 0 - static_cast<std::uint64_t>(difference)
                                       : static_cast<std::uint64_t>(difference);
    constexpr auto perSecond = static_cast<std::uint64_t>(nanosecondsPerSecond);
    const std::uint64_t seconds = length / perSecond;
    QString text = negative ? QStringLiteral("-") : QStringLiteral("+");
    if (seconds >= 3600)
        text += QStringLiteral("%1:%2:%3")
                    .arg(seconds / 3600)
                    .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
                    .arg(seconds % 60, 2, 10, QLatin1Char('0'));
    else if (seconds >= 60)
        text += QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    else
        text += QString::number(seconds);
    return text + fraction(static_cast<Nanoseconds>(length % perSecond), digits);
}

QString ago(Nanoseconds time, Nanoseconds now)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("TimeFormat", text); };
    const Nanoseconds seconds = (now - time) / nanosecondsPerSecond;
    const Nanoseconds length = std::abs(seconds);
    QString amount;
    if (length < 1)
        return tr("now");
    if (length < 60)
        amount = tr("%1 s").arg(length);
    else if (length < 3600)
        amount = tr("%1 min").arg(length / 60);
    else if (length < 48 * 3600)
        amount = tr("%1 h").arg(length / 3600);
    else
        amount = tr("%1 d").arg(length / (24 * 3600));
    return seconds > 0 ? tr("%1 ago").arg(amount) : tr("in %1").arg(amount);
}

} // namespace sluice::words
