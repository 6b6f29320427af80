#include "ShowStrings.h"
#include "support/Patience.h"
#include "support/Python.h"
#include "text/TextFixture.h"

#include "text/TextFormatRecognizer.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace sluice;

namespace {

std::string nameOf(std::string_view text, bool isWhole = true)
{
    return TextFormatRecognizer::recognize(text, isWhole).format->name();
}

} // namespace

class TextFormatRecognizerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recognisesEachFormat_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto add = [](const char *name, const char *text) { QTest::newRow(name) << QByteArray(text); };
        add("python-basic", "INFO:root:one\nWARNING:app.db:two: three\n");
        add("python-dashes", "2026-10-11 22:14:15,123 - app.db - INFO - a\n2026-10-11 22:14:15,123 - app - ERROR - b: c\n");
        add("python-dashes-level", "2026-10-11 22:14:15,123 - INFO - app.db - a\n2026-10-11 22:14:15,123 - INFO - app - b\n");
        add("python-dashes-short", "2026-10-11 22:14:15,123 - INFO - a b\n2026-10-11 22:14:15,123 - INFO - c\n");
        add("python-colon", "2026-10-11 22:14:15,123 INFO     app.db: a\n2026-10-11 22:14:15,123 ERROR    app: b c\n");
        add("python-name-level", "2026-10-11 22:14:15,123 app.db       INFO     a b\n2026-10-11 22:14:15,123 root         ERROR    b\n");
        add("python-level", "2026-10-11 22:14:15,123 INFO a\n2026-10-11 22:14:15,123 ERROR b: c\n2026-10-11 22:14:15,123 INFO d e\n");
        add("python-colons", "2026-10-11 22:14:15,123:INFO:app.db:a\n2026-10-11 22:14:15,123:INFO:app:b\n");
        add("python-brackets", "2026-10-11 22:14:15,123 [INFO] app.db: a\n2026-10-11 22:14:15,123 [ERROR   ] app: b\n");
        add("python-brackets-short", "2026-10-11 22:14:15,123 [INFO] a b\n2026-10-11 22:14:15,123 [ERROR] b\n");
        add("flask", "[2026-10-11 22:14:15,123] ERROR in app: bad\n[2026-10-11 22:14:15,123] INFO in views: ok\n");
        add("uvicorn", "INFO:     Started server process [7]\nINFO:     127.0.0.1:5 - \"GET / HTTP/1.1\" 200 OK\n");
        add("gunicorn", "[2026-10-11 22:14:15 +0000] [7] [INFO] Starting\n[2026-10-11 22:14:15 +0000] [8] [INFO] Booting\n");
        add("celery", "[2026-10-11 22:14:15,123: INFO/MainProcess] ready\n[2026-10-11 22:14:15,123: INFO/ForkPoolWorker-1] x\n");
        add("pytest", "INFO     app.db:db.py:12 a\nWARNING  app:main.py:7 b\n");
        add("loguru", "2026-10-11 22:14:15.123 | INFO     | app.db:run:12 - a\n2026-10-11 22:14:15.123 | ERROR    | __main__:<module>:1 - b\n");
        add("logback", "22:14:15.123 [main] INFO  c.e.App - a\n22:14:15.124 [pool-1-thread 2] DEBUG c.e.B - b - c\n");
        add("log4j", "2026-10-11 22:14:15,123 [main] INFO  c.e.App - a\n2026-10-11 22:14:15,123 [t 1] ERROR c.e.B - b\n\tat c.e.B.run(B.java:1)\n");
        add("spring", "2026-10-11 22:14:15.123  INFO 7 --- [           main] c.e.App        : a\n");
        add("zap-console", "2026-10-11T22:14:15.123Z\tINFO\ta/b.go:12\tmessage\t{\"k\": 1}\n");
        add("json", "{\"level\":\"info\",\"msg\":\"a\"}\n{\"level\":\"info\",\"msg\":\"b\"}\n");
        add("logfmt", "time=2026-10-11T22:14:15Z level=info msg=\"a b\"\ntime=2026-10-11T22:14:15Z level=info msg=c k=v\n");
        add("access", "1.2.3.4 - - [11/Oct/2026:22:14:15 +0000] \"GET / HTTP/1.1\" 200 612 \"-\" \"curl/8\"\n");
        add("syslog", "Oct 11 22:14:15 host app[7]: a\nOct  1 22:14:15 host kernel: [  12.3] b\n");
        add("syslog-iso", "2026-10-11T22:14:15.123456+02:00 host app[7]: a\n2026-10-11T22:14:15.123456+02:00 host CRON[8]: b\n");
        add("syslog-message", "<34>1 2026-10-11T22:14:15Z h app - - - a\n<34>Oct 11 22:14:15 h app: b\n");
        add("glog", "I1011 22:14:15.123456    4711 a.cc:42] a\nW1011 22:14:15.123456    4711 a.cc:43] b\n");
        add("nginx-error", "2026/10/11 22:14:15 [error] 12#12: *1 open() failed\n2026/10/11 22:14:15 [notice] 12#12: b\n");
        add("apache-error", "[Sun Oct 11 22:14:15.123456 2026] [mpm_event:notice] [pid 7:tid 140] AH00489: resuming\n");
        add("dated", "2026-10-11 22:14:15 Server listening on 3000\n2026-10-11 22:14:16 GET / took 3 ms\n");
        add("plain", "Reading package lists... Done\nBuilding dependency tree\n0 upgraded, 0 newly installed\n");
    }

    void recognisesEachFormat()
    {
        QFETCH(QByteArray, text);
        const auto answer = TextFormatRecognizer::recognize(text.toStdString(), true);
        QCOMPARE(answer.format->name(), std::string(QTest::currentDataTag()));
    }

    void recognisesWhatPythonWrote()
    {
        const PythonResult python = runPython("tests/text/python_lines.py");
        QVERIFY2(python.ok, python.errors.constData());
        std::vector<std::string> found;
        for (const QByteArray &line : python.output.split('\n')) {
            const QJsonObject written = QJsonDocument::fromJson(line).object();
            if (!written.isEmpty())
                found.push_back(nameOf(written[QStringLiteral("text")].toString().toStdString()));
        }
        // Those that a built-in format says whole; with tracebacks, and messages of several lines.
        const std::vector<std::string> wanted = {"python-basic", "python-dashes", "python-colon", "python-brackets", "python-name-level"};
        QVERIFY(found.size() > wanted.size());
        found.resize(wanted.size());
        QCOMPARE(found, wanted);
    }

    void saysWhy()
    {
        const auto answer = TextFormatRecognizer::recognize(
            "INFO:root:one\nERROR:root:two\nTraceback (most recent call last):\n  File\nValueError: x\nINFO:root:cut", false);
        QCOMPARE(answer.explanation, std::string("2 of 5 lines begin a record of the format \"Python: LEVEL:logger:message\", "
                                                 "3 go on with the one above."));
        QVERIFY(!answer.isSure);
        QCOMPARE(TextFormatRecognizer::recognize("", true).explanation, std::string("There is no text yet."));
        QVERIFY(TextFormatRecognizer::recognize("hello\nworld\n", true).explanation.starts_with("No format that is known"));
    }

    void isNotMisledByForeignLines()
    {
        QCOMPARE(nameOf("== banner ==\nversion 1\n2026-10-11 22:14:15,123 - a - INFO - x\n2026-10-11 22:14:15,123 - a - INFO - y\n"
                        "2026-10-11 22:14:15,123 - a - INFO - z\nstray\n2026-10-11 22:14:15,123 - a - INFO - z\n"),
                 std::string("python-dashes"));
        QCOMPARE(nameOf("a=1 is an assignment\nthis is text\nmore text\n"), std::string("plain"));
    }

    void survivesAnything()
    {
        std::string noise;
        for (unsigned i = 0; i < 100'000; ++i)
            noise += char((i * 2654435761u) >> 24);
        QVERIFY(TextFormatRecognizer::recognize(noise, false).format != nullptr);
        QVERIFY(TextFormatRecognizer::recognize(std::string(100'000, '{'), false).format != nullptr);
    }
};

QTEST_GUILESS_MAIN(TextFormatRecognizerTest)
#include "TextFormatRecognizerTest.moc"
