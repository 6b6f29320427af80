#include "handler/Peers.h"
#include "support/Patience.h"
#include "support/TestPaths.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>

namespace {

struct Emission
{
    int exitCode = -1;
    QByteArray errors;
    QList<QJsonArray> records; ///< dictionary, formatted text
};

QString sluicectl() { return sluice::test::inBin("sluicectl"); }

/// Runs `sluicectl emit` towards a Python program that receives.
Emission emission(const QStringList &options)
{
    Emission result;
    QProcess python;
    python.start(QString::fromLatin1(pythonProgram),
                 {sluice::test::inSource("tests/receiver/receive_records.py")});
    if (!python.waitForReadyRead(30000))
        return result;
    const QByteArray port = python.readLine().trimmed();
    QProcess emit;
    emit.start(sluicectl(),
               QStringList{QStringLiteral("emit"), QStringLiteral("--port"), QString::fromLatin1(port)} +
                   options);
    if (!emit.waitForFinished(60000) || !python.waitForFinished(60000) || python.exitCode() != 0)
        return result;
    result.exitCode = emit.exitCode();
    result.errors = emit.readAllStandardError();
    for (const QByteArray &line : python.readAllStandardOutput().trimmed().split('\n'))
        result.records += QJsonDocument::fromJson(line).array();
    return result;
}

QStringList texts(const Emission &emission)
{
    QStringList out;
    for (const QJsonArray &record : emission.records)
        out += record[1].toString();
    return out;
}

} // namespace

class EmitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pythonReceivesWhatIsEmitted()
    {
        const Emission sent =
            emission({QStringLiteral("--count"), QStringLiteral("3000"), QStringLiteral("--extras"),
                      QStringLiteral("4"), QStringLiteral("--exceptions"), QStringLiteral("0.5"),
                      QStringLiteral("--logger"), QStringLiteral("one,two.three"), QStringLiteral("--size"),
                      QStringLiteral("100")});
        QCOMPARE(sent.exitCode, 0);
        QCOMPARE(sent.records.size(), 3000);
        QVERIFY2(sent.errors.startsWith("3000 records in "), sent.errors.constData());
        int errors = 0;
        int tracebacks = 0;
        int two = 0;
        for (const QJsonArray &record : sent.records) {
            const QJsonObject fields = record[0].toObject();
            QVERIFY(fields.contains(QStringLiteral("field3")));
            const qsizetype bytes = fields[QStringLiteral("msg")].toString().toUtf8().size();
            QVERIFY2(bytes >= 100 && bytes < 120, QByteArray::number(bytes).constData());
            errors += fields[QStringLiteral("levelno")].toInt() >= 40;
            tracebacks += !fields[QStringLiteral("exc_text")].isNull();
            two += fields[QStringLiteral("name")] == QStringLiteral("two.three");
        }
        // Shares are 5 % and half of that; the seed is fixed.
        QVERIFY2(errors > 100 && errors < 200, QByteArray::number(errors).constData());
        QVERIFY2(tracebacks > errors / 3 && tracebacks < errors * 2 / 3,
                 QByteArray::number(tracebacks).constData());
        QVERIFY(two > 1300 && two < 1700);
    }

    void sameSeedSendsTheSame()
    {
        const QStringList options{QStringLiteral("--count"), QStringLiteral("200"), QStringLiteral("--seed"),
                                  QStringLiteral("7")};
        const QStringList first = texts(emission(options));
        QCOMPARE(first.size(), 200);
        QCOMPARE(texts(emission(options)), first);
        QVERIFY(texts(emission({QStringLiteral("--count"), QStringLiteral("200"), QStringLiteral("--seed"),
                                QStringLiteral("8")})) != first);
    }

    void keepsTheRate()
    {
        QElapsedTimer timer;
        timer.start();
        const Emission sent =
            emission({QStringLiteral("--seconds"), QStringLiteral("2"), QStringLiteral("--rate"),
                      QStringLiteral("500"), QStringLiteral("--level"), QStringLiteral("WARNING")});
        QVERIFY(timer.elapsed() >= 2000);
        QCOMPARE(sent.exitCode, 0);
        QCOMPARE(sent.records.size(), 1000);
        // Smoothly: the record in the middle was made in the middle.
        const auto created = [&](qsizetype i) {
            return sent.records[i][0].toObject()[QStringLiteral("created")].toDouble();
        };
        const double middle = created(500) - created(0);
        QVERIFY2(middle > 0.7 && middle < 1.3, QByteArray::number(middle).constData());
        QVERIFY(sent.records[0][1].toString().startsWith(QStringLiteral("WARNING:")));
    }

    void refusesWhatItDoesNotUnderstand_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("port") << QStringList{QStringLiteral("--port"), QStringLiteral("70000")};
        QTest::newRow("count") << QStringList{QStringLiteral("--count"), QStringLiteral("-1")};
        QTest::newRow("level") << QStringList{QStringLiteral("--level"), QStringLiteral("LOUD")};
        QTest::newRow("shares") << QStringList{QStringLiteral("--level"), QStringLiteral("0,0,0,0,0")};
        QTest::newRow("rate") << QStringList{QStringLiteral("--rate"), QStringLiteral("nan")};
        QTest::newRow("wire") << QStringList{QStringLiteral("--wire"), QStringLiteral("smoke")};
        QTest::newRow("two places") << QStringList{QStringLiteral("--unix"), QStringLiteral("x"), QStringLiteral("--port"), QStringLiteral("1")};
        QTest::newRow("unknown") << QStringList{QStringLiteral("--no-such-option")};
    }

    void refusesWhatItDoesNotUnderstand()
    {
        QFETCH(QStringList, options);
        QProcess emit;
        emit.start(sluicectl(), QStringList{QStringLiteral("emit")} + options);
        QVERIFY(emit.waitForFinished());
        QCOMPARE(emit.exitCode(), 2);
        QVERIFY(emit.readAllStandardError().startsWith("sluicectl emit: "));
    }

    void saysThatNobodyListens()
    {
        QProcess emit;
        emit.start(sluicectl(), {QStringLiteral("emit"), QStringLiteral("--port"), QStringLiteral("1")});
        QVERIFY(emit.waitForFinished());
        QCOMPARE(emit.exitCode(), 3);
        QVERIFY(emit.readAllStandardError().contains("No connection to 127.0.0.1:1: Connection refused."));
    }

    void sendsOverEachWire_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("frame");
        const auto row = [](const char *name, const char *kind, const char *options, const char *frame) {
            QTest::newRow(name) << QByteArray(kind) << QString::fromLatin1(options).split(QLatin1Char(' ')) << QString::fromLatin1(frame);
        };
        row("pickle", "tcp", "--wire pickle", "^.{4}[}]q");
        row("pickle, Unix socket", "unix-stream", "--wire pickle", "#1 ");
        row("JSON", "tcp", "--wire json", "^\\{\"name\": .*\"msg\": \"#1 ");
        row("datagram", "udp", "--wire datagram", "#1 ");
        row("datagram, Unix socket", "unix-datagram", "--wire datagram", "#1 ");
        row("syslog", "udp", "--wire syslog", "^<\\d+>#1 ");
        row("syslog, Unix socket", "unix-datagram", "--wire syslog", "^<\\d+>#1 ");
        row("syslog, TCP", "tcp", "--wire syslog-tcp", "^<\\d+>#1 ");
        row("syslog, RFC 5424", "tcp", "--wire syslog-tcp --syslog rfc5424", "^\\d+ <\\d+>1 20[^ ]+Z [^ ]+ app \\d+ [^ ]+ - #1 ");
        row("syslog, RFC 3164", "udp", "--wire syslog --syslog rfc3164", "^<\\d+>[A-Z][a-z][a-z] [ 0-9]\\d [^ ]+ [^ ]+ app\\[\\d+\\]: #1 ");
    }

    void sendsOverEachWire()
    {
        QFETCH(QByteArray, kind);
        QFETCH(QStringList, options);
        QFETCH(QString, frame);
        const bool isUnix = kind.startsWith("unix");
        QTemporaryDir dir;
        sluice::test::BytesPeer peer(kind.constData(), isUnix ? dir.filePath(QStringLiteral("log")) : QString());
        QStringList arguments = QStringList{QStringLiteral("emit"), QStringLiteral("--count"), QStringLiteral("3")} + options;
        arguments += isUnix ? QStringList{QStringLiteral("--unix"), QString::fromStdString(peer.path())}
                            : QStringList{QStringLiteral("--port"), QString::number(peer.port())};
        QProcess emit;
        emit.start(sluicectl(), arguments);
        QVERIFY(emit.waitForFinished());
        QCOMPARE(emit.exitCode(), 0);
        const QList<QByteArray> received = peer.all();
        const bool isStream = kind == "tcp" || kind == "unix-stream";
        QCOMPARE(received.size(), isStream ? 1 : 3);
        const QString first = QString::fromLatin1(received[0]);
        QVERIFY2(QRegularExpression(frame).match(first).hasMatch(), qPrintable(first));
        QVERIFY(received.join().contains("#3 "));
    }
};

QTEST_GUILESS_MAIN(EmitTest)
#include "EmitTest.moc"
