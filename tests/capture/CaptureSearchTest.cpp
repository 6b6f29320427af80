#include "capture/Capture.h"
#include "capture/CaptureSearch.h"
#include "capture/SampleRecords.h"

#include <QTest>

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
        30'000);
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

    void textIsFoundInAnyCase_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<std::vector<std::uint64_t>>("rows");
        QTest::newRow("empty") << QByteArray() << Rows{0, 1, 2, 3, 4, 5};
        QTest::newRow("message") << QByteArray("select 1") << Rows{0};
        QTest::newRow("upper") << QByteArray("POOL") << Rows{1};
        QTest::newRow("logger") << QByteArray("HTTP") << Rows{3, 5};
        QTest::newRow("one letter") << QByteArray("x") << Rows{2};
        QTest::newRow("at the end") << QByteArray("grew") << Rows{1};
        QTest::newRow("not there") << QByteArray("missing") << Rows{};
        QTest::newRow("longer than all") << QByteArray(1000, 'a') << Rows{};
        QTest::newRow("greek") << QByteArray("σίσυφος") << Rows{4};
        QTest::newRow("sharp s") << QByteArray("STRAß") << Rows{3};
    }

    void textIsFoundInAnyCase()
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
        filter.text = "SELECT";
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
