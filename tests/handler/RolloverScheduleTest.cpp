#include "handler/RolloverSchedule.h"

#include "ShowStrings.h"
#include "base/CalendarTime.h"
#include "support/Patience.h"
#include "support/SystemWords.h"

using namespace sluice;

/// Seconds since the epoch as local time, "2024-03-31 00:30:00", and back.
namespace {

std::string local(std::int64_t seconds)
{
    std::string text;
    appendCalendarTime(text, "%Y-%m-%d %H:%M:%S", seconds, false);
    return text;
}

} // namespace

class RolloverScheduleTest : public QObject
{
    Q_OBJECT

private:
    static RolloverSchedule schedule(const char *when, std::int64_t interval = 1,
                                     std::optional<int> atTime = std::nullopt, bool utc = false)
    {
        RolloverSchedule::Options options;
        options.when = when;
        options.interval = interval;
        options.atTime = atTime;
        options.utc = utc;
        auto made = RolloverSchedule::create(options);
        return made ? made.value() : *RolloverSchedule::create({});
    }
    static void setZone(const char *zone)
    {
        qputenv("TZ", zone);
        readTimeZone();
    }

private Q_SLOTS:
    void init()
    {
        if (isWindows)
            QSKIP("Windows knows no such names of zones");
        setZone("Europe/London");
    }

