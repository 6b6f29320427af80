#include "ShowStrings.h"
#include "support/Patience.h"
#include "support/Python.h"
#include "wire/Canonical.h"

#include "record/LogRecordBatch.h"
#include "wire/JsonReader.h"
#include "wire/PickleReader.h"
#include "wire/PickleWriter.h"
#include "wire/RecordBuilder.h"

using namespace sluice;

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

QByteArray hex(std::string_view bytes)
{
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())).toHex();
}

} // namespace

class PickleWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesOrdinaryRecordsToTheByte()
    {
        const PythonResult python = runPython("tests/wire/canonical_records.py");
        QVERIFY2(python.ok, python.errors.constData());
        const QList<QByteArray> lines = python.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 48);
        JsonReader reader;
        RecordBuilder builder;
        PickleWriter writer;
        for (const QByteArray &line : lines) {
            const qsizetype space = line.indexOf(' ');
            QByteArray json = line.mid(space + 1);
            // JSON has no tuples.
            const bool hasTuple = json.contains("\"tuple\": [1, 2]");
            LogRecordBatch batch;
            const Result<Value> dict = reader.read(view(json), batch.arena());
            QVERIFY(dict.ok());
            LogRecord &record = batch.add();
            QVERIFY(builder.build(*dict, record, batch.arena(), 0).ok());
            if (hasTuple) {
                const auto extra = batch.arena().allocateArray<Field>(record.extra.size());
                std::ranges::copy(record.extra, extra.begin());
                for (Field &field : extra) {
                    if (field.key.chars() == "tuple")
                        field.value = Value::sequence(Value::Kind::Tuple, field.value.items());
                }
                record.extra = extra;
            }
            std::string frame;
            const Status status = writer.makePickle(record, frame);
            QVERIFY(status.ok());
            if (hex(frame) != line.first(space))
                QFAIL("record   " + json + "\nexpected " +
                      QByteArray::fromHex(line.first(space)).toPercentEncoding(" (){}<>/.,:;=%|") +
                      "\nwritten  " + QByteArray::fromStdString(frame).toPercentEncoding(" (){}<>/.,:;=%|"));
        }
    }

    void pythonReadsWhatWeWrite()
    {
        const PythonResult cases =
            runPython("tests/wire/pickle_cases.py", {QStringLiteral("7"), QStringLiteral("1500")});
        QVERIFY2(cases.ok, cases.errors.constData());
        PickleReader reader;
        PickleWriter writer;
        Arena arena;
        QByteArray input;
        QByteArrayList expected;
        for (const QByteArray &line : cases.output.trimmed().split('\n')) {
            const QList<QByteArray> parts = line.split(' ');
            const QByteArray pickle = QByteArray::fromHex(parts[1]);
            arena.reset();
            const Result<Value> value = reader.read(view(pickle), arena);
            QVERIFY(value.ok());
            std::string written;
            writer.dump(*value, written);
            input += hex(written) + '\n';
            expected += parts[2];
        }
        const PythonResult python = runPython("tests/wire/unpickle.py", {}, input);
        QVERIFY2(python.ok, python.errors.constData());
        const QList<QByteArray> read = python.output.trimmed().split('\n');
        QCOMPARE(read.size(), expected.size());
        for (qsizetype i = 0; i < read.size(); ++i)
            QCOMPARE(read[i], expected[i]);
    }

    void takesBackWhatCannotBeWritten()
    {
        LogRecordBatch batch;
        LogRecord &record = batch.add();
        record.set(Attribute::Msg, Value::text("%d"));
        const std::array<Value, 1> args{Value::text("no number")};
        record.set(Attribute::Args, Value::sequence(Value::Kind::Tuple, args));
        std::string out = "before";
        PickleWriter writer;
        const Status status = writer.makePickle(record, out);
        QVERIFY(!status.ok());
        QCOMPARE(out, std::string("before"));
    }

    void leavesOutTheMessageAFormatterLeft()
    {
        LogRecordBatch batch;
        LogRecord &record = batch.add();
        record.set(Attribute::Msg, Value::text("new"));
        const std::array<Field, 2> extra{Field{Value::text("message"), Value::text("old")},
                                         Field{Value::text("asctime"), Value::text("kept")}};
        record.extra = extra;
        std::string out;
        QVERIFY(PickleWriter().makePickle(record, out).ok());
        QVERIFY(out.find("old") == std::string::npos);
        QVERIFY(out.find("kept") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(PickleWriterTest)
#include "PickleWriterTest.moc"
