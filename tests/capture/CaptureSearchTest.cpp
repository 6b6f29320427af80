#include "capture/Capture.h"
#include "capture/CaptureMatcher.h"
#include "capture/CaptureSearch.h"
#include "capture/Origin.h"
#include "capture/SampleRecords.h"
#include "support/Patience.h"

#include <thread>

using namespace sluice;
using namespace sluice::test;

namespace {

struct Sample
{
    std::string_view logger;
    int levelno;
    std::string_view message;
};

void append(Capture &capture, std::initializer_list<Sample> samples)
{
    LogRecordBatch batch;
    for (const Sample &sample : samples)
        addRecord(batch, sample.logger, sample.levelno, sample.message);
    capture.append(pointers(batch));
}

/// All rows that the filter lets through, when the search has seen the whole capture.
std::vector<std::uint64_t> searched(CaptureSearch &search, const Capture &capture,
                                    const CaptureFilter &filter)
{
    const std::uint64_t generation = search.setFilter(filter);
    search.advance(capture.endRow());
    std::vector<std::uint64_t> rows;
    CaptureSearch::Found found;
    const bool done = QTest::qWaitFor(
        [&] {
            found = search.take();
            rows.insert(rows.end(), found.rows.begin(), found.rows.end());
            return found.searchedTo >= capture.endRow();
        },
        test::patience);
    return done && found.generation == generation ? rows : std::vector<std::uint64_t>{~0ull};
}

using Rows = std::vector<std::uint64_t>;

} // namespace

class CaptureSearchTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<Capture> m_capture;

