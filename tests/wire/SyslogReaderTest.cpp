#include "ShowStrings.h"

#include "base/CalendarTime.h"
#include "support/Patience.h"
#include "wire/JsonWriter.h"
#include "wire/SyslogReader.h"
#include "support/SystemWords.h"

using namespace sluice;

namespace {

/// 2026-01-02 03:04:05 UTC, when all messages here arrive.
constexpr Nanoseconds received = 1'767'323'045LL * nanosecondsPerSecond;

struct Read
{
    LogRecordBatch batch;
    bool isRecord = false;

    explicit Read(std::string_view message, Nanoseconds now = received)
    {
        static SyslogReader reader;
        isRecord = reader.read(message, batch, now);
    }
    const LogRecord &record() const { return batch.records()[0]; }
    std::string text(Attribute attribute) const { return std::string(record().text(attribute)); }
    std::string msg() const { return text(Attribute::Msg); }
    std::string name() const { return text(Attribute::Name); }
    std::string process() const { return asText(record()[Attribute::Process]); }
    std::string created() const
    {
        std::string out;
        appendCalendarTime(out, "%Y-%m-%d %H:%M:%S", record().created / nanosecondsPerSecond, true);
        return out + "." + std::to_string(record().created % nanosecondsPerSecond / 1000);
    }
    std::string extra(std::string_view key) const
    {
        const auto value = record().find(key);
        return value ? asText(*value) : "nothing";
    }
    std::string keys() const
    {
        std::string out;
        for (const Field &field : record().extra)
            out += (out.empty() ? "" : " ") + std::string(field.key.chars());
        return out;
    }

private:
    static std::string asText(const Value &value)
    {
        if (value.isText())
            return std::string(value.chars());
        std::string json;
        appendJson(value, json);
        return json;
    }
};

} // namespace

class SyslogReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "Europe/Berlin");
        readTimeZone();
    }

    void readsRfc5424()
    {
        const Read read("<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog 8710 ID47 "
                        "[exampleSDID@32473 iut=\"3\" eventSource=\"Application\" eventID=\"1011\"]"
                        "[examplePriority@32473 class=\"high\"] \xEF\xBB\xBF" "An application event");
        QCOMPARE(read.msg(), "An application event");
        QCOMPARE(read.name(), "evntslog");
        QCOMPARE(read.process(), "8710");
        QCOMPARE(read.created(), "2003-10-11 22:14:15.3000");
        QCOMPARE(read.text(Attribute::Levelname), "INFO");
        QCOMPARE(read.record().levelno, 20);
        QCOMPARE(read.keys(), "facility severity hostname msgid structured_data");
        QCOMPARE(read.extra("facility"), "local4");
        QCOMPARE(read.extra("severity"), "notice");
        QCOMPARE(read.extra("hostname"), "mymachine.example.com");
        QCOMPARE(read.extra("msgid"), "ID47");
        QCOMPARE(read.extra("structured_data"),
                 "{\"exampleSDID@32473\": {\"iut\": \"3\", \"eventSource\": \"Application\", \"eventID\": \"1011\"}, "
                 "\"examplePriority@32473\": {\"class\": \"high\"}}");
    }

    void readsRfc5424WithNothingButDashes()
    {
        const Read read("<0>1 - - - - - -");
        QCOMPARE(read.msg(), "");
        QCOMPARE(read.name(), "root");
        QCOMPARE(read.process(), "null");
        QCOMPARE(read.record().created, received);
        QCOMPARE(read.record().levelno, 50);
        QCOMPARE(read.keys(), "facility severity");
        QCOMPARE(read.extra("facility"), "kern");
        QCOMPARE(read.extra("severity"), "emerg");
    }

    void readsEscapesAndRepeatedParameters()
    {
        const Read read("<14>1 2026-01-02T03:04:05Z - app thread-7 - [a x=\"say \\\"\\]\\\\\\n\\\"\" y=\"1\" x=\"2\" z=\"\"][a@1][b q=\"é\"] text");
        QCOMPARE(read.extra("structured_data"),
                 "{\"a\": {\"x\": [\"say \\\"]\\\\\\\\n\\\"\", \"2\"], \"y\": \"1\", \"z\": \"\"}, \"a@1\": {}, \"b\": {\"q\": \"é\"}}");
        QCOMPARE(read.extra("procid"), "thread-7");
        QCOMPARE(read.process(), "null");
        QCOMPARE(read.msg(), "text");
    }

    void parametersOfTheElementExtraAreExtraFields()
    {
        const Read read("<14>1 2026-01-02T03:04:05Z - app - - [extra@32473 user=\"ada\" msg=\"no\" hostname=\"x\" n=\"7\"][meta n=\"1\"] text");
        QCOMPARE(read.keys(), "facility severity user n structured_data");
        QCOMPARE(read.extra("user"), "ada");
        QCOMPARE(read.extra("n"), "7");
        // Names that are taken stay where they were.
        QCOMPARE(read.extra("structured_data"), "{\"extra@32473\": {\"msg\": \"no\", \"hostname\": \"x\"}, \"meta\": {\"n\": \"1\"}}");
        QCOMPARE(read.msg(), "text");
    }

    void brokenStructuredDataStaysInTheText()
    {
        const Read read("<14>1 2026-01-02T03:04:05Z host app 7 - [a x=\"1 the rest");
        QCOMPARE(read.msg(), "[a x=\"1 the rest");
        QCOMPARE(read.name(), "app");
        QCOMPARE(read.extra("hostname"), "host");
        QCOMPARE(read.extra("structured_data"), "nothing");
    }

    void aBadDateOfRfc5424IsKept()
    {
        const Read read("<14>1 2026-02-30T03:04:05Z host app 7 - - text");
        QCOMPARE(read.msg(), "text");
        QCOMPARE(read.name(), "app");
        QCOMPARE(read.extra("timestamp"), "2026-02-30T03:04:05Z");
        QCOMPARE(read.record().created, received);
    }

    void aTextThatBeginsLikeRfc5424IsAText()
    {
        QCOMPARE(Read("<14>1 apple").msg(), "1 apple");
        QCOMPARE(Read("<14>1 apple and two pears make a salad").msg(), "1 apple and two pears make a salad");
        QCOMPARE(Read("<14>1 ").msg(), "1 ");
    }

    void readsSeverities_data()
    {
        QTest::addColumn<int>("severity");
        QTest::addColumn<int>("level");
        QTest::addColumn<QString>("levelname");
        const std::array<std::pair<int, const char *>, 8> levels = {
            {{50, "CRITICAL"}, {50, "CRITICAL"}, {50, "CRITICAL"}, {40, "ERROR"}, {30, "WARNING"}, {20, "INFO"}, {20, "INFO"}, {10, "DEBUG"}}};
        for (int i = 0; i < 8; ++i)
            QTest::addRow("%d", i) << i << levels[std::size_t(i)].first << QString::fromLatin1(levels[std::size_t(i)].second);
    }
    void readsSeverities()
    {
        QFETCH(int, severity);
        QFETCH(int, level);
        QFETCH(QString, levelname);
        for (int facility = 0; facility < 24; ++facility) {
            const std::string message = "<" + std::to_string(facility * 8 + severity) + ">text";
            const Read read(message);
            QCOMPARE(read.record().levelno, level);
            QCOMPARE(QString::fromStdString(read.text(Attribute::Levelname)), levelname);
            QCOMPARE(read.extra("severity"), std::string(syslogSeverityName(severity)));
            QCOMPARE(read.extra("facility"), std::string(syslogFacilityName(facility)));
            QCOMPARE(read.msg(), "text");
        }
    }

    void aPriThatIsNoneIsText_data()
    {
        QTest::addColumn<QByteArray>("message");
        for (const char *message : {"no pri", "<192>x", "<>x", "<1", "<1x>y", "<0014>x", "<-1>x", "< 1>x", "<14 x", "<", "<html>"})
            QTest::newRow(message) << QByteArray(message);
    }
    void aPriThatIsNoneIsText()
    {
        QFETCH(QByteArray, message);
        const Read read(std::string_view(message.constData(), std::size_t(message.size())));
        QCOMPARE(read.msg(), message.toStdString());
        QCOMPARE(read.record().levelno, 20);
        QCOMPARE(read.keys(), "");
    }

    void readsRfc3164AndItsVariants_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("process");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("created");
        QTest::addColumn<QByteArray>("msg");
        const auto row = [](const char *title, const char *message, const char *name, const char *process, const char *host,
                            const char *created, const char *msg) {
            QTest::newRow(title) << QByteArray(message) << QByteArray(name) << QByteArray(process) << QByteArray(host)
                                 << QByteArray(created) << QByteArray(msg);
        };
        const char *now = "2026-01-02 03:04:05.0";
        row("RFC 3164, example 1", "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8", "su", "null",
            "mymachine", "2025-10-11 20:14:15.0", "'su root' failed for lonvick on /dev/pts/8");
        row("RFC 3164, example 2", "Use the BFG!", "root", "null", "nothing", now, "Use the BFG!");
        row("RFC 3164, example 3", "<165>Aug 24 05:34:00 CST 1987 mymachine myproc[10]: %% It's time to make the do-nuts.", "root",
            "null", "nothing", "2025-08-24 03:34:00.0", "CST 1987 mymachine myproc[10]: %% It's time to make the do-nuts.");
        row("logger -u", "<13>Jan  2 04:04:01 root: hello", "root", "null", "nothing", "2026-01-02 03:04:01.0", "hello");
        row("logger -i", "<13>Jan  2 04:04:01 app[4711]: hello: world", "app", "4711", "nothing", "2026-01-02 03:04:01.0",
            "hello: world");
        row("no hostname, no tag", "<13>Jan  2 04:04:01 some words, no tag", "root", "null", "nothing", "2026-01-02 03:04:01.0",
            "some words, no tag");
        row("hostname, no tag", "<13>Jan  2 04:04:01 host some words", "root", "null", "nothing", "2026-01-02 03:04:01.0",
            "host some words");
        row("ISO date", "<13>2026-01-02T05:04:01.250+02:00 host app[7]: x", "app", "7", "host", "2026-01-02 03:04:01.250000", "x");
        row("ISO date in UTC", "<13>2026-01-02T03:04:01Z host app: x", "app", "null", "host", "2026-01-02 03:04:01.0", "x");
        row("Python's asctime", "<14>2026-01-02 04:04:01,123 INFO started", "root", "null", "nothing", "2026-01-02 03:04:01.123000",
            "INFO started");
        row("zone without colon", "<13>2026-01-02T05:04:01+0200 host app: x", "app", "null", "host", "2026-01-02 03:04:01.0", "x");
        row("year behind the day", "<13>Oct  1 2024 10:11:12 host app: x", "app", "null", "host", "2024-10-01 08:11:12.0", "x");
        row("year behind the time", "<13>Oct 11 22:14:15 2019 host app: x", "app", "null", "host", "2019-10-11 20:14:15.0", "x");
        row("fraction", "<13>Jan  2 04:04:01.123456 host app: x", "app", "null", "host", "2026-01-02 03:04:01.123456", "x");
        row("day of one digit", "<13>Jan 2 04:04:01 host app: x", "app", "null", "host", "2026-01-02 03:04:01.0", "x");
        row("Cisco IOS", "<189>29: *Mar  1 18:48:50.483 UTC: %SYS-5-CONFIG_I: Configured from console", "%SYS-5-CONFIG_I", "null",
            "nothing", "2026-03-01 18:48:50.483000", "Configured from console");
        row("Cisco IOS with a name", "<189>29: router1: 000031: Jan  2 03:04:01 UTC: %SYS-5-CONFIG_I: done", "%SYS-5-CONFIG_I", "null",
            "router1", "2026-01-02 03:04:01.0", "done");
        row("Cisco ASA", "<166>Jan 02 2026 04:04:01: %ASA-6-302013: Built", "%ASA-6-302013", "null", "nothing", "2026-01-02 03:04:01.0",
            "Built");
        row("IPv6 host", "<13>Jan  2 04:04:01 2001:db8::1 app: x", "app", "null", "2001:db8::1", "2026-01-02 03:04:01.0", "x");
        row("path in the tag", "<13>Jan  2 04:04:01 host postfix/smtpd[123]: x", "postfix/smtpd", "123", "host",
            "2026-01-02 03:04:01.0", "x");
        row("parentheses in the tag", "<13>Jan  2 04:04:01 host sshd(pam_unix)[9]: x", "sshd(pam_unix)", "9", "host",
            "2026-01-02 03:04:01.0", "x");
        row("no colon", "<13>Jan  2 04:04:01 host cron[9] x", "cron", "9", "host", "2026-01-02 03:04:01.0", "x");
        row("no space", "<13>Jan  2 04:04:01 host cron[9]:x", "cron", "9", "host", "2026-01-02 03:04:01.0", "x");
        row("no date, process", "<13>app[9]: x", "app", "9", "nothing", now, "x");
        row("no date, no process", "<13>Error: disk full", "root", "null", "nothing", now, "Error: disk full");
        row("no text", "<13>Jan  2 04:04:01 host app:", "app", "null", "host", "2026-01-02 03:04:01.0", "");
        row("nothing but a date", "<13>Jan  2 04:04:01", "root", "null", "nothing", "2026-01-02 03:04:01.0", "");
        row("nothing but a PRI", "<13>", "root", "null", "nothing", now, "");
        row("no such day", "<13>Feb 30 04:04:01 host app: x", "root", "null", "nothing", now, "Feb 30 04:04:01 host app: x");
        row("no such hour", "<13>Jan  2 24:04:01 host app: x", "root", "null", "nothing", now, "Jan  2 24:04:01 host app: x");
        row("year that Nanoseconds do not reach", "<13>9999-01-02T05:04:01Z host app: x", "root", "null", "nothing", now,
            "9999-01-02T05:04:01Z host app: x");
        row("date that goes on", "<13>2026-01-02T03:04:01Zebra", "root", "null", "nothing", now, "2026-01-02T03:04:01Zebra");
        row("leap second", "<13>2016-12-31T23:59:60Z host app: x", "app", "null", "host", "2017-01-01 00:00:00.0", "x");
        row("year's end, late", "<13>Dec 31 23:59:59 host app: x", "app", "null", "host", "2025-12-31 22:59:59.0", "x");
        row("leap day of another year", "<13>Feb 29 12:00:00 host app: x", "root", "null", "nothing", now,
            "Feb 29 12:00:00 host app: x");
        row("the hour that summer skips", "<13>2025-03-30 02:30:00 host app: x", "app", "null", "host", "2025-03-30 01:30:00.0", "x");
        row("several lines", "<14>first\nsecond\n\n", "root", "null", "nothing", now, "first\nsecond\n");
    }
    void readsRfc3164AndItsVariants()
    {
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, process);
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, created);
        QFETCH(QByteArray, msg);
        const Read read(std::string_view(message.constData(), std::size_t(message.size())));
        QCOMPARE(read.msg(), msg.toStdString());
        QCOMPARE(read.name(), name.toStdString());
        QCOMPARE(read.process(), process.toStdString());
        QCOMPARE(read.extra("hostname"), host.toStdString());
        if (!isWindows) // it knows no such names of zones
            QCOMPARE(read.created(), created.toStdString());
    }

    void takesTheYearThatIsNearest()
    {
        if (isWindows)
            QSKIP("Windows knows no such names of zones");
        const Nanoseconds newYearsEve = 1'767'225'590LL * nanosecondsPerSecond; // 2025-12-31 23:59:50 UTC
        QCOMPARE(Read("<13>Jan  1 01:00:03 app: x", newYearsEve).created(), "2026-01-01 00:00:03.0");
        QCOMPARE(Read("<13>Dec 31 23:00:03 app: x", newYearsEve).created(), "2025-12-31 22:00:03.0");
        const Nanoseconds leapYear = 1'709'251'200LL * nanosecondsPerSecond; // 2024-03-01 00:00:00 UTC
        QCOMPARE(Read("<13>Feb 29 12:00:00 app: x", leapYear).created(), "2024-02-29 11:00:00.0");
    }

    void anHourThatComesTwiceIsTheNearerOne()
    {
        if (isWindows)
            QSKIP("Windows knows no such names of zones");
        // Clocks went back at 01:00 UTC on 26 October 2025.
        const Nanoseconds before = 1'761'439'500LL * nanosecondsPerSecond; // 00:45 UTC
        const Nanoseconds after = before + 3600 * nanosecondsPerSecond;
        QCOMPARE(Read("<13>Oct 26 02:44:00 app: x", before).created(), "2025-10-26 00:44:00.0");
        Read("<13>Oct 27 12:00:00 app: x", after);
        QCOMPARE(Read("<13>Oct 26 02:44:00 app: x", after).created(), "2025-10-26 01:44:00.0");
    }

    void whatPythonSends()
    {
        const Read read(std::string_view("<14>disk full\0", 14));
        QCOMPARE(read.msg(), "disk full");
        QCOMPARE(read.name(), "root");
        QCOMPARE(read.record().created, received);
        QVERIFY(read.record()[Attribute::Args].items().empty());
    }

    void nothingIsNoRecord()
    {
        for (const std::string_view empty : {std::string_view(), std::string_view("\n"), std::string_view("\0\0", 2),
                                             std::string_view("\r\n\0", 3)}) {
            const Read read(empty);
            QVERIFY(!read.isRecord);
            QVERIFY(read.batch.empty());
        }
    }

    void badUtf8IsReadAsLatin1()
    {
        const Read read("<13>Jan  2 04:04:01 host app: Gr\xF6\xDF" "e, und Größe \xF0\x9F\x98\x80 \xFF");
        QCOMPARE(read.msg(), "Größe, und Größe 😀 ÿ");
        QCOMPARE(read.name(), "app");
    }

    void byteOrderMarksAreNoText()
    {
        QCOMPARE(Read("<14>\xEF\xBB\xBFtext").msg(), "text"); // Python 3.2
        QCOMPARE(Read("\xEF\xBB\xBF<14>text").msg(), "text");
        QCOMPARE(Read("\xEF\xBB\xBF<14>text").extra("facility"), "user");
    }

    void manyEqualParametersTakeNoTime()
    {
        std::string message = "<14>1 2026-01-02T03:04:05Z - - - - [a";
        for (int i = 0; i < 200'000; ++i)
            message += " p" + std::to_string(i % 1000) + "=\"\"";
        message += "] text";
        const Read read(message);
        QCOMPARE(read.msg(), "text");
        const auto data = read.record().find("structured_data");
        QVERIFY(data);
        QCOMPARE(data->entries()[0].value.entries().size(), 1000u);
        QCOMPARE(data->entries()[0].value.entries()[0].value.items().size(), 200u);
    }
};

QTEST_GUILESS_MAIN(SyslogReaderTest)
#include "SyslogReaderTest.moc"
