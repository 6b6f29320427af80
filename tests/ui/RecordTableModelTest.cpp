#include "capture/Capture.h"
#include "capture/SampleRecords.h"
#include "console/RecordTableModel.h"
#include "support/Patience.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>

#include <algorithm>
#include <random>

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr double begin = 1'700'000'000;

void appendAt(Capture &capture, const std::vector<double> &seconds)
{
    LogRecordBatch batch;
    for (const double at : seconds)
        addRecord(batch, "app", level::Info, "record", begin + at);
    capture.append(pointers(batch));
}

std::vector<std::uint64_t> rowsOf(const RecordTableModel &model)
{
    std::vector<std::uint64_t> rows;
    for (int i = 0; i < model.rowCount(); ++i)
        rows.push_back(model.rowNumber(i));
    return rows;
}

void append(Capture &capture, int count, std::string_view logger = "app", int levelno = level::Info)
{
    LogRecordBatch batch;
    for (int i = 0; i < count; ++i)
        addRecord(batch, logger, levelno, "record");
    capture.append(pointers(batch));
}

QString cell(const RecordTableModel &model, int row, int column)
{
    return model.data(model.index(row, column), Qt::DisplayRole).toString();
}

/// Refreshes until the search has caught up.
bool settle(RecordTableModel &model)
{
    return QTest::qWaitFor([&] { return !model.refresh(); }, test::patience);
}

} // namespace

class RecordTableModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTimeLevelNameAndTheFirstLine()
    {
        auto capture = std::make_shared<Capture>();
        LogRecordBatch batch;
        addRecord(batch, "app.db", level::Warning, "first\nsecond\nthird", 1'700'000'000.25)
            .set(Attribute::ExcText, Value::text("Traceback\nValueError"));
        capture->append(pointers(batch));
        RecordTableModel model(capture);
        QAbstractItemModelTester tester(&model);
        model.refresh();
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(cell(model, 0, RecordTableModel::TimeColumn).size(), 12);
        QVERIFY(cell(model, 0, RecordTableModel::TimeColumn).endsWith(QStringLiteral(".250")));
        QCOMPARE(cell(model, 0, RecordTableModel::LevelColumn), QStringLiteral("WARNING"));
        QCOMPARE(cell(model, 0, RecordTableModel::NameColumn), QStringLiteral("app.db"));
        QCOMPARE(cell(model, 0, RecordTableModel::MessageColumn), QStringLiteral("first"));
        QCOMPARE(model.data(model.index(0, 0), RecordTableModel::FurtherLinesRole).toInt(), 4);
    }

    void oneRefreshInsertsOnceHoweverMuchHasCome()
    {
        auto capture = std::make_shared<Capture>();
        RecordTableModel model(capture);
        QAbstractItemModelTester tester(&model);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        for (int i = 0; i < 50; ++i)
            append(*capture, 100);
        QCOMPARE(inserted.count(), 0);
        model.refresh();
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(model.rowCount(), 5'000);
        model.refresh();
        QCOMPARE(inserted.count(), 1);
    }

    void byTimeALateRecordIsAnInsertionInTheMiddle()
    {
        auto capture = std::make_shared<Capture>();
        RecordTableModel model(capture);
        QAbstractItemModelTester tester(&model);
        model.setByTime(true);
        appendAt(*capture, {0, 10, 20, 30});
        QVERIFY(settle(model));
        const QPersistentModelIndex kept(model.index(2, 0));
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        appendAt(*capture, {15, 40, 15});
        QVERIFY(settle(model));
        QCOMPARE(rowsOf(model), (std::vector<std::uint64_t>{0, 1, 4, 6, 2, 3, 5}));
        QCOMPARE(inserted.count(), 2);
        QCOMPARE(inserted[0][1].toInt(), 2);
        QCOMPARE(inserted[0][2].toInt(), 3);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(kept.row(), 4);
        QCOMPARE(model.indexOf(2), 4);
        QVERIFY(!model.isSorting());
        model.setByTime(false);
        QCOMPARE(rowsOf(model), (std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5, 6}));
    }

    void byTimeIsASortWhateverComesAndGoes_data()
    {
        QTest::addColumn<bool>("filtered");
        QTest::addColumn<int>("late");
        QTest::newRow("all, some late") << false << 5;
        QTest::newRow("all, in no order") << false << 100;
        QTest::newRow("filtered, some late") << true << 5;
        QTest::newRow("filtered, in no order") << true << 100;
    }

    void byTimeIsASortWhateverComesAndGoes()
    {
        QFETCH(bool, filtered);
        QFETCH(int, late);
        auto capture = std::make_shared<Capture>(Capture::Options{.budget = 64 * 1024, .blockBytes = 8 * 1024});
        RecordTableModel model(capture);
        QAbstractItemModelTester tester(&model);
        model.setByTime(true);
        CaptureFilter filter;
        if (filtered)
            filter.text = "level >= ERROR";
        model.setFilter(filter);
        std::mt19937 random(17);
        bool evicted = false;
        for (int step = 0; step < 5; ++step) {
            LogRecordBatch batch;
            for (int i = 0; i < 400; ++i) {
                const double behind = static_cast<int>(random() % 100) < late ? random() % 3'000 : 0;
                addRecord(batch, "app", random() % 2 ? level::Info : level::Error, "record",
                          begin + step * 400 + i - behind);
            }
            capture->append(pointers(batch));
            const QPersistentModelIndex kept(model.index(model.rowCount() / 2, 0));
            const std::uint64_t keptRow = kept.isValid() ? model.rowNumber(kept.row()) : 0;
            QVERIFY(settle(model));
            if (kept.isValid())
                QCOMPARE(model.rowNumber(kept.row()), keptRow);
            const CaptureSnapshot &snapshot = model.snapshot();
            std::vector<std::uint64_t> expected;
            for (std::uint64_t row = snapshot.firstRow(); row < snapshot.endRow(); ++row) {
                if (!filtered || snapshot.columns(row).levelno >= level::Error)
                    expected.push_back(row);
            }
            std::ranges::stable_sort(expected, {}, [&](std::uint64_t row) { return snapshot.columns(row).created; });
            QCOMPARE(rowsOf(model), expected);
            evicted = evicted || snapshot.firstRow() > 0;
        }
        QVERIFY(evicted);
    }

    void byTimeAFrozenViewLetsGoButTakesNothing()
    {
        auto capture = std::make_shared<Capture>();
        RecordTableModel model(capture);
        QAbstractItemModelTester tester(&model);
        model.setByTime(true);
        appendAt(*capture, {10, 30, 20});
        QVERIFY(settle(model));
        model.setFrozen(true);
        appendAt(*capture, {25});
        QVERIFY(settle(model));
        QCOMPARE(rowsOf(model), (std::vector<std::uint64_t>{0, 2, 1}));
        model.setFrozen(false);
        QVERIFY(settle(model));
        QCOMPARE(rowsOf(model), (std::vector<std::uint64_t>{0, 2, 3, 1}));
        capture->clear();
        QVERIFY(settle(model));
        QCOMPARE(model.rowCount(), 0);
        appendAt(*capture, {5, 4});
        QVERIFY(settle(model));
        QCOMPARE(rowsOf(model), (std::vector<std::uint64_t>{5, 4}));
    }

    void byTimeAnotherFilterIsSortedToo()
    {
        auto capture = std::make_shared<Capture>();
        RecordTableModel model(capture);
        QAbstractItemModelTester tester(&model);
        model.setByTime(true);
        append(*capture, 3, "app.db");
        LogRecordBatch batch;
        for (const double at : {9.0, 7.0, 8.0})
            addRecord(batch, "app.http", level::Error, "record", begin - at);
        capture->append(pointers(batch));
        QVERIFY(settle(model));
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(model.rowNumber(0), 3u);
        CaptureFilter filter;
        filter.loggers = {"app.http"};
        model.setFilter(filter);
        QVERIFY(settle(model));
        QCOMPARE(rowsOf(model), (std::vector<std::uint64_t>{3, 5, 4}));
        filter.loggers = {"nobody"};
        model.setFilter(filter);
        QVERIFY(settle(model));
        QCOMPARE(model.rowCount(), 0);
    }

    void evictedRowsGoAtTheFrontOnce_data()
    {
        QTest::addColumn<bool>("filtered");
        QTest::newRow("all") << false;
        QTest::newRow("filtered") << true;
    }

    void evictedRowsGoAtTheFrontOnce()
    {
        QFETCH(bool, filtered);
        auto capture =
            std::make_shared<Capture>(Capture::Options{.budget = 64 * 1024, .blockBytes = 8 * 1024});
        RecordTableModel model(capture);
        QAbstractItemModelTester tester(&model);
        if (filtered) {
            CaptureFilter filter;
            filter.text = "record";
            model.setFilter(filter);
        }
        append(*capture, 200);
        QVERIFY(settle(model));
        QCOMPARE(model.rowCount(), 200);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        append(*capture, 1'500);
        QVERIFY(settle(model));
        const CaptureSnapshot snapshot = capture->snapshot();
        QVERIFY(snapshot.firstRow() > 0);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(std::uint64_t(model.rowCount()), snapshot.size());
        QCOMPARE(model.rowNumber(0), snapshot.firstRow());
        QCOMPARE(model.indexOf(snapshot.endRow() - 1), model.rowCount() - 1);
    }

    void filterReplacesTheRowsAndGrows()
    {
        auto capture = std::make_shared<Capture>();
        append(*capture, 10, "app.db");
        append(*capture, 5, "app.http", level::Error);
        RecordTableModel model(capture);
        QAbstractItemModelTester tester(&model);
        model.refresh();
        QCOMPARE(model.rowCount(), 15);
        CaptureFilter filter;
        filter.loggers = {"app.http"};
        model.setFilter(filter);
        QVERIFY(settle(model));
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.rowNumber(0), 10u);
        append(*capture, 3, "app.http");
        append(*capture, 3, "app.db");
        QVERIFY(settle(model));
        QCOMPARE(model.rowCount(), 8);
        model.setFilter({});
        QVERIFY(settle(model));
        QCOMPARE(model.rowCount(), 21);
    }

    void frozenModelCountsWhatWaits_data() { evictedRowsGoAtTheFrontOnce_data(); }

    void frozenModelCountsWhatWaits()
    {
        QFETCH(bool, filtered);
        auto capture = std::make_shared<Capture>();
        RecordTableModel model(capture);
        QAbstractItemModelTester tester(&model);
        CaptureFilter filter;
        if (filtered)
            filter.text = "rec";
        model.setFilter(filter);
        append(*capture, 10);
        QVERIFY(settle(model));
        model.setFrozen(true);
        const std::uint64_t before = model.passed();
        append(*capture, 7);
        QVERIFY(settle(model));
        QTRY_COMPARE((model.refresh(), model.passed() - before), 7u);
        QCOMPARE(model.rowCount(), 10);
        model.setFrozen(false);
        QVERIFY(settle(model));
        QCOMPARE(model.rowCount(), 17);
    }

    void columnsComeGoAndMove()
    {
        auto capture = std::make_shared<Capture>();
        append(*capture, 3);
        RecordTableModel model(capture);
        QAbstractItemModelTester tester(&model);
        model.refresh();
        const auto set = [&](std::initializer_list<const char *> fields) {
            std::vector<ViewColumn> columns;
            for (const char *field : fields)
                columns.push_back({QString::fromLatin1(field)});
            model.setColumns(columns);
            QCOMPARE(model.columns(), columns);
            QCOMPARE(model.columnCount(), int(columns.size()));
        };
        const QPersistentModelIndex message = model.index(1, RecordTableModel::MessageColumn);
        set({"message", "lineno", "name"});
        QCOMPARE(message.column(), 0);
        QCOMPARE(cell(model, 0, 1), QStringLiteral("217"));
        set({"name", "funcName", "lineno", "message", "process"});
        QCOMPARE(message.column(), 3);
        QCOMPARE(cell(model, 2, 1), QStringLiteral("execute"));
        QCOMPARE(cell(model, 2, 4), QStringLiteral("48211"));
        set({"process"});
        QCOMPARE(cell(model, 2, 0), QStringLiteral("48211"));
        set({"created", "levelname", "name", "message"});
        QCOMPARE(cell(model, 0, 3), QStringLiteral("record"));
    }

    void clearEmptiesTheView()
    {
        auto capture = std::make_shared<Capture>();
        RecordTableModel model(capture);
        QAbstractItemModelTester tester(&model);
        append(*capture, 10);
        model.refresh();
        capture->clear();
        model.refresh();
        QCOMPARE(model.rowCount(), 0);
        append(*capture, 2);
        model.refresh();
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowNumber(0), 10u);
    }
};

QTEST_MAIN(RecordTableModelTest)
#include "RecordTableModelTest.moc"