private Q_SLOTS:
    void init()
    {
        m_capture = std::make_shared<Capture>();
        append(*m_capture, {{"app.db", level::Debug, "SELECT 1"},
                            {"app.db.pool", level::Info, "Pool grew"},
                            {"app.dbx", level::Warning, "another tree"},
                            {"app.http", level::Error, "GET /straße 500"},
                            {"root", level::Critical, "ΣΊΣΥΦΟΣ fell"},
                            {"app.http", 35, "between two levels"}});
    }

    void levelsAreBands()
    {
        CaptureFilter filter;
        filter.levels.set(Severity::Debug, false);
        filter.levels.set(Severity::Info, false);
        CaptureSearch search(m_capture);
        QCOMPARE(searched(search, *m_capture, filter), (Rows{2, 3, 4, 5}));
        filter.levels.set(Severity::Warning, false);
        QCOMPARE(searched(search, *m_capture, filter), (Rows{3, 4}));
    }

    void textIsFound_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<std::vector<std::uint64_t>>("rows");
        QTest::newRow("empty") << QByteArray() << Rows{0, 1, 2, 3, 4, 5};
        QTest::newRow("message") << QByteArray("select 1") << Rows{0};
        QTest::newRow("a capital is meant") << QByteArray("Pool") << Rows{1};
        QTest::newRow("capitals are meant") << QByteArray("POOL") << Rows{};
        QTest::newRow("logger") << QByteArray("http") << Rows{3, 5};
        QTest::newRow("one letter") << QByteArray("x") << Rows{2};
        QTest::newRow("at the end") << QByteArray("grew") << Rows{1};
        QTest::newRow("not there") << QByteArray("missing") << Rows{};
        QTest::newRow("longer than all") << QByteArray(1000, 'a') << Rows{};
        QTest::newRow("greek") << QByteArray("σίσυφος") << Rows{4};
        QTest::newRow("sharp s") << QByteArray("straß") << Rows{3};
    }

    void textIsFound()
    {
        QFETCH(QByteArray, text);
        QFETCH(std::vector<std::uint64_t>, rows);
        CaptureFilter filter;
        filter.text = text.toStdString();
        CaptureSearch search(m_capture);
        QCOMPARE(searched(search, *m_capture, filter), rows);
    }

    void textIsFoundInTracebacks()
    {
        LogRecordBatch batch;
        addRecord(batch, "app", level::Error, "failed")
            .set(Attribute::ExcText, Value::text("Traceback\nZeroDivisionError"));
        m_capture->append(pointers(batch));
        CaptureFilter filter;
        filter.text = "zerodiv";
        CaptureSearch search(m_capture);
        QCOMPARE(searched(search, *m_capture, filter), (Rows{6}));
    }

    void pickedLoggersIncludeTheirChildrenAndNoOthers()
    {
        CaptureFilter filter;
        filter.loggers = {"app.db"};
        CaptureSearch search(m_capture);
        QCOMPARE(searched(search, *m_capture, filter), (Rows{0, 1}));
        filter.loggers = {"app.db.pool", "root"};
        QCOMPARE(searched(search, *m_capture, filter), (Rows{1, 4}));
        filter.loggers = {"app"};
        QCOMPARE(searched(search, *m_capture, filter), (Rows{0, 1, 2, 3, 5}));
    }

    void rowsThatComeLaterAreSearchedOnce()
    {
        CaptureFilter filter;
        filter.text = "select";
        CaptureSearch search(m_capture);
        QCOMPARE(searched(search, *m_capture, filter), (Rows{0}));
        append(*m_capture, {{"app.db", level::Debug, "select 2"}, {"app.db", level::Debug, "update"}});
        search.advance(m_capture->endRow());
        Rows rows;
        QTRY_VERIFY(([&] {
            const auto found = search.take();
            rows.insert(rows.end(), found.rows.begin(), found.rows.end());
            return found.searchedTo == m_capture->endRow();
        }()));
        QCOMPARE(rows, (Rows{6}));
    }

    void partsThatAreOnAllHold()
    {
        CaptureFilter filter;
        filter.text = "logger in app";
        filter.expressions = {{"level >= WARNING", true}, {"another", false}};
        CaptureSearch search(m_capture);
        QCOMPARE(searched(search, *m_capture, filter), (Rows{2, 3, 5}));
        filter.expressions[1].on = true;
        QCOMPARE(searched(search, *m_capture, filter), (Rows{2}));
        filter.text.clear();
        filter.expressions = {{"level >= WARNING", false}};
        QVERIFY(filter.isEmpty());
    }

    void whatIsNoExpressionIsLookedForAsItStands()
    {
        append(*m_capture, {{"app", level::Info, "f(x"}, {"app", level::Info, "(x)"}});
        CaptureFilter filter;
        filter.text = "(x";
        CaptureSearch search(m_capture);
        QCOMPARE(searched(search, *m_capture, filter), (Rows{6, 7}));
    }

    void alwaysIsShownWhateverElseSaysNo()
    {
        CaptureFilter filter;
        filter.text = "pool";
        filter.expressions.push_back({"level >= ERROR", true, true});
        CaptureSearch search(m_capture);
        QCOMPARE(searched(search, *m_capture, filter), (Rows{1, 3, 4}));
        filter = {};
        filter.levels.set(Severity::Debug, false);
        filter.levels.set(Severity::Info, false);
        filter.loggers = {"root"};
        filter.expressions.push_back({"select", true, true});
        QCOMPARE(searched(search, *m_capture, filter), (Rows{0, 4}));
    }

    void timeRangeHasItsBeginningAndNotItsEnd()
    {
        LogRecordBatch batch;
        for (int second = 0; second < 10; ++second)
            addRecord(batch, "app.time", level::Info, "tick", 1000 + second);
        m_capture->append(pointers(batch));
        CaptureFilter filter;
        filter.from = 1'003 * nanosecondsPerSecond;
        filter.until = 1'005 * nanosecondsPerSecond;
        filter.expressions.push_back({"level >= ERROR", true, true});
        CaptureSearch search(m_capture);
        QCOMPARE(searched(search, *m_capture, filter), (Rows{9, 10}));
    }

    void sourcesAreMutedOrAlone()
    {
        const auto capture = std::make_shared<Capture>();
        for (const char *peer : {"a", "b", "a", "c"}) {
            LogRecordBatch batch;
            addRecord(batch, "app", level::Info, "x");
            const auto tracker = std::make_shared<Origin>("socket", peer);
            batch.records()[0].tracker = tracker.get();
            capture->append(pointers(batch));
        }
        CaptureFilter filter;
        CaptureSearch search(capture);
        filter.sources = {0};
        QCOMPARE(searched(search, *capture, filter), (Rows{0, 2}));
        filter.sources.clear();
        filter.mutedSources = {0, 2};
        QCOMPARE(searched(search, *capture, filter), (Rows{1}));
        filter = {};
        filter.text = "source in (b, c)";
        QCOMPARE(searched(search, *capture, filter), (Rows{1, 3}));
        filter.text = "source contains sock -source == a";
        QCOMPARE(searched(search, *capture, filter), (Rows{1, 3}));
    }

    void loggersThatHaveTheTextAreFoundAmongRowsThatHaveIt()
    {
        CaptureFilter filter;
        filter.text = "db or GREW or /^between/";
        CaptureSearch search(m_capture);
        QCOMPARE(searched(search, *m_capture, filter), (Rows{0, 1, 2, 5}));
        filter.text = "db and grew";
        QCOMPARE(searched(search, *m_capture, filter), (Rows{1}));
    }

    void everyRowOfManyPagesIsFoundOnceAndInOrder()
    {
        const auto capture = std::make_shared<Capture>(Capture::Options{.blockBytes = 16 * 1024});
        for (int i = 0; i < 300; ++i) {
            LogRecordBatch batch;
            for (int j = 0; j < 100; ++j)
                addRecord(batch, "app", j % 10 == 3 ? level::Error : level::Info,
                          "row " + std::to_string(i * 100 + j) + (j % 7 == 0 ? " needle" : ""));
            capture->append(pointers(batch));
        }
        Rows expected;
        for (std::uint64_t row = 0; row < capture->endRow(); ++row) {
            if (row % 100 % 7 == 0 && row % 100 % 10 == 3)
                expected.push_back(row);
        }
        CaptureSearch search(capture);
        for (const char *text : {"needle level >= ERROR", "/need.e$/ and level == ERROR", "level > WARNING (needle or missing)"}) {
            CaptureFilter filter;
            filter.text = text;
            QCOMPARE(searched(search, *capture, filter), expected);
        }
    }

    void pagesThatCannotMatchAreNotRead()
    {
        CaptureFilter filter;
        filter.text = "level >= ERROR";
        CaptureMatcher matcher(filter, 0, m_capture->loggers(), m_capture->sources());
        PageSummary summary;
        summary.minCreated = 100;
        summary.maxCreated = 200;
        summary.severities = {5, 5, 5, 0, 0};
        summary.loggers = {{0, 15}};
        QVERIFY(!matcher.canMatch(summary));
        summary.severities[3] = 1;
        QVERIFY(matcher.canMatch(summary));
        const auto can = [&](const CaptureFilter &asked) {
            return CaptureMatcher(asked, 0, m_capture->loggers(), m_capture->sources()).canMatch(summary);
        };
        filter.text = "time > 2020-01-01";
        QVERIFY(!can(filter));
        filter.text = "not time > 2020-01-01";
        QVERIFY(can(filter));
        filter.text = "time > 2020-01-01 or pool";
        QVERIFY(can(filter));
        filter.text = "time <= 1970-01-01T00:00:00.000000100Z";
        QVERIFY(can(filter));
        filter.text = "time < 1970-01-01T00:00:00.000000100Z";
        QVERIFY(!can(filter));
        filter = {};
        filter.from = 201;
        QVERIFY(!can(filter));
        filter.from = 200;
        filter.until = 100;
        QVERIFY(!can(filter));
        filter = {};
        filter.loggers = {"app.db"};
        QVERIFY(can(filter));
        filter.loggers = {"app.http"};
        QVERIFY(!can(filter));
        filter.expressions.push_back({"level == DEBUG", true, true});
        QVERIFY(can(filter));
    }

    void searchesOfManyViewsTakeTurns()
    {
        LogRecordBatch batch;
        for (int i = 0; i < 1000; ++i)
            addRecord(batch, "app.many", level::Info, "row with a text that is not what is looked for");
        for (int i = 0; i < 100; ++i)
            m_capture->append(pointers(batch));
        std::vector<std::unique_ptr<CaptureSearch>> searches;
        CaptureFilter filter;
        filter.text = "lineno != 217 or level == ERROR";
        for (int i = 0; i < 8; ++i) {
            searches.push_back(std::make_unique<CaptureSearch>(m_capture));
            searches.back()->setFilter(filter);
            searches.back()->advance(m_capture->endRow());
        }
        searches.erase(searches.begin(), searches.begin() + 3); // while they work
        for (const auto &search : searches) {
            Rows rows;
            QTRY_VERIFY(([&] {
                const auto found = search->take();
                rows.insert(rows.end(), found.rows.begin(), found.rows.end());
                return found.searchedTo == m_capture->endRow();
            }()));
            QCOMPARE(rows, (Rows{3}));
        }
    }

    void rowsThatComeWhileItSearchesAreFoundOnce()
    {
        const auto capture = std::make_shared<Capture>(Capture::Options{.blockBytes = 8 * 1024});
        CaptureSearch search(capture);
        CaptureFilter filter;
        filter.text = "needle";
        search.setFilter(filter);
        std::thread writer([&] {
            for (int i = 0; i < 2000; ++i) {
                LogRecordBatch batch;
                for (int j = 0; j < 10; ++j)
                    addRecord(batch, "app", level::Info, j == 4 ? "a needle" : "hay");
                capture->append(pointers(batch));
            }
        });
        Rows rows;
        const bool done = QTest::qWaitFor(
            [&] {
                search.advance(capture->endRow());
                const auto found = search.take();
                rows.insert(rows.end(), found.rows.begin(), found.rows.end());
                return found.searchedTo == 20'000;
            },
            test::patience);
        writer.join();
        QVERIFY(done);
        QCOMPARE(rows.size(), 2000u);
        for (std::size_t i = 0; i < rows.size(); ++i)
            QCOMPARE(rows[i], i * 10 + 4);
    }

    void newFilterEndsARunningSearch()
    {
        LogRecordBatch batch;
        for (int i = 0; i < 1000; ++i)
            addRecord(batch, "app.many", level::Info, "row with a text that is not what is looked for");
        for (int i = 0; i < 200; ++i)
            m_capture->append(pointers(batch));
        CaptureSearch search(m_capture);
        CaptureFilter slow;
        slow.text = "ß";
        for (int i = 0; i < 50; ++i) {
            search.setFilter(slow);
            search.advance(m_capture->endRow());
        }
        CaptureFilter filter;
        filter.levels.set(Severity::Info, false);
        QCOMPARE(searched(search, *m_capture, filter), (Rows{0, 2, 3, 4, 5}));
    }

    void clearedRowsCountAsSearched()
    {
        CaptureSearch search(m_capture);
        m_capture->clear();
        QCOMPARE(searched(search, *m_capture, CaptureFilter{}), Rows{});
        append(*m_capture, {{"app", level::Info, "after"}});
        QCOMPARE(searched(search, *m_capture, CaptureFilter{}), Rows{6});
    }
};

QTEST_GUILESS_MAIN(CaptureSearchTest)
#include "CaptureSearchTest.moc"
