#include "console/RecordWriter.h"
#include "capture/SampleRecords.h"
#include "console/RecordCells.h"
#include "support/Patience.h"
#include "support/Python.h"

#include <QDateTime>
#include <QFile>
#include <QTemporaryDir>

#include <array>

using namespace sluice;
using namespace sluice::test;

namespace {

std::string written(const RecordTextOptions &options, const LogRecordBatch &batch)
{
    auto writer = RecordWriter::create(options);
    if (!writer)
        return writer.error().text;
    std::string out;
    (*writer)->begin(out);
    for (const LogRecord &record : batch.records())
        (*writer)->write(record, out);
    (*writer)->end(out);
    return out;
}

} // namespace

class RecordWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsTheFormattersWithTheTraceback()
    {
        LogRecordBatch batch;
        addRecord(batch, "app", level::Error, "down").set(Attribute::ExcText, Value::text("Traceback\nValueError"));
        addRecord(batch, "app", level::Info, "up");
        RecordTextOptions options;
        options.format = "%(levelname)s:%(name)s:%(message)s";
        QCOMPARE(written(options, batch), std::string("ERROR:app:down\nTraceback\nValueError\nINFO:app:up\n"));
        options.format = "%(levelname";
        QVERIFY(!RecordWriter::create(options));
    }

    void jsonOfOneIsAnObjectAndOfSeveralAnArray()
    {
        LogRecordBatch batch;
        addRecord(batch, "app", level::Info, "one");
        const RecordTextOptions options{RecordTextOptions::Kind::Json, {}, {}};
        const std::string one = written(options, batch);
        QVERIFY(one.starts_with("{\"name\""));
        QVERIFY(one.ends_with("}\n"));
        addRecord(batch, "app", level::Info, "two");
        const std::string two = written(options, batch);
        QVERIFY(two.starts_with("[\n{"));
        QVERIFY(two.ends_with("}\n]\n"));
        QCOMPARE(written(options, LogRecordBatch()), std::string());
    }

    void csvIsReadByPythonAndNoCellIsAFormula()
    {
        LogRecordBatch batch;
        const std::array<Field, 1> inner{Field{Value::text("id"), Value::integer(-42)}};
        const std::array<Field, 1> extra{Field{Value::text("user"), Value::dict(inner)}};
        addRecord(batch, "app", level::Info, "=HYPERLINK(\"http://x\",\"a, b\")\nsecond").extra = extra;
        addRecord(batch, "+app", level::Info, "@SUM(1)").set(Attribute::ExcText, Value::text("-1\t2"));
        const RecordTextOptions options{RecordTextOptions::Kind::Csv, {}, {"name", "user.id", "message"}};
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("a.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(written(options, batch)));
        file.close();
        const PythonResult run = runPythonWith(
            {QStringLiteral("-c"),
             QStringLiteral("import csv, sys; print(list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8'))))"),
             file.fileName()});
        QCOMPARE(QString::fromUtf8(run.output).trimmed(),
                 QStringLiteral("[['name', 'user.id', 'message', 'exc_text'], "
                                "['app', \"'-42\", '\\'=HYPERLINK(\"http://x\",\"a, b\")\\nsecond', ''], "
                                "[\"'+app\", '', \"'@SUM(1)\", \"'-1\\t2\"]]"));
    }

    void timesAreIsoWithTheMachinesOffset()
    {
        LogRecordBatch batch;
        addRecord(batch, "app", level::Info, "m", 1'700'000'000.25);
        addRecord(batch, "app", level::Info, "m", -0.5);
        const RecordTextOptions options{RecordTextOptions::Kind::Csv, {}, {"created"}};
        const QStringList lines = QString::fromStdString(written(options, batch)).split(QStringLiteral("\r\n"));
        for (int i = 0; i < 2; ++i) {
            const QDateTime time = QDateTime::fromString(lines[i + 1].section(QLatin1Char(','), 0, 0), Qt::ISODateWithMs);
            QCOMPARE(time.toMSecsSinceEpoch(), i == 0 ? 1'700'000'000'250 : -500);
        }
    }

    void markdownIsATableWhateverIsInIt()
    {
        LogRecordBatch batch;
        addRecord(batch, "app_db", level::Info, "a | b <b>\nc")
            .set(Attribute::ExcText, Value::text("ValueError\n"));
        const RecordTextOptions options{RecordTextOptions::Kind::Markdown, {}, {"name", "message"}};
        QCOMPARE(written(options, batch), std::string("| name | message |\n| --- | --- |\n"
                                                      "| app\\_db | a \\| b &lt;b><br>c<br>ValueError |\n"));
    }

    void fieldsAreFoundByTheirPath()
    {
        LogRecordBatch batch;
        const std::array<Value, 2> items{Value::text("x"), Value::real(1)};
        const std::array<Field, 2> inner{Field{Value::text("a.b"), Value::sequence(Value::Kind::List, items)},
                                         Field{Value::text("id"), Value::integer(7)}};
        const std::array<Field, 2> extra{Field{Value::text("user"), Value::dict(inner)},
                                         Field{Value::text("user.id"), Value::text("flat")}};
        LogRecord &record = addRecord(batch, "app", level::Info, "m");
        record.extra = extra;
        const auto words = [&](const char *path) {
            const auto value = valueAt(record, path);
            return value ? cellWords(*value) : QStringLiteral("(none)");
        };
        QCOMPARE(words("lineno"), QStringLiteral("217"));
        QCOMPARE(words("user.id"), QStringLiteral("flat"));
        QCOMPARE(words("user.a.b.1"), QStringLiteral("1.0"));
        QCOMPARE(words("user.a.b"), QStringLiteral("[\"x\", 1.0]"));
        QCOMPARE(words("user.a.b.2"), QStringLiteral("(none)"));
        QCOMPARE(words("user.none"), QStringLiteral("(none)"));
        QCOMPARE(words(""), QStringLiteral("(none)"));
        QCOMPARE(words(std::string(5000, '.').c_str()), QStringLiteral("(none)"));
    }
};

QTEST_MAIN(RecordWriterTest)
#include "RecordWriterTest.moc"
