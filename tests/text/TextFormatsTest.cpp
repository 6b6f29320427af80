#include "ShowStrings.h"
#include "support/Patience.h"
#include "text/TextFixture.h"

#include "text/PatternTextFormat.h"
#include "text/TextPreview.h"

using namespace sluice;

namespace {

constexpr Nanoseconds at20261011T221415 = 1791756855 * nanosecondsPerSecond; // UTC

const TextFormat &builtin(const char *name)
{
    const TextFormatPtr format = textFormats::find(name);
    if (!format)
        qFatal("there is no format %s", name);
    return *format;
}

TextFormatPtr pattern(const char *text, const char *timeFormat = nullptr)
{
    const auto made = PatternTextFormat::create(text, timeFormat ? std::optional<std::string>(timeFormat) : std::nullopt);
    return made ? *made : nullptr;
}

} // namespace

class TextFormatsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsOneLineOfEachShape_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("level");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("message");
        QTest::addColumn<qint64>("milliseconds"); // of its second; -1: it says no time
        const auto add = [](const char *format, const char *line, int level, const char *name, const char *message, qint64 ms) {
            QTest::addRow("%s %.20s", format, line)
                << QString::fromLatin1(format) << QString::fromUtf8(line) << level << QString::fromLatin1(name)
                << QString::fromUtf8(message) << ms;
        };
        add("python-basic", "WARNING:app.db:slow: 3 s", 30, "app.db", "slow: 3 s", -1);
        add("python-name-level", "2026-10-11 22:14:15,123 app.db       WARNING  slow", 30, "app.db", "slow", 123);
        add("flask", "[2026-10-11 22:14:15,123] ERROR in app: no route", 40, "root", "no route", 123);
        add("django", "INFO 2026-10-11 22:14:15,123 views 7 140 ok", 20, "root", "ok", 123);
        add("scrapy", "2026-10-11 22:14:15 [scrapy.core] DEBUG: Crawled", 10, "scrapy.core", "Crawled", 0);
        add("airflow", "[2026-10-11T22:14:15.123+0000] {task.py:12} INFO - done", 20, "root", "done", 123);
        add("loguru", "2026-10-11 22:14:15.123 | SUCCESS  | __main__:main:7 - yes", 25, "__main__", "yes", 123);
        add("pytest", "WARNING  app.db:db.py:12 slow", 30, "app.db", "slow", -1);
        add("uvicorn", "INFO:     Application startup complete.", 20, "root", "Application startup complete.", -1);
        add("gunicorn", "[2026-10-11 22:14:15 +0000] [7] [INFO] Booting worker", 20, "root", "Booting worker", 0);
        add("celery", "[2026-10-11 22:14:15,123: WARNING/MainProcess] hi", 30, "root", "hi", 123);
        add("logback", "22:14:15.123 [main] INFO  c.e.App - Started", 20, "c.e.App", "Started", 123);
        add("log4j", "2026-10-11 22:14:15,123 [main] ERROR c.e.App - bad", 40, "c.e.App", "bad", 123);
        add("spring", "2026-10-11T22:14:15.123Z  INFO 7 --- [           main] c.e.App                                  : up", 20,
            "c.e.App", "up", 123);
        add("json", "{\"name\": \"a\", \"msg\": \"%s!\", \"args\": [\"x\"], \"levelno\": 30, \"created\": 1791756855.123}", 30, "a", "%s!", 123);
        add("json", "{\"level\":30,\"time\":1791756855123,\"pid\":7,\"hostname\":\"h\",\"msg\":\"pino\"}", 20, "root", "pino", 123);
        add("json", "{\"level\":\"warn\",\"ts\":1791756855.123,\"caller\":\"a/b.go:12\",\"msg\":\"zap\"}", 30, "root", "zap", 123);
        add("json", "{\"event\":\"hi\",\"logger\":\"x\",\"level\":\"error\",\"timestamp\":\"2026-10-11T22:14:15.123Z\"}", 40, "x", "hi", 123);
        add("json", "{\"log\":\"line\\n\",\"stream\":\"stderr\",\"time\":\"2026-10-11T22:14:15.123000000Z\"}", 20, "root", "line", 123);
        add("json", "{\"@timestamp\":\"2026-10-11T22:14:15.123Z\",\"message\":\"m\",\"logger_name\":\"c.E\",\"level\":\"WARN\",\"level_value\":30000}",
            30, "c.E", "m", 123);
        add("json", "{\"severity\":\"CRITICAL\",\"textPayload\":\"gcp\",\"timestamp\":\"2026-10-11T22:14:15.123Z\"}", 50, "root", "gcp", 123);
        add("json", "{\"asctime\":\"2026-10-11 22:14:15,123\",\"levelname\":\"DEBUG\",\"name\":\"j\",\"message\":\"pjl\"}", 10, "j", "pjl", 123);
        add("logfmt", "time=\"2026-10-11T22:14:15.123Z\" level=warning msg=\"a \\\"b\\\" c\" user=ada", 30, "root", "a \"b\" c", 123);
        add("logfmt", "ts=1791756855.123 lvl=eror logger=x msg=hi", 20, "x", "hi", 123);
        add("access", "203.0.113.7 - ada [11/Oct/2026:22:14:15 +0000] \"GET /a HTTP/1.1\" 404 612 \"-\" \"curl\"", 30, "access",
            "\"GET /a HTTP/1.1\" 404 612", 0);
        add("syslog", "Oct 11 22:14:15 host app[7]: text: more", 20, "app", "text: more", 0);
        add("syslog-iso", "2026-10-12T00:14:15.123+02:00 host app: text", 20, "app", "text", 123);
        add("syslog-message", "<11>Oct 11 22:14:15 host app[7]: text", 40, "app", "text", 0);
        add("glog", "E1011 22:14:15.123456    4711 server.cc:42] bad: [x] y", 40, "root", "bad: [x] y", 123);
        add("dated", "2026/10/11 22:14:15 [error] 12#12: *1 open() failed", 40, "root", "12#12: *1 open() failed", 0);
        add("dated", "[Sun Oct 11 22:14:15.123456 2026] [core:warn] [pid 7] AH: x", 20, "root", "[core:warn] [pid 7] AH: x", 123);
        add("dated", "Oct 11, 22:14", 20, "root", "Oct 11, 22:14", -1);
        add("plain", "error: disk full", 40, "root", "error: disk full", -1);
    }

    void readsOneLineOfEachShape()
    {
        QFETCH(QString, format);
        QFETCH(QString, line);
        QFETCH(int, level);
        QFETCH(QString, name);
        QFETCH(QString, message);
        QFETCH(qint64, milliseconds);
        const ReadText read(builtin(format.toUtf8().constData()), line.toStdString() + "\n");
        QCOMPARE(read.size(), 1u);
        QCOMPARE(read.strange() != 0, line == QStringLiteral("Oct 11, 22:14"));
        const LogRecord &record = read.record(0);
        QCOMPARE(record.levelno, level);
        QCOMPARE(std::string(record.name()), name.toStdString());
        QCOMPARE(read.msg(0), message.toStdString());
        constexpr Nanoseconds aMillisecond = 1'000'000;
        constexpr Nanoseconds roundedAway = 1000; // by a double
        const Nanoseconds wanted =
            milliseconds < 0 ? ReadText::reference : at20261011T221415 + milliseconds * aMillisecond;
        QCOMPARE((record.created + roundedAway) / aMillisecond, wanted / aMillisecond);
    }

    void keepsFieldsOfAccessLogs()
    {
        const ReadText read(builtin("access"),
                            "203.0.113.7 - ada [11/Oct/2026:22:14:15 +0000] \"GET /a b?c HTTP/1.1\" 500 612 \"https://e.org/\" \"c \\\"x\\\"\" 0.7\n"
                            "::1 - - [11/Oct/2026:22:14:15 +0000] \"\\x16\\x03\" 400 -\n");
        QCOMPARE(read.size(), 2u);
        QCOMPARE(read.strange(), 0u);
        QCOMPARE(read.record(0).levelno, 40);
        const std::pair<const char *, const char *> wanted[] = {
            {"remote_addr", "203.0.113.7"}, {"user", "ada"},   {"method", "GET"},           {"path", "/a b?c"},
            {"protocol", "HTTP/1.1"},       {"status", "500"}, {"bytes", "612"},            {"referer", "https://e.org/"},
            {"agent", "c \\\"x\\\""},       {"further", "0.7"}};
        for (const auto &[key, value] : wanted)
            QCOMPARE(read.extra(0, key), std::string(value));
        QCOMPARE(read.extra(1, "user"), std::string("(none)"));
        QCOMPARE(read.extra(1, "status"), std::string("400"));
    }

    void keepsWhatJsonHasBesideTheUsual()
    {
        const ReadText read(builtin("json"), "{\"level\":\"info\",\"ts\":1791756855,\"msg\":\"m\",\"caller\":\"a/b.go:12\",\"stacktrace\":\"at x\",\"n\":{\"k\":[1,null]},\"pid\":9}"
                                             "\n{\"broken\": \n{}\n[1]\n");
        QCOMPARE(read.record(0)[Attribute::Lineno].asInt(), 12);
        QCOMPARE(std::string(read.record(0).text(Attribute::Pathname)), std::string("a/b.go"));
        QCOMPARE(std::string(read.record(0).text(Attribute::ExcText)), std::string("at x"));
        QCOMPARE(read.record(0)[Attribute::Process].asInt(), 9);
        QCOMPARE(read.extra(0, "n"), std::string("{\"k\": [1, null]}"));
        QCOMPARE(read.size(), 3u);
        QCOMPARE(read.msg(1), std::string("{\"broken\": "));
        QCOMPARE(read.msg(2), std::string("{}\n[1]"));
        QCOMPARE(read.strange(), 2u);
    }

    void completesDatesByTheTimeOfTheText()
    {
        const auto created = [](const char *line, Nanoseconds reference, const char *zone) {
            const ReadText read(builtin("syslog"), line, TextContext(*TextZone::create(zone), reference));
            return read.record(0).created / nanosecondsPerSecond;
        };
        const Nanoseconds newYear = 1798761600 * nanosecondsPerSecond; // 2027-01-01
        QCOMPARE(created("Dec 31 23:59:58 h a: x", newYear, "UTC"), 1798761598);
        QCOMPARE(created("Jan  2 00:00:00 h a: x", newYear, "UTC"), 1798761600 + 86400);
        QCOMPARE(created("Mar  1 00:00:00 h a: x", newYear, "UTC"), 1772323200);      // 2026
        QCOMPARE(created("Jan  1 00:00:05 h a: x", newYear - 10'000'000'000, "UTC"), 1798761605);
        QCOMPARE(created("Feb 29 12:00:00 h a: x", newYear, "UTC"), 1709208000);      // 2024
        QCOMPARE(created("Oct 11 22:14:15 h a: x", newYear, "+02:00"), 1791756855 - 7200);
        // Its own zone before the text's; summer time is what the zone's name says.
        QCOMPARE(created("Oct 11 22:14:15 h a: x", newYear, "Europe/Berlin"), 1791756855 - 7200);
        QCOMPARE(created("Dec 11 22:14:15 h a: x", newYear, "Europe/Berlin"), 1797023655);
        QVERIFY(!TextZone::create("Nowhere/Land").ok());
    }

    void completesAClockByTheDayBefore()
    {
        const auto created = [](const char *line, std::int64_t reference) {
            const ReadText read(builtin("logback"), line, TextContext(*TextZone::create("UTC"), reference * nanosecondsPerSecond));
            return read.record(0).created / nanosecondsPerSecond;
        };
        QCOMPARE(created("22:14:15.000 [m] INFO a - x", 1791763200), 1791756855);
        QCOMPARE(created("00:10:00.000 [m] INFO a - x", 1791763200), 1791763200 + 600);
        QCOMPARE(created("05:00:00.000 [m] INFO a - x", 1791763200), 1791763200 - 86400 + 5 * 3600);
    }

    void readsAPatternOfOnesOwn()
    {
        const auto format = pattern("(?P<time>\\d+/\\d+ \\d+:\\d+) <(?P<level>\\w)> (?:(?P<name>[\\w.]+): )?(?P<message>.*?) took=(?P<took>\\d+)",
                                    "%d/%m %H:%M");
        QVERIFY(format);
        const ReadText read(*format, "11/10 22:14 <W> app.db: slow took=12\nmore\n11/10 22:15 <I> fine took=1\n");
        QCOMPARE(read.size(), 2u);
        QCOMPARE(read.strange(), 0u);
        QCOMPARE(read.record(0).created, at20261011T221415 - 15 * nanosecondsPerSecond);
        QCOMPARE(read.record(0).levelno, 30);
        QCOMPARE(std::string(read.record(0).name()), std::string("app.db"));
        QCOMPARE(read.msg(0), std::string("slow\nmore"));
        QCOMPARE(read.extra(0, "took"), std::string("12"));
        QCOMPARE(std::string(read.record(1).name()), std::string("root"));
    }

    void saysWhatIsWrongWithAPattern()
    {
        QVERIFY(PatternTextFormat::create("(?P<message>.*").error().text.starts_with("The pattern cannot be read: "));
        QCOMPARE(PatternTextFormat::create("x").error().text, std::string("The pattern names no field; (?P<message>.*) is one."));
        QCOMPARE(PatternTextFormat::create("(?P<args>x)").error().text, std::string("A group cannot set args."));
        QCOMPARE(textFormats::create({"nonsense", {}, {}}).error().text, std::string("There is no text format \"nonsense\"."));
        QVERIFY(!textFormats::create({"python", "%(message)", {}}).ok());
        QVERIFY(textFormats::create({"auto", {}, {}}).ok() && !*textFormats::create({"auto", {}, {}}));
    }

    void cleansTextThatWasMeantForATerminal()
    {
        const ReadText read(builtin("python-basic"), "\x1b[33mWARNING\x1b[0m:a:\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ b\xff\n");
        QCOMPARE(read.size(), 1u);
        QCOMPARE(read.record(0).levelno, 30);
        QCOMPARE(read.msg(0), std::string("link b\xEF\xBF\xBD"));
        // Sequences that are broken off take no character and no line with them.
        const ReadText broken(builtin("plain"), "a\x1b\xC3\xBC b\x1b[31\xC3\xBC c\x1b]8;;x\n d\x1b[\n");
        QCOMPARE(broken.msg(0), std::string("a\xC3\xBC b\xC3\xBC c\n d"));
    }

    void countsRecordsByTheirBeginningsAlone()
    {
        // Whoever indexes a file by begins() must find as many records as parse() makes.
        const TextFormat &format = builtin("python-dashes");
        const std::string text = "2026-10-11 22:14:15,123 - a - INFO - one\n2 apples\n\nTraceback (most recent call last):\n"
                                 "  File \"x\"\nKeyError: 2026\n2026-10-11 22:14:16 nonsense\n";
        const ReadText read(format, text);
        QCOMPARE(read.size(), 2u);
        QCOMPARE(read.strange(), 1u);
        QCOMPARE(read.msg(0), std::string("one\n2 apples"));
        QCOMPARE(std::string(read.record(0).text(Attribute::ExcText)),
                 std::string("Traceback (most recent call last):\n  File \"x\"\nKeyError: 2026"));
        QCOMPARE(read.record(1).created, read.record(0).created);
        QVERIFY(format.canBegin('2') && !format.canBegin('T') && !format.canBegin(' '));
    }

    void showsWhereFieldsStand()
    {
        const std::string text = "in front\n2026-10-11 22:14:15,123 - app - WARNING - slow\n";
        const TextPreview preview =
            parsePreview(builtin("python-dashes"), text, TextContext(*TextZone::create("UTC"), ReadText::reference));
        QCOMPARE(preview.records.size(), 2u);
        QCOMPARE(preview.unread, 1u);
        QVERIFY(!preview.records[0].isRead && preview.records[1].isRead);
        const TextFields &fields = preview.records[1].fields;
        const auto shown = [&](const char *name) {
            for (const TextField &field : fields) {
                if (field.name == name)
                    return text.substr(field.begin, field.length);
            }
            return std::string("(none)");
        };
        QCOMPARE(shown("created"), std::string("2026-10-11 22:14:15,123"));
        QCOMPARE(shown("name"), std::string("app"));
        QCOMPARE(shown("levelname"), std::string("WARNING"));
        QCOMPARE(shown("msg"), std::string("slow"));
        QCOMPARE(preview.records[1].values.front().second, std::string("2026-10-11 22:14:15.123 UTC"));
    }
};

QTEST_GUILESS_MAIN(TextFormatsTest)
#include "TextFormatsTest.moc"
