#include "format/Formatter.h"

#include "base/CalendarTime.h"
#include "format/PythonCases.h"
#include "support/SystemWords.h"

using namespace sluice;

namespace {

LogRecord &addRecord(LogRecordBatch &batch, const QJsonValue &tagged)
{
    LogRecord &record = batch.add();
    const Value attributes = test::valueOf(tagged, batch.arena());
    std::vector<Field> extra;
    for (const Field &field : attributes.entries()) {
        if (const auto attribute = attributeFromName(field.key.chars()))
            record.set(*attribute, field.value);
        else
            extra.push_back(field);
    }
    const auto kept = batch.arena().allocateArray<Field>(extra.size());
    std::ranges::copy(extra, kept.begin());
    record.extra = kept;
    return record;
}

std::shared_ptr<const Formatter> formatterOf(const char *format,
                                             std::optional<std::string> datefmt = std::nullopt)
{
    Formatter::Options options;
    options.format = format;
    options.datefmt = std::move(datefmt);
    options.utc = true;
    return *Formatter::create(options);
}

std::string written(const Formatter &formatter, const LogRecord &record)
{
    std::string out;
    const Status status = formatter.format(record, out);
    return status ? out : status.error().text;
}

} // namespace

class FormatterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formatsAsPythonDoes_data()
    {
        QTest::addColumn<QByteArray>("zone");
        for (const char *zone : {"UTC", "Europe/London", "America/St_Johns", "Asia/Kathmandu",
                                 "Australia/Lord_Howe", ":nonsense"})
            QTest::newRow(zone) << QByteArray(zone);
    }

    void formatsAsPythonDoes()
    {
        QFETCH(QByteArray, zone);
        if (isWindows && zone != "UTC")
            QSKIP("Windows knows no such names of zones");
        qputenv("TZ", zone);
        const auto cases =
            test::pythonCases(QStringLiteral("format/formatter_cases.py"), {QString::fromLatin1(zone)});
        QVERIFY(cases.size() == 1200);
        for (const QJsonArray &one : cases) {
            Formatter::Options options;
            options.style = one[0].toString() == QLatin1String("%")   ? Formatter::Style::Percent
                            : one[0].toString() == QLatin1String("{") ? Formatter::Style::Brace
                                                                      : Formatter::Style::Dollar;
            options.format = test::bytesOf(one[1]);
            if (one[2].isString())
                options.datefmt = test::bytesOf(one[2]);
            options.validate = one[3].toBool();
            for (const QJsonValue pair : one[4].toArray())
                options.defaults.emplace_back(pair.toArray()[0].toString().toStdString(),
                                              test::bytesOf(pair.toArray()[1]));
            if (isWindows && options.datefmt && options.datefmt->find('Z') != std::string::npos)
                continue; // its names of zones are long ones
            const auto formatter = Formatter::create(options);
            const std::string refused = formatter ? std::string() : formatter.error().text;
            if (refused != test::bytesOf(one[5]))
                qWarning("format %s", options.format->c_str());
            QCOMPARE(refused, test::bytesOf(one[5]));
            for (const QJsonValue row : one[6].toArray()) {
                LogRecordBatch batch;
                const LogRecord &record = addRecord(batch, row.toArray()[0]);
                const test::Answer expected = test::answerOf(row.toArray()[1]);
                std::string out = "kept";
                const Status status = (*formatter)->format(record, out);
                const std::string got = status ? out.substr(4) : status.error().text;
                if (got != expected.text)
                    qWarning("format %s, record %s", options.format->c_str(),
                             QJsonDocument(row.toArray()).toJson(QJsonDocument::Compact).constData());
                QCOMPARE(got, expected.text);
                QCOMPARE(status.ok(), expected.ok);
                QVERIFY(status.ok() || out == "kept");
            }
        }
    }

    void cachedSecondIsNotTakenForAnother()
    {
        LogRecordBatch batch;
        const auto seconds = formatterOf("%(asctime)s", "%H:%M:%S");
        const auto standard = formatterOf("%(asctime)s");
        LogRecord &record = batch.add();
        record.set(Attribute::Msecs, Value::real(250));
        for (int round = 0; round < 3; ++round) {
            for (const double created : {59.25, 60.25, 59.25, -1.25}) {
                record.set(Attribute::Created, Value::real(created));
                const std::string clock = created < 0 ? "23:59:58" : created < 60 ? "00:00:59" : "00:01:00";
                QCOMPARE(written(*seconds, record), clock);
                QCOMPARE(written(*standard, record),
                         (created < 0 ? "1969-12-31 " : "1970-01-01 ") + clock + ",250");
            }
        }
    }

    void exceptionInformationWithoutTextIsShownAsItCame()
    {
        LogRecordBatch batch;
        LogRecord &record = batch.add();
        record.set(Attribute::Msg, Value::text("m"));
        record.set(Attribute::ExcInfo, Value::text("Traceback: x"));
        QCOMPARE(written(*Formatter::standard(), record), std::string("m\nTraceback: x"));
        const std::array<Value, 3> nothing{};
        record.set(Attribute::ExcInfo, Value::sequence(Value::Kind::Tuple, nothing));
        QCOMPARE(written(*Formatter::standard(), record), std::string("m\nNoneType: None"));
    }

    void oddTimesDoNotCrash()
    {
        LogRecordBatch batch;
        LogRecord &record = batch.add();
        const auto formatter = formatterOf("%(asctime)s %(created)f");
        for (const Value created : {Value::real(1e300), Value::text("now"), Value::none(),
                                    Value::real(-9.1e9), Value::real(9.1e9)}) {
            record.set(Attribute::Created, created);
            record.set(Attribute::Msecs, Value::real(1e300));
            QVERIFY(!written(*formatter, record).empty());
        }
    }

    void endlessDatesAreCutOff()
    {
        LogRecordBatch batch;
        LogRecord &record = batch.add();
        QCOMPARE(written(*formatterOf("%(asctime)s|", "%999999999Y"), record), std::string("|"));
    }
};

QTEST_GUILESS_MAIN(FormatterTest)
#include "FormatterTest.moc"
