#include "base/TimeSpan.h"
#include "support/Patience.h"
#include "wire/RecordBuilder.h"

using namespace sluice;

class TimeSpanTest : public QObject
{
    Q_OBJECT

    static constexpr Nanoseconds first = std::numeric_limits<Nanoseconds>::min();
    static constexpr Nanoseconds last = std::numeric_limits<Nanoseconds>::max();

private Q_SLOTS:
    void goesBothWays()
    {
        QCOMPARE(timeSpan(5, 12), Nanoseconds(7));
        QCOMPARE(timeSpan(12, 5), Nanoseconds(-7));
        QCOMPARE(timeSpan(-5, 12), Nanoseconds(17));
        QCOMPARE(timeSpan(first, first), Nanoseconds(0));
        QCOMPARE(timeSpan(last, last), Nanoseconds(0));
        QCOMPARE(timeSpan(0, last), last);
        QCOMPARE(timeSpan(0, first), first);
    }

    void endsWhereNanosecondsDo()
    {
        QCOMPARE(timeSpan(first, last), last);
        QCOMPARE(timeSpan(last, first), first);
        QCOMPARE(timeSpan(-1, last), last);
        QCOMPARE(timeSpan(1, first), first);
        QCOMPARE(timeSpan(first, 1), last);
    }

    /// Found by fuzzing: a line of 1691.
    void aRecordOfAnotherCenturyIsCompleted()
    {
        Arena arena;
        LogRecord record;
        record.set(Attribute::Created, Value::real(-8.8e9));
        RecordBuilder::complete(record, attributeBit(Attribute::Created), arena, wallClock());
        QVERIFY(record[Attribute::RelativeCreated].asReal() < -8.8e12);
        QCOMPARE(record.created, toNanoseconds(-8.8e9));
    }
};

QTEST_GUILESS_MAIN(TimeSpanTest)
#include "TimeSpanTest.moc"
