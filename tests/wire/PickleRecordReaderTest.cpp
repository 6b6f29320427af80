#include "ShowStrings.h"
#include "support/Patience.h"
#include "support/Python.h"
#include "wire/Canonical.h"

#include "record/LogRecordBatch.h"
#include "wire/PickleRecordReader.h"

using namespace sluice;

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

/// The dictionary that a record was made of: its attributes, as far as they were given, and its extra fields.
std::string dictionary(const LogRecord &record)
{
    std::string out = "d{";
    for (std::size_t i = 0; i + 1 < attributeCount; ++i) {
        const auto attribute = static_cast<Attribute>(i);
        out += canonical(Value::text(attributeName(attribute))) + ":" + canonical(record[attribute]) + ",";
    }
    for (const Field &field : record.extra)
        out += canonical(field.key) + ":" + canonical(field.value) + ",";
    return out + "}";
}

} // namespace

class PickleRecordReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRecordsOfPythonInAllProtocols()
    {
        const PythonResult python =
            runPython("tests/wire/record_cases.py", {QStringLiteral("3"), QStringLiteral("1800")});
        QVERIFY2(python.ok, python.errors.constData());
        PickleRecordReader reader;
        LogRecordBatch batch;
        std::array<int, 6> shortWays{};
        int count = 0;
        for (const QByteArray &line : python.output.trimmed().split('\n')) {
            const QList<QByteArray> parts = line.split(' ');
            const QByteArray pickle = QByteArray::fromHex(parts[1]);
            batch.clear();
            const Status status = reader.read(view(pickle), batch, 0);
            QVERIFY2(status.ok(), line.constData());
            QCOMPARE(batch.size(), 1u);
            QCOMPARE(dictionary(batch.records()[0]), view(parts[2]));
            QCOMPARE(batch.records()[0].levelno, int(batch.records()[0][Attribute::Levelno].asInt()));
            shortWays[static_cast<std::size_t>(parts[0].toInt())] += reader.tookShortWay();
            ++count;
        }
        QCOMPARE(count, 1800);
        // Most records are flat, and those must not cost more than they need to.
        for (const std::size_t protocol : {1u, 3u, 4u, 5u})
            QVERIFY2(shortWays[protocol] > 170, QByteArray::number(shortWays[protocol]).constData());
    }

    void refusesRecordsCutOffAnywhere()
    {
        const PythonResult python =
            runPython("tests/wire/record_cases.py", {QStringLiteral("4"), QStringLiteral("36")});
        QVERIFY2(python.ok, python.errors.constData());
        PickleRecordReader reader;
        for (const QByteArray &line : python.output.trimmed().split('\n')) {
            const QByteArray pickle = QByteArray::fromHex(line.split(' ')[1]);
            for (qsizetype size = 0; size < pickle.size(); ++size) {
                const std::vector<char> cut(pickle.begin(), pickle.begin() + size);
                LogRecordBatch batch;
                QVERIFY(!reader.read({cut.data(), cut.size()}, batch, 0).ok());
                QVERIFY(batch.empty());
            }
        }
    }

    void refusesWhatIsNoDictionary()
    {
        PickleRecordReader reader;
        LogRecordBatch batch;
        const Status status = reader.read("]I1\na.", batch, 0);
        QVERIFY(!status.ok());
        QCOMPARE(status.error().text, std::string("It is a list, not a LogRecord's dictionary."));
        QVERIFY(batch.empty());
    }

    void completesWhatASenderLeavesOut()
    {
        PickleRecordReader reader;
        LogRecordBatch batch;
        QVERIFY(
            reader.read("(dS'levelname'\nS'ERROR'\nsS'message'\nS'hi'\ns.", batch, 1'500'250'000'000).ok());
        const LogRecord &record = batch.records()[0];
        QCOMPARE(record.levelno, 40);
        QCOMPARE(record.name(), std::string_view("root"));
        QCOMPARE(record.text(Attribute::Msg), std::string_view("hi"));
        QCOMPARE(record[Attribute::Created].asReal(), 1500.25);
        QCOMPARE(record[Attribute::Msecs].asReal(), 250.0);
        QVERIFY(record[Attribute::Thread].isNone());
    }

    void keepsTheMessageAsAFieldWhereThereIsAMsg()
    {
        PickleRecordReader reader;
        LogRecordBatch batch;
        QVERIFY(reader.read("(dS'msg'\nS'yes'\nsS'message'\nS'no'\nsS'levelno'\nI35\ns.", batch, 0).ok());
        const LogRecord &record = batch.records()[0];
        QCOMPARE(record.text(Attribute::Msg), std::string_view("yes"));
        QCOMPARE(record.find("message")->chars(), std::string_view("no"));
        QCOMPARE(record.levelname(), std::string_view("Level 35"));
    }

    void keepsWhatIsGivenAsItIs()
    {
        PickleRecordReader reader;
        LogRecordBatch batch;
        QVERIFY(
            reader.read("(dS'name'\nNsS'levelno'\nS'30'\nsS'levelname'\nNsS'created'\nNsI7\nI8\ns.", batch, 5)
                .ok());
        const LogRecord &record = batch.records()[0];
        QVERIFY(record[Attribute::Name].isNone());
        QCOMPARE(record[Attribute::Levelno].chars(), std::string_view("30"));
        QCOMPARE(record.levelno, 30);
        QVERIFY(record[Attribute::Levelname].isNone());
        QCOMPARE(record.created, Nanoseconds{5});
        QCOMPARE(record.find("7")->asInt(), 8);
    }
};

QTEST_GUILESS_MAIN(PickleRecordReaderTest)
#include "PickleRecordReaderTest.moc"
