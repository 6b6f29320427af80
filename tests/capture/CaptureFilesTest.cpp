#include "capture/CaptureFile.h"
#include "capture/CaptureFixture.h"
#include "capture/SaveRecords.h"
#include "support/Patience.h"

#include <QDir>
#include <QFile>

#include <filesystem>

using namespace sluice;
using namespace sluice::test;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> filesIn(const std::string &directory, const char *suffix)
{
    std::vector<std::string> found;
    for (const auto &entry : std::filesystem::directory_iterator(directory)) {
        if (entry.path().extension() == suffix)
            found.push_back(entry.path().string());
    }
    std::ranges::sort(found);
    return found;
}

Reading allRight(std::uint64_t rows) { return {rows, 0, 0}; }

} // namespace

class CaptureFilesTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<CaptureFixture> m_files;

private Q_SLOTS:
    void init() { m_files = std::make_unique<CaptureFixture>(); }

    void rowsAreThereWhenItIsOpenedAgain()
    {
        const auto origin = std::make_shared<Origin>("python", "10.0.0.7");
        {
            const auto capture = m_files->open();
            QVERIFY(capture);
            QCOMPARE(capture->figures().sessionRow, 0u);
            appendNumbered(*capture, 0, 3'000, origin);
        }
        const auto capture = m_files->open();
        QVERIFY(capture);
        QCOMPARE(capture->endRow(), 3'000u);
        QCOMPARE(readAll(*capture), allRight(3'000));
        QCOMPARE(capture->figures().errors, 30u);
        QCOMPARE(capture->figures().sessionRow, 3'000u);
        QCOMPARE(capture->figures().fault, std::string());
        QCOMPARE(capture->figures().damage, std::string());
        QCOMPARE(capture->loggers().size(), 2u);
        QCOMPARE(capture->loggers().rows(0) + capture->loggers().rows(1), 3'000);
        QCOMPARE(capture->sources().name(0).peer, std::string_view("10.0.0.7"));
        QCOMPARE(capture->sources().figures(0).rows, 3'000);
        QCOMPARE(capture->snapshot().view(2'999).source, 0u);
        appendNumbered(*capture, 3'000, 500, origin);
        QCOMPARE(readAll(*capture), allRight(3'500));
        QCOMPARE(capture->sources().size(), 1u);
    }

    void everyAttributeComesBackWithItsType()
    {
        const std::array<Value, 2> items{Value::integer(-1), Value::real(0.25)};
        const std::array<Field, 2> extra{Field{Value::text("list"), Value::sequence(Value::Kind::List, items)},
                                         Field{Value::text("raw"), Value::bytes(std::string_view("\0\xff", 2))}};
        LogRecordBatch batch;
        LogRecord &record = addRecord(batch, "app", level::Error, "π %s");
        record.set(Attribute::Args, Value::sequence(Value::Kind::Tuple, std::span(items).first(1)));
        record.set(Attribute::ExcText, Value::text("Traceback"));
        record.extra = extra;
        m_files->open()->append(pointers(batch));
        const auto capture = m_files->open();
        LogRecordBatch out;
        const LogRecord &copy = capture->snapshot().record(0, out);
        for (std::size_t i = 0; i < attributeCount; ++i) {
            const auto attribute = static_cast<Attribute>(i);
            QVERIFY2(copy[attribute] == record[attribute], attributeName(attribute).data());
        }
        QVERIFY(Value::dict(copy.extra) == Value::dict(record.extra));
        QCOMPARE(copy.created, record.created);
    }

    void sessionsAndReconnectsAreRemembered()
    {
        const auto origin = std::make_shared<Origin>("python", "10.0.0.7");
        for (const int session : {0, 1, 2}) {
            const auto capture = m_files->open();
            for (const int process : {1, 2}) {
                LogRecordBatch batch;
                for (int i = 0; i < 500; ++i)
                    addRecord(batch, "app", level::Info, "x")
                        .set(Attribute::Process, Value::integer(10 * session + process));
                batch.setTracker(origin);
                capture->append(pointers(batch));
            }
        }
        const auto capture = m_files->open();
        QCOMPARE(*capture->sessionRows(), (std::vector<std::uint64_t>{0, 1000, 2000}));
        QCOMPARE(capture->figures().sessionRow, 3000u);
        std::vector<std::uint64_t> rows;
        for (const SourceNames::Reconnect &one : capture->sources().reconnects())
            rows.push_back(one.row);
        QCOMPARE(rows, (std::vector<std::uint64_t>{500, 1500, 2500}));
    }

    void whatIsNotCompleteIsWrittenSoon()
    {
        const auto capture = m_files->open();
        appendNumbered(*capture, 0, 10);
        QVERIFY(capture->waitUntilWritten(test::longWait));
        appendNumbered(*capture, 10, 7);
        QVERIFY(capture->waitUntilWritten(test::longWait));
        QCOMPARE(filesIn(m_files->path(), ".tail").size(), 1u);
        const auto reader = CaptureFile::open(m_files->path());
        QVERIFY(reader.ok());
        QCOMPARE(readAll(**reader), allRight(17));
        appendNumbered(*capture, 17, 2'000);
        QVERIFY(capture->waitUntilWritten(test::longWait));
        // The whole page has taken the place of its parts.
        QVERIFY(filesIn(m_files->path(), ".tail").size() <= 1);
        const auto later = CaptureFile::open(m_files->path());
        QCOMPARE(readAll(**later), allRight(2'017));
    }

    void unfinishedPageIsTakenInAndWrittenWhole()
    {
        {
            const auto capture = m_files->open();
            appendNumbered(*capture, 0, 1'000);
            QVERIFY(capture->waitUntilWritten(test::longWait));
            std::filesystem::copy(m_files->path(), m_files->path("copy.capture"));
        }
        QVERIFY(!filesIn(m_files->path("copy.capture"), ".tail").empty());
        {
            const auto capture = m_files->open("copy.capture");
            QCOMPARE(readAll(*capture), allRight(1'000));
            appendNumbered(*capture, 1'000, 1'000);
        }
        QVERIFY(filesIn(m_files->path("copy.capture"), ".tail").empty());
        const auto capture = m_files->open("copy.capture");
        QCOMPARE(readAll(*capture), allRight(2'000));
        QCOMPARE(*capture->sessionRows(), (std::vector<std::uint64_t>{0, 1'000}));
    }

    void budgetIsKeptAndEveryRowCanBeRead()
    {
        const auto capture = m_files->open("session.capture", {.budget = 512 * 1024, .blockBytes = 8 * 1024});
        std::size_t most = 0;
        for (std::uint64_t row = 0; row < 50'000; row += 500) {
            appendNumbered(*capture, row, 500);
            most = std::max(most, capture->figures().bytes);
        }
        QVERIFY(capture->waitUntilWritten(test::longWait));
        QVERIFY2(most <= 512 * 1024, std::to_string(most).c_str());
        QCOMPARE(capture->figures().evicted, 0u);
        QCOMPARE(readAll(*capture), allRight(50'000));
        QVERIFY(capture->figures().bytes <= 512 * 1024);
        QVERIFY(capture->figures().diskBytes > 0);
    }

    void rowOutOfMemoryIsShownALittleLater()
    {
        const auto capture = m_files->open("session.capture", {.budget = 128 * 1024, .blockBytes = 8 * 1024});
        appendNumbered(*capture, 0, 20'000);
        QVERIFY(capture->waitUntilWritten(test::longWait));
        const CaptureSnapshot snapshot = capture->snapshot();
        const std::uint64_t changes = capture->changes();
        QVERIFY(!snapshot.tryView(100));
        QTRY_VERIFY(capture->changes() > changes);
        QCOMPARE(snapshot.tryView(100)->message, std::string_view(numbered(100)));
    }

    void oldestFilesGoWhenTheyTakeMoreThanTheyMay()
    {
        std::uint64_t firstRow = 0;
        {
            CaptureSnapshot early;
            Capture capture(smallPages());
            Capture::Disk disk = smallFiles(m_files->path());
            disk.maxBytes = 64 * 1024;
            QVERIFY(capture.persist(disk));
            appendNumbered(capture, 0, 1'000);
            QVERIFY(capture.waitUntilWritten(test::longWait));
            early = capture.snapshot();
            appendNumbered(capture, 1'000, 40'000);
            QVERIFY(capture.waitUntilWritten(test::longWait));
            QTRY_VERIFY(capture.figures().diskBytes <= 64 * 1024 + 16 * 1024);
            const Capture::Figures figures = capture.figures();
            firstRow = figures.firstRow;
            QVERIFY(firstRow > 1'000);
            QCOMPARE(figures.evicted, firstRow);
            QCOMPARE(readAll(capture), allRight(41'000 - firstRow));
            QCOMPARE(std::uint64_t(capture.loggers().rows(0) + capture.loggers().rows(1)), 41'000 - firstRow);
            // Who still looks at the rows that went still sees them.
            QCOMPARE(early.view(5).message, std::string_view(numbered(5)));
        }
        const auto capture = m_files->open();
        QCOMPARE(capture->figures().firstRow, firstRow);
        QCOMPARE(readAll(*capture), allRight(41'000 - firstRow));
        QCOMPARE(capture->figures().damage, std::string());
    }

    void filesThatAreTooOldGo()
    {
        {
            const auto capture = m_files->open();
            appendNumbered(*capture, 0, 10'000);
        }
        for (const std::string &file : filesIn(m_files->path(), ".records"))
            std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - 48h);
        Capture capture(smallPages());
        Capture::Disk disk = smallFiles(m_files->path());
        disk.maxAge = 24 * 3600 * nanosecondsPerSecond;
        QVERIFY(capture.persist(disk));
        appendNumbered(capture, 10'000, 2'000);
        QTRY_VERIFY(capture.figures().firstRow >= 10'000);
        QCOMPARE(readAll(capture).wrong, 0u);
    }

    void numbersOfLoggersMayDifferFromFileToFile()
    {
        {
            const auto capture = m_files->open();
            LogRecordBatch batch;
            for (int i = 0; i < 300; ++i)
                addRecord(batch, "early." + std::to_string(i), level::Info, "x");
            capture->append(pointers(batch));
            appendNumbered(*capture, 300, 5'000, std::make_shared<Origin>("a", "b"));
        }
        // Without the first file, other loggers and sources come first.
        std::filesystem::remove(filesIn(m_files->path(), ".records").front());
        const auto capture = m_files->open();
        QVERIFY(capture->figures().firstRow > 300);
        QVERIFY(capture->loggers().size() < 10);
        QCOMPARE(readAll(*capture), allRight(5'300 - capture->figures().firstRow));
        QCOMPARE(capture->sources().name(capture->snapshot().view(5'000).source).receiver, std::string_view("a"));
    }

    void clearTakesTheFilesRecordsToo()
    {
        {
            const auto capture = m_files->open();
            appendNumbered(*capture, 0, 5'000);
            capture->clear();
            QCOMPARE(capture->snapshot().size(), 0u);
            QVERIFY(capture->waitUntilWritten(test::longWait));
            QCOMPARE(filesIn(m_files->path(), ".records").size(), 1u);
            appendNumbered(*capture, 5'000, 100);
            QCOMPARE(readAll(*capture), allRight(100));
        }
        const auto capture = m_files->open();
        QCOMPARE(capture->figures().firstRow, 5'000u);
        QCOMPARE(readAll(*capture), allRight(100));
    }

    void secondProgramHasACaptureOfItsOwnAndSaysSo()
    {
        const auto first = m_files->open();
        appendNumbered(*first, 0, 10);
        const auto second = m_files->open();
        QVERIFY(second);
        QCOMPARE(second->endRow(), 0u);
        QVERIFY(second->figures().fault.starts_with("Another program has the capture "));
        appendNumbered(*second, 0, 20);
        QCOMPARE(readAll(*first), allRight(10));
        QCOMPARE(readAll(*second), allRight(20));
    }

    void filesAreForTheirUserOnly()
    {
#ifdef Q_OS_WIN
        QSKIP("permissions are the directory's here");
#endif
        const auto capture = m_files->open();
        appendNumbered(*capture, 0, 3'000);
        QVERIFY(capture->waitUntilWritten(test::longWait));
        using std::filesystem::perms;
        QCOMPARE(std::filesystem::status(m_files->path()).permissions(), perms::owner_all);
        for (const auto &entry : std::filesystem::directory_iterator(m_files->path()))
            QCOMPARE(entry.status().permissions(), perms::owner_read | perms::owner_write);
    }

    void directoryThatCannotBeMadeIsAFault()
    {
        QFile file(QString::fromStdString(m_files->path("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        Capture capture(smallPages());
        QVERIFY(!capture.persist(smallFiles(m_files->path("file"))));
        QVERIFY(capture.figures().fault.ends_with("Records are kept in memory only."));
        appendNumbered(capture, 0, 100);
        QCOMPARE(readAll(capture), allRight(100));
    }

    void savedCaptureHasAllRowsAndTheirNumbers()
    {
        const auto capture = m_files->open();
        appendNumbered(*capture, 0, 1'000);
        capture->clear();
        appendNumbered(*capture, 1'000, 3'000, std::make_shared<Origin>("python", "::1"));
        std::uint64_t reported = 0;
        QVERIFY(saveRecords(*capture, capture->snapshot(), m_files->path("saved.capture"), [&](std::uint64_t rows) {
            reported = rows;
            return true;
        }));
        QVERIFY(reported > 0);
        QVERIFY(CaptureFile::isCapture(m_files->path("saved.capture")));
        const auto saved = CaptureFile::open(m_files->path("saved.capture"));
        QVERIFY(saved.ok());
        QCOMPARE((*saved)->figures().firstRow, 1'000u);
        QCOMPARE(readAll(**saved), allRight(3'000));
        QCOMPARE((*saved)->sources().name(0).peer, std::string_view("::1"));
        QCOMPARE((*saved)->figures().errors, 30u);
    }

    void pickedRowsAreSavedAndNumberedAnew()
    {
        const auto capture = m_files->open();
        appendNumbered(*capture, 0, 5'000);
        std::vector<std::uint64_t> rows;
        for (std::uint64_t row = 3; row < 5'000; row += 7)
            rows.push_back(row);
        QVERIFY(saveRecords(*capture, capture->snapshot(), rows, m_files->path("picked")));
        const auto saved = CaptureFile::open(m_files->path("picked"));
        QVERIFY(saved.ok());
        const CaptureSnapshot snapshot = (*saved)->snapshot();
        QCOMPARE(snapshot.size(), rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i)
            QCOMPARE(snapshot.view(i).message, std::string_view(numbered(rows[i])));
    }

    void savingThatIsEndedLeavesWhatWasThere()
    {
        const auto capture = m_files->open();
        appendNumbered(*capture, 0, 5'000);
        QVERIFY(saveRecords(*capture, capture->snapshot(), m_files->path("saved")));
        const auto size = std::filesystem::file_size(m_files->path("saved"));
        appendNumbered(*capture, 5'000, 5'000);
        QVERIFY(!saveRecords(*capture, capture->snapshot(), m_files->path("saved"), [](std::uint64_t) { return false; }));
        QCOMPARE(std::filesystem::file_size(m_files->path("saved")), size);
        QVERIFY(!std::filesystem::exists(m_files->path("saved.part")));
    }

    void whatIsNoCaptureIsRefused()
    {
        QFile file(QString::fromStdString(m_files->path("text.log")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("2026-01-01 INFO nothing of a capture\n");
        file.close();
        const auto opened = CaptureFile::open(m_files->path("text.log"));
        QVERIFY(!opened);
        QVERIFY(opened.error().text.ends_with("is no capture, or nothing of it can be read."));
        QVERIFY(!CaptureFile::open(m_files->path("missing")));
        QVERIFY(!CaptureFile::isCapture(m_files->path("text.log")));
    }
};

QTEST_GUILESS_MAIN(CaptureFilesTest)
#include "CaptureFilesTest.moc"
