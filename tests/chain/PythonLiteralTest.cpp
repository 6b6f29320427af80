#include "ShowStrings.h"
#include "chain/PythonLiteral.h"
#include "support/Python.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace sluice;

class PythonLiteralTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void literalsAreReadAsPythonReadsThem()
    {
        const PythonResult python = runPython("tests/chain/literal_cases.py", {QStringLiteral("1"), QStringLiteral("3000")});
        QVERIFY2(python.ok, python.errors.constData());
        int read = 0;
        for (const QByteArray &line : python.output.split('\n')) {
            if (line.isEmpty())
                continue;
            const QByteArray source = QByteArray::fromHex(line.split('\t')[0]);
            const QByteArray expected = QByteArray::fromHex(line.split('\t')[1]);
            const Result<QJsonValue> value = readPythonLiteral(QString::fromUtf8(source));
            QVERIFY2(value.ok() == !expected.isEmpty(), source + (value.ok() ? "" : value.error().text.c_str()));
            if (!value.ok())
                continue;
            ++read;
            const QByteArray found = QJsonDocument(QJsonArray{*value}).toJson(QJsonDocument::Compact);
            QVERIFY2(QJsonDocument::fromJson(expected).array() == QJsonArray{*value}, source + " became " + found + ", not " + expected);
        }
        QVERIFY(read > 2000);
    }

    void namesOfStreamsSocketsAndTimesStandForThem_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("sys.stdout") << QByteArray("[\"ext://sys.stdout\"]");
        QTest::newRow("sys.stderr") << QByteArray("[\"ext://sys.stderr\"]");
        QTest::newRow("socket.SOCK_DGRAM") << QByteArray("[\"ext://socket.SOCK_DGRAM\"]");
        QTest::newRow("handlers.socket.SOCK_STREAM") << QByteArray("[\"ext://socket.SOCK_STREAM\"]");
        QTest::newRow("('localhost', handlers.SYSLOG_UDP_PORT)") << QByteArray("[[\"localhost\",514]]");
        QTest::newRow("logging.handlers.SysLogHandler.LOG_USER") << QByteArray("[1]");
        QTest::newRow("logging.WARNING") << QByteArray("[30]");
        QTest::newRow("datetime.time(3, 5)") << QByteArray("[\"03:05:00\"]");
        QTest::newRow("sys.stdout,") << QByteArray("[[\"ext://sys.stdout\"]]");
    }

    void namesOfStreamsSocketsAndTimesStandForThem()
    {
        QFETCH(QByteArray, json);
        const Result<QJsonValue> value = readPythonLiteral(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY2(value.ok(), value.ok() ? "" : value.error().text.c_str());
        QCOMPARE(QJsonDocument(QJsonArray{*value}).toJson(QJsonDocument::Compact), json);
    }

    void whatIsNoLiteralIsRefusedAndNeverRun_data()
    {
        QTest::addColumn<int>("nothing");
        for (const char *text : {"", "()x", "os.environ['HOME']", "open('x')", "__import__('os').system('true')", "[x for x in ()]", "lambda: 1", "b'x'",
                                 "f'{1}'", "'\\N{BULLET}'", "{1: 2}", "{1, 2}", "1j", "1 if True else 2", "'a' % 1", "2 ** 10", "(1", "'x", "'''x''", "{'a' 1}",
                                 "1 +", "-'x'", "0x", "1__0", "1_", "012", "'\\ud'", "'\\U99999999'", "nope", "sys", "datetime.time(25)", "datetime.datetime(1,1,1)",
                                 "'ext://os.system'", "'cfg://handlers'", "1e999", "True + 1"})
            QTest::newRow(text) << 0;
    }

    void whatIsNoLiteralIsRefusedAndNeverRun()
    {
        const Result<QJsonValue> value = readPythonLiteral(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(!value.ok());
        QVERIFY2(value.error().text.ends_with(")."), value.error().text.c_str());
    }

    void depthAndLengthAreBounded()
    {
        QVERIFY(!readPythonLiteral(QString(60000, u'(')).ok());
        QVERIFY(!readPythonLiteral(u'"' + QString(70000, u'x') + u'"').ok());
        QVERIFY(readPythonLiteral(QString(20, u'[') + QString(20, u']')).ok());
    }
};

QTEST_GUILESS_MAIN(PythonLiteralTest)
#include "PythonLiteralTest.moc"
