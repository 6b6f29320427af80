#include "capture/Capture.h"
#include "capture/SampleRecords.h"
#include "support/Patience.h"

#include <array>
#include <thread>

using namespace sluice;
using namespace sluice::test;

namespace {

std::string number(std::uint64_t i) { return "record " + std::to_string(i); }

void appendNumbered(Capture &capture, std::uint64_t from, std::uint64_t count)
{
    LogRecordBatch batch;
    for (std::uint64_t i = from; i < from + count; ++i)
        addRecord(batch, "app.db", level::Info, number(i));
    capture.append(pointers(batch));
}

} // namespace

class CaptureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryAttributeAndExtraWithItsType()
    {
        const std::array<Value, 3> items{Value::integer(-1), Value::real(0.1), Value::real(-0.0)};
        const std::array<Field, 2> nested{
            Field{Value::integer(7), Value::boolean(true)},
            Field{Value::text("π"), Value::sequence(Value::Kind::FrozenSet, items)}};
        const std::array<Field, 4> extra{
            Field{Value::text("user"), Value::dict(nested)},
            Field{Value::text("raw"), Value::bytes(std::string_view("\0\xff", 2))},
            Field{Value::text("big"), Value::bigInteger("123456789012345678901")},
            Field{Value::text("what"), Value::inert("<datetime.date(2024, 1, 1)>")}};
        const std::array<Value, 2> args{Value::text("ada"), Value::integer(3)};
        LogRecordBatch batch;
        LogRecord &full = addRecord(batch, "app", level::Error, "%s has %d", 1'700'000'000.123456);
        full.set(Attribute::Args, Value::sequence(Value::Kind::Tuple, args));
        full.set(Attribute::ExcText, Value::text("Traceback (most recent call last):\nValueError"));
        full.set(Attribute::StackInfo, Value::text("Stack"));
        full.set(Attribute::TaskName, Value::text("Task-1"));
        full.extra = extra;
        batch.add(); // as makeLogRecord({}) leaves it
        LogRecord &odd = addRecord(batch, "", 35, "");
        odd.set(Attribute::Name, Value::none());
        odd.set(Attribute::Msg, Value::integer(42));
        odd.set(Attribute::ExcText, Value::text(""));
        odd.set(Attribute::Lineno, Value::text("not a number"));

        Capture capture;
        capture.append(pointers(batch));
        const CaptureSnapshot snapshot = capture.snapshot();
        QCOMPARE(snapshot.size(), 3u);
        for (std::uint64_t row = 0; row < 3; ++row) {
            LogRecordBatch out;
            const LogRecord &copy = snapshot.record(row, out);
            const LogRecord &original = batch.records()[row];
            for (std::size_t i = 0; i < attributeCount; ++i) {
                const auto attribute = static_cast<Attribute>(i);
                QVERIFY2(copy[attribute] == original[attribute], attributeName(attribute).data());
            }
            QCOMPARE(copy.created, original.created);
            QCOMPARE(copy.levelno, original.levelno);
            QVERIFY(Value::dict(copy.extra) == Value::dict(original.extra));
        }
    }

    void viewShowsMessageLoggerLevelAndException()
    {
        LogRecordBatch batch;
        addRecord(batch, "app.http", level::Warning, "slow Überweisung", 12.5)
            .set(Attribute::ExcText, Value::text("Traceback"));
        Capture capture;
        capture.append(pointers(batch));
        const CaptureSnapshot snapshot = capture.snapshot();
        const RowView view = snapshot.view(0);
        QCOMPARE(view.created, 12'500'000'000);
        QCOMPARE(view.levelno, 30);
        QCOMPARE(view.levelname, std::string_view("WARNING"));
        QCOMPARE(view.logger, std::string_view("app.http"));
        QCOMPARE(view.message, std::string_view("slow Überweisung"));
        QCOMPARE(view.exception, std::string_view("Traceback"));
    }

    void oldestBlocksGoWhenTheBudgetIsExceededAndNumbersStay()
    {
        Capture capture({.budget = 64 * 1024, .blockBytes = 8 * 1024});
        for (std::uint64_t i = 0; i < 100; ++i)
            appendNumbered(capture, i * 100, 100);
        const Capture::Figures figures = capture.figures();
        QCOMPARE(figures.endRow, 10'000u);
        QVERIFY(figures.bytes <= figures.budget);
        QVERIFY(figures.firstRow > 8'000);
        QCOMPARE(figures.evicted, figures.firstRow);
        const CaptureSnapshot snapshot = capture.snapshot();
        QCOMPARE(snapshot.firstRow(), figures.firstRow);
        for (std::uint64_t row = snapshot.firstRow(); row < snapshot.endRow(); ++row)
            QCOMPARE(snapshot.view(row).message, std::string_view(number(row)));
        QCOMPARE(std::uint64_t(capture.loggers().rows(0)), snapshot.size());
    }

    void snapshotOutlivesEvictionAndTheCaptureItself()
    {
        CaptureSnapshot snapshot;
        {
            Capture capture({.budget = 16 * 1024, .blockBytes = 8 * 1024});
            appendNumbered(capture, 0, 10);
            snapshot = capture.snapshot();
            appendNumbered(capture, 10, 5'000);
            QVERIFY(capture.snapshot().firstRow() > 0);
        }
        QCOMPARE(snapshot.size(), 10u);
        QCOMPARE(snapshot.view(9).message, std::string_view("record 9"));
        QCOMPARE(snapshot.view(9).logger, std::string_view("app.db"));
    }

    void clearForgetsRowsAndCountsOn()
    {
        Capture capture;
        appendNumbered(capture, 0, 10);
        capture.clear();
        QCOMPARE(capture.snapshot().size(), 0u);
        QCOMPARE(capture.snapshot().firstRow(), 10u);
        QCOMPARE(capture.figures().evicted, 0u);
        QCOMPARE(capture.loggers().rows(0), 0);
        appendNumbered(capture, 10, 1);
        QCOMPARE(capture.snapshot().view(10).message, std::string_view("record 10"));
    }

    void recordThatIsTooLargeKeepsItsBeginning()
    {
        Capture capture({.budget = 1 << 20, .blockBytes = 4096, .maxRecordBytes = 8192});
        LogRecordBatch batch;
        std::string text;
        while (text.size() < 20'000)
            text += "Übergröße ";
        addRecord(batch, "big", level::Error, text);
        addRecord(batch, "big", level::Info, "next");
        capture.append(pointers(batch));
        const CaptureSnapshot snapshot = capture.snapshot();
        const std::string_view message = snapshot.view(0).message;
        QVERIFY(message.starts_with("Übergröße Übergröße"));
        QVERIFY(message.find("[shortened: the record took 20") != message.npos);
        QVERIFY(QUtf8StringView(message.data(), qsizetype(message.size())).isValidUtf8());
        QCOMPARE(snapshot.view(0).levelno, 40);
        QCOMPARE(snapshot.view(1).message, std::string_view("next"));
        QCOMPARE(capture.figures().shortened, 1u);
    }

    void recordsLargerThanABlockAreKept()
    {
        Capture capture({.budget = 1 << 20, .blockBytes = 1024});
        LogRecordBatch batch;
        const std::string text(50'000, 'x');
        addRecord(batch, "big", level::Info, text);
        capture.append(pointers(batch));
        QCOMPARE(capture.snapshot().view(0).message, std::string_view(text));
    }

    void loggersBeyondTheBoundKeepTheirNames()
    {
        Capture capture;
        LogRecordBatch batch;
        for (std::size_t i = 0; i < LoggerNames::maxLoggers + 10; ++i)
            addRecord(batch, "hostile." + std::to_string(i), level::Info, "x");
        capture.append(pointers(batch));
        QCOMPARE(capture.loggers().size(), LoggerNames::maxLoggers);
        QCOMPARE(capture.loggers().otherRows(), 10);
        const CaptureSnapshot snapshot = capture.snapshot();
        const std::uint64_t last = snapshot.endRow() - 1;
        QCOMPARE(snapshot.view(last).logger, std::string_view("hostile." + std::to_string(last)));
    }

    void takesLittleMoreThanTheText()
    {
        Capture capture;
        std::size_t text = 0;
        constexpr std::size_t records = 20'000;
        for (std::size_t i = 0; i < records; ++i) {
            LogRecordBatch batch;
            const LogRecord &record = addRecord(batch, "app.db", level::Info,
                                                "SELECT * FROM orders WHERE id = " + std::to_string(i));
            for (const Value &value : record.attributes)
                text += value.chars().size();
            capture.append(pointers(batch));
        }
        const std::size_t bytes = capture.figures().bytes;
        QVERIFY2(bytes <= text * 3 / 2 + 32 * records, std::to_string(bytes / records).c_str());
    }

    void readersSeeWholeRowsWhileAnotherThreadWrites()
    {
        constexpr std::uint64_t total = 30'000;
        Capture capture({.budget = 256 * 1024, .blockBytes = 16 * 1024});
        std::thread writer([&] {
            for (std::uint64_t i = 0; i < total; i += 50)
                appendNumbered(capture, i, 50);
        });
        std::uint64_t wrong = 0;
        std::uint64_t looked = 0;
        while (true) {
            const bool last = capture.endRow() == total;
            const CaptureSnapshot snapshot = capture.snapshot();
            for (std::uint64_t row = snapshot.firstRow(); row < snapshot.endRow(); row += 7) {
                ++looked;
                wrong += snapshot.view(row).message != number(row);
            }
            if (last)
                break;
        }
        writer.join();
        QVERIFY(looked > 0);
        QCOMPARE(wrong, 0u);
    }

    void wakesTheSleeperOnceForEachTimeItIsAsked()
    {
        Capture capture;
        int woken = 0;
        capture.setWaker([&] { ++woken; });
        appendNumbered(capture, 0, 1);
        QCOMPARE(woken, 0);
        capture.armWaker();
        appendNumbered(capture, 1, 1);
        appendNumbered(capture, 2, 1);
        QCOMPARE(woken, 1);
        capture.armWaker();
        capture.clear();
        QCOMPARE(woken, 2);
    }
};

QTEST_GUILESS_MAIN(CaptureTest)
#include "CaptureTest.moc"
