#include "base/Arena.h"
#include "record/LogRecordBatch.h"
#include "support/Patience.h"

#include <array>

using namespace sluice;

class ValueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copyOwnsItsTextAndMembers()
    {
        Arena arena;
        std::string text = "text";
        Value copy;
        {
            std::array<Value, 2> items{Value::text(text), Value::integer(7)};
            std::array<Field, 1> entries{Field{Value::text("key"), Value::sequence(Value::Kind::List, items)}};
            copy = Value::dict(entries).copyTo(arena);
        }
        text = "gone";
        QCOMPARE(copy.entries().size(), 1u);
        QCOMPARE(copy.entries()[0].value.items()[0].chars(), std::string_view("text"));
        QCOMPARE(copy.entries()[0].value.items()[1].asInt(), 7);
    }

    void createdSurvivesTheWayToNanosecondsAndBack_data()
    {
        QTest::addColumn<double>("created");
        for (const double created : {0.0, 1.5, 1700000000.123456, 1700000000.9999998, 1732150000.0000002, -1.25})
            QTest::newRow(QByteArray::number(created, 'g', 17).constData()) << created;
    }

    void createdSurvivesTheWayToNanosecondsAndBack()
    {
        QFETCH(double, created);
        LogRecordBatch batch;
        LogRecord &record = batch.add();
        record.set(Attribute::Created, Value::real(created));
        QCOMPARE(record[Attribute::Created].asReal(), created);
    }

    void recordIsFoundByPythonsNamesAndByExtras()
    {
        LogRecordBatch batch;
        const std::array<Field, 1> extra{Field{Value::text("user"), Value::text("ada")}};
        LogRecord &record = batch.add();
        record.set(Attribute::FuncName, Value::text("main"));
        record.extra = extra;
        const LogRecord &copy = batch.addCopy(record);
        QCOMPARE(copy.find("funcName")->chars(), std::string_view("main"));
        QCOMPARE(copy.find("user")->chars(), std::string_view("ada"));
        QVERIFY(!copy.find("nobody"));
    }
};

QTEST_GUILESS_MAIN(ValueTest)
#include "ValueTest.moc"
