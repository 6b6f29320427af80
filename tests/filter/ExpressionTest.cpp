#include "filter/Expression.h"
#include "support/Patience.h"

using namespace sluice;

namespace {

std::string printed(std::string_view text)
{
    ExpressionPlace place;
    const auto expression = Expression::parse(text, &place);
    return expression ? expression->print() : "error: " + expression.error().text;
}

} // namespace

class ExpressionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isReadAsPeopleMeanIt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("meaning");
        const auto row = [](const char *text, const char *meaning) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(meaning);
        };
        row("", "");
        row("   ", "");
        row("timeout", "timeout");
        row("connection refused", "\"connection refused\"");
        row("  two   words ", "\"two   words\"");
        row("\"a phrase\"", "\"a phrase\"");
        row("'a phrase'", "\"a phrase\"");
        row("don't", "\"don't\"");
        row("'tis", "\"'tis\"");
        row("user=bob", "\"user=bob\"");
        row("127.0.0.1:8080", "127.0.0.1:8080");
        row("/api/users", "\"/api/users\"");
        row("/usr/bin/python3 failed", "\"/usr/bin/python3 failed\"");
        row("execute(a, b) failed", "\"execute(a, b) failed\"");
        row("List<String>", "\"List<String>\"");
        row("a->b", "\"a->b\"");
        row("<module>", "\"<module>\"");
        row("user logged in", "\"user logged in\"");
        row("user logged in from x", "\"user logged in from x\"");
        row("file exists", "\"file exists\"");
        row("file not found", "\"file not found\"");
        row("--verbose", "\"--verbose\"");
        row("-5", "\"-5\"");
        row("[main] started", "\"[main] started\"");
        row("50% of a|b", "\"50% of a|b\"");

        row("a and b", "a and b");
        row("a AND b OR c", "a and b or c");
        row("a && b || c", "a and b or c");
        row("a&&b", "a and b");
        row("(a or b) and c", "(a or b) and c");
        row("a and (b and c)", "a and b and c");
        row("((a))", "a");
        row("not a", "not a");
        row("!a", "not a");
        row("-a", "not a");
        row("not (a or b)", "not (a or b)");
        row("not not a", "not not a");
        row("timeout -debug", "timeout and not debug");
        row("timeout level >= ERROR", "timeout and level >= ERROR");
        row("level >= ERROR timed out", "level >= ERROR and \"timed out\"");
        row("disk \"is full\" /x+/", "disk and \"is full\" and /x+/");
        row("disk (a or b)", "disk and (a or b)");

        row("level >= warning", "level >= WARNING");
        row("level>=WARN", "level >= WARNING");
        row("level == 35", "level == 35");
        row("levelno > 10", "level > DEBUG");
        row("level in (error, CRITICAL)", "level in (ERROR, CRITICAL)");
        row("level in INFO..WARNING", "level in INFO..WARNING");
        row("level not in (INFO)", "not level in INFO");
        row("level ~ /ERR/", "level ~ /ERR/");
        row("logger == app.db", "logger == \"app.db\"");
        row("name in \"app.db\"", "logger in \"app.db\"");
        row("logger in (app.db, app.http)", "logger in (\"app.db\", \"app.http\")");
        row("message contains x", "message contains \"x\"");
        row("message startswith \"GET /\"", "message startswith \"GET /\"");
        row("message not endswith 500", "not message endswith \"500\"");
        row("text ~ /a\\/b/i", "text ~ /a\\/b/i");
        row("text ~ \"a/b\"", "text ~ /a\\/b/");
        row("text !~ a+", "text !~ /a+/");
        row("/a b/ and /C/i", "/a b/ and /C/i");
        row("/a/b/", "/a\\/b/");

        row("request.user.id == 5", "request.user.id == 5");
        row("extra.request.user.id == \"5\"", "request.user.id == \"5\"");
        row("extra.level == x", "extra.level == \"x\"");
        row("[\"odd key\"] == 1", "extra[\"odd key\"] == 1");
        row("extra[\"a\"][\"b c\"].0 == 1", "a[\"b c\"].0 == 1");
        row("user exists", "\"user exists\"");
        row("extra.user exists", "extra.user exists");
        row("extra.user in 5", "extra.user in 5");
        row("done in 5 ms", "\"done in 5 ms\"");
        row("source.ip == 10.0.0.1", "source.ip == \"10.0.0.1\"");
        row("process.pid == 1", "process.pid == 1");
        row("args.user == x", "args.user == \"x\"");
        row("size>5", "size > 5");
        row("status >= 500", "status >= 500");
        row("status in 500..599", "status in 500..599");
        row("status in (404, 500..599)", "status in (404, 500..599)");
        row("elapsed > 1.50s", "elapsed > 1.5s");
        row("bytes > 10MiB", "bytes > 10MiB");
        row("x == 1e3", "x == 1000");
        row("x == 0.1", "x == 0.1");
        row("x == 9223372036854775807", "x == 9223372036854775807");
        row("x == -3", "x == -3");
        row("x == 12ab", "x == \"12ab\"");
        row("user contains bob", "user contains \"bob\"");
        row("user in (ann, bob)", "user in (\"ann\", \"bob\")");
        row("path == /srv/app(1)", "path == \"/srv/app(1)\"");

        row("time >= 14:03", "time >= 14:03");
        row("time in 14:00..14:05", "time in 14:00..14:05");
        row("time in 23:50:01.5..00:10", "time in 23:50:01.5..00:10");
        row("time > \"2026-11-21 14:00\"", "time > 2026-11-21T14:00");
        row("time > 2026-11-21 14:00", "time > 2026-11-21T14:00");
        row("time in 2026-11-21 14:00..2026-11-21 15:00:30", "time in 2026-11-21T14:00..2026-11-21T15:00:30");
        row("time in \"2026-11-21\"..\"2026-11-22\"", "time in 2026-11-21..2026-11-22");
        row("time == 2026-11-21T14:00:00.250Z", "time == 2026-11-21T14:00:00.250Z");
        row("time < 2026-11-21 14:00+0530", "time < 2026-11-21T14:00+05:30");
        row("time > now-5m", "time > now-5m");
        row("time > now - 90s", "time > now-90s");
        row("time > now and x", "time > now and x");
        row("time >= today", "time >= today");
        row("time in yesterday 10:00..today", "time in yesterday 10:00..today");
        row("time >= 1700000000", "time >= 2023-11-14T22:13:20Z");
        row("created > 1700000000.5", "time > 2023-11-14T22:13:20.5Z");
    }

    void isReadAsPeopleMeanIt()
    {
        QFETCH(QString, text);
        QFETCH(QString, meaning);
        QCOMPARE(QString::fromStdString(printed(text.toStdString())), meaning);
        // And printed once more it stays what it is.
        const auto expression = Expression::parse(text.toStdString());
        const auto again = Expression::parse(expression->print());
        QVERIFY2(again.ok(), again.ok() ? "" : again.error().text.c_str());
        QVERIFY(*again == *expression);
    }

    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("offset");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *text, int offset, int length, const char *sentence) {
            QTest::newRow(text) << QString::fromUtf8(text) << offset << length << QString::fromUtf8(sentence);
        };
        row("level >= WARNIG", 9, 6, "`level` is compared with a level's name or a number; is WARNING meant?");
        row("level >= xyzzyx", 9, 6, "`level` is compared with a level's name or a number.");
        row("level = ERROR", 6, 1, "A comparison is written with ==.");
        row("level >=", 8, 0, "What the field is compared with is missing here.");
        row("a and", 5, 0, "Something is missing here.");
        row("and a", 0, 3, "Something is missing before `and`; to look for the word itself, put it in quotes.");
        row("a or || b", 5, 2, "Something is missing before `||`; to look for the word itself, put it in quotes.");
        row("(a or b", 0, 1, "This ( is not closed.");
        row("a)", 1, 1, "There is no ( for this ).");
        row("()", 1, 1, "Something is missing before this ).");
        row("a \"b", 2, 1, "This quote is not closed.");
        row("not", 3, 0, "Something is missing here.");
        row("/a(b/", 0, 5, "This is no regular expression: missing ): a(b.");
        row("text ~ a(", 7, 2, "This is no regular expression: missing ): a(.");
        row("text ~", 6, 0, "A regular expression is missing here: /…/ or /…/i.");
        row("time > teatime", 7, 7, "`time` is compared with a time such as 14:03, 2026-11-21 14:03:05, today or now-5m.");
        row("time in 14:00..2026-11-21", 8, 17, "One end of this range is a time of day and the other one has a date.");
        row("time contains 14", 5, 8, "`time` is no text: compare it with ==, <, <=, >, >= or in.");
        row("time > 25:00", 7, 5, "`time` is compared with a time such as 14:03, 2026-11-21 14:03:05, today or now-5m.");
        row("time > 2026-02-30", 7, 10, "`time` is compared with a time such as 14:03, 2026-11-21 14:03:05, today or now-5m.");
        row("level in (INFO WARNING)", 15, 0, "A comma or a ) is missing here.");
        row("level in (INFO", 9, 1, "This ( is not closed.");
        row("logger in ()", 11, 0, "What the field is compared with is missing here.");
    }

    void saysWhatIsWrongAndWhere()
    {
        QFETCH(QString, text);
        QFETCH(int, offset);
        QFETCH(int, length);
        QFETCH(QString, sentence);
        ExpressionPlace place;
        const auto expression = Expression::parse(text.toStdString(), &place);
        QVERIFY(!expression);
        QCOMPARE(QString::fromStdString(expression.error().text), sentence);
        QCOMPARE(int(place.offset), offset);
        QCOMPARE(int(place.length), length);
    }

    void boundsWhatStrangersWrite()
    {
        QVERIFY(Expression::parse(std::string(90, '(') + "a" + std::string(90, ')')).ok());
        QVERIFY(!Expression::parse(std::string(10'000, '(') + "a" + std::string(10'000, ')')).ok());
        QVERIFY(!Expression::parse(std::string(10'000, '!') + "a").ok());
        QVERIFY(!Expression::parse(std::string(100'000, 'a')).ok());
        QVERIFY(!Expression::parse("a\xff").ok());
        std::string list = "x in (1";
        for (int i = 0; i < 2000; ++i)
            list += ",1";
        QVERIFY(!Expression::parse(list + ")").ok());
        // Each opens a parenthesis that is never closed.
        std::string open;
        while (open.size() < 60'000)
            open += "a( ";
        QVERIFY(Expression::parse(open).ok());
    }

    void combinesExpressions()
    {
        const auto a = *Expression::parse("a or b");
        const auto b = *Expression::parse("level >= ERROR");
        QCOMPARE(Expression::all({a, {}, b}).print(), std::string("(a or b) and level >= ERROR"));
        QCOMPARE(Expression::any({a, b}).print(), std::string("a or b or level >= ERROR"));
        QVERIFY(Expression::all({}).isEmpty());
        QVERIFY(Expression::any({a, {}}).isEmpty());
        QCOMPARE(Expression::search("not a (").print(), std::string("\"not a (\""));
    }

    void saysWhatEveryMatchMustContain_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("literals");
        const auto row = [](const char *text, const char *literals) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(literals);
        };
        row("timeout", "timeout, or in the logger");
        row("/timeout [0-9]+/", "timeout , or in the logger");
        row("a and connection", "connection, or in the logger");
        row("connection or timeout", "connection|timeout, or in the logger");
        row("connection or level >= ERROR", "");
        row("not connection", "");
        row("level >= ERROR and message contains x", "x");
        row("message == \"Pool grew\"", "Pool grew");
        row("message in (one, two)", "one|two");
        row("message != one", "");
        row("extra.user == ann-marie", "ann-marie, with extra fields");
        row("extra.user == 12", "");
        row("extra.user contains 12", "");
        row("extra.user contains true", "");
        row("logger == app", "");
        row("\"\"", "");
        row("", "");
    }

    void saysWhatEveryMatchMustContain()
    {
        QFETCH(QString, text);
        QFETCH(QString, literals);
        const auto required = Expression::parse(text.toStdString())->requiredText();
        QString found;
        if (required) {
            QStringList needles;
            for (const auto &literal : required->literals)
                needles << QString::fromStdString(literal->needle());
            found = needles.join(u'|');
            if (required->orInLogger)
                found += u", or in the logger";
            if (!required->inText)
                found += u", with extra fields";
        }
        QCOMPARE(found, literals);
    }

    void saysWhatAViewMarks()
    {
        const auto expression = *Expression::parse("err (/[0-9]+/ or message contains \"ror 1\") -disk level > INFO");
        const std::vector<TextRange> expected{{0, 9}, {16, 3}};
        QCOMPARE(expression.foundIn("error 123 disk  ERR"), expected);
        QCOMPARE(expression.foundIn("1 2 3 4", 2).size(), 2u);
        QVERIFY(expression.foundIn("").empty());
    }
};

QTEST_GUILESS_MAIN(ExpressionTest)
#include "ExpressionTest.moc"