    void countsFromWhereItBegins_data()
    {
        QTest::addColumn<QByteArray>("when");
        QTest::addColumn<int>("interval");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("seconds") << QByteArray("s") << 10 << qint64{10};
        QTest::newRow("minutes") << QByteArray("M") << 3 << qint64{180};
        QTest::newRow("hours") << QByteArray("h") << 1 << qint64{3600};
        QTest::newRow("days") << QByteArray("D") << 2 << qint64{172800};
    }
    void countsFromWhereItBegins()
    {
        QFETCH(QByteArray, when);
        QFETCH(int, interval);
        QFETCH(qint64, seconds);
        QCOMPARE(schedule(when.constData(), interval).next(1'700'000'123), 1'700'000'123 + seconds);
    }

    // The vectors of CPython 3.13, Europe/London, 2024.
    void followsPython_data()
    {
        QTest::addColumn<QByteArray>("when");
        QTest::addColumn<int>("interval");
        QTest::addColumn<int>("atTime");
        QTest::addColumn<qint64>("made");
        QTest::addColumn<QByteArray>("rolls");
        QTest::addColumn<QByteArray>("dated");
        const auto row = [](const char *name, const char *when, int interval, int atTime, qint64 made,
                            const char *rolls, const char *dated) {
            QTest::newRow(name) << QByteArray(when) << interval << atTime << made << QByteArray(rolls)
                                << QByteArray(dated);
        };
        row("two days", "midnight", 2, -1, 1717588800, "2024-06-07 00:00:00", "2024-06-05");
        row("made at the very time", "midnight", 1, 46800, 1717588800, "2024-06-06 13:00:00", "2024-06-05");
        row("summer time begins", "midnight", 1, -1, 1711845000, "2024-04-01 00:00:00", "2024-03-31");
        row("summer time ends", "midnight", 1, -1, 1729985400, "2024-10-28 00:00:00", "2024-10-27");
        row("a time that does not exist", "midnight", 1, 5400, 1711800000, "2024-03-31 02:30:00",
            "2024-03-30");
        row("a Monday without a time ends on Tuesday", "W0", 1, -1, 1717588800, "2024-06-11 00:00:00",
            "2024-06-04");
        row("a Monday with a time", "W0", 1, 46800, 1717588800, "2024-06-10 13:00:00", "2024-06-03");
        row("the day itself, before its time", "W2", 1, 50000, 1717588800, "2024-06-05 13:53:20",
            "2024-05-29");
        row("two weeks across the change", "w6", 2, 0, 1729512000, "2024-11-03 00:00:00", "2024-10-20");
    }
    void followsPython()
    {
        QFETCH(QByteArray, when);
        QFETCH(int, interval);
        QFETCH(int, atTime);
        QFETCH(qint64, made);
        QFETCH(QByteArray, rolls);
        QFETCH(QByteArray, dated);
        const RolloverSchedule made313 =
            schedule(when.constData(), interval, atTime < 0 ? std::nullopt : std::optional<int>(atTime));
        const std::int64_t at = made313.next(made);
        QCOMPARE(local(at), rolls.toStdString());
        QCOMPARE(made313.stamp(at, at), dated.toStdString());
    }

    void utcKnowsNoSummerTime()
    {
        const RolloverSchedule midnight = schedule("midnight", 1, std::nullopt, true);
        QCOMPARE(midnight.next(1711845000), std::int64_t{1711929600}); // 1 April 00:00 UTC
        QCOMPARE(midnight.stamp(1711929600, 1711929600), std::string("2024-03-31"));
    }

    void midnightIsMidnightEverywhere_data()
    {
        QTest::addColumn<QByteArray>("zone");
        for (const char *zone : {"Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Apia",
                                 "Europe/Dublin", "Africa/Casablanca", "Asia/Kathmandu"})
            QTest::newRow(zone) << QByteArray(zone);
    }
    void midnightIsMidnightEverywhere()
    {
        QFETCH(QByteArray, zone);
        setZone(zone.constData());
        const RolloverSchedule midnight = schedule("midnight");
        // Day by day through 2009 to 2019: each rollover is the first second of a new day, and no day has
        // two.
        std::int64_t time = 1'230'800'000;
        std::string day;
        while (time < 1'577'000'000) {
            const std::int64_t next = midnight.next(time);
            QVERIFY(next > time);
            const std::string before = local(next - 1).substr(0, 10);
            const std::string after = local(next).substr(0, 10);
            QVERIFY2(before != after, (before + " " + local(next)).c_str());
            QVERIFY2(after != day, after.c_str());
            day = after;
            time = next + 1;
        }
    }

    void namesTheHourBesideTheChangeAsPythonDoes()
    {
        // Rolls at 02:15 summer time; CPython adds the hour to the beginning.
        QCOMPARE(schedule("H").stamp(1711847700, 1711847700), std::string("2024-03-31_02"));
        QCOMPARE(schedule("S").stamp(1711800001, 1711800001), std::string("2024-03-30_12-00-00"));
    }

    void stampsAreToldByTheirDigits()
    {
        QVERIFY(schedule("M").isStamp("2024-03-31_02-15"));
        QVERIFY(!schedule("M").isStamp("2024-03-31_02-15-00"));
        QVERIFY(!schedule("M").isStamp("2024-03-31"));
        QVERIFY(schedule("W3").isStamp("0000-99-31"));
        QVERIFY(!schedule("D").isStamp("2024-03-3x"));
    }

    void refusesWhatPythonRefuses()
    {
        const auto errorOf = [](const char *when) {
            RolloverSchedule::Options options;
            options.when = when;
            const auto made = RolloverSchedule::create(options);
            return made ? std::string() : made.error().text;
        };
        QCOMPARE(errorOf("y"), std::string("Invalid rollover interval specified: Y"));
        QCOMPARE(errorOf("W7"), std::string("Invalid day specified for weekly rollover: W7"));
        QCOMPARE(errorOf("W"),
                 std::string("You must specify a day for weekly rollover from 0 to 6 (0 is Monday): W"));
        QCOMPARE(errorOf("MidNight"), std::string());
    }

    void readsTimesOfDay()
    {
        QCOMPARE(RolloverSchedule::readTimeOfDay("13:45").value(), 49500);
        QCOMPARE(RolloverSchedule::readTimeOfDay("23:59:59").value(), 86399);
        for (const char *wrong :
             {"", "1:45", "24:00", "12:60", "12:00:60", "12-00", "12:00:0", "ab:cd", "12:00:00.5"})
            QVERIFY2(!RolloverSchedule::readTimeOfDay(wrong).ok(), wrong);
    }
};

QTEST_GUILESS_MAIN(RolloverScheduleTest)
#include "RolloverScheduleTest.moc"
