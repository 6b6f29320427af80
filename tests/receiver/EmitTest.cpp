#include "support/Python.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace {

struct Emission
{
    int exitCode = -1;
    QByteArray errors;
    QList<QJsonArray> records; ///< dictionary, formatted text
};

QString sluicectl() { return QStringLiteral(SLUICE_BIN_DIR "/sluicectl"); }

/// Runs `sluicectl emit` towards a Python program that receives.
Emission emission(const QStringList &options)
{
    Emission result;
    QProcess python;
    python.start(QString::fromLatin1(pythonProgram),
                 {QStringLiteral(SLUICE_SOURCE_DIR "/tests/receiver/receive_records.py")});
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
        QVERIFY(emit.readAllStandardError().contains("127.0.0.1:1 does not answer"));
    }
};

QTEST_GUILESS_MAIN(EmitTest)
#include "EmitTest.moc"
