#include "capture/CaptureFilter.h"
#include "capture/CaptureSearch.h"
#include "capture/LogFile.h"
#include "support/Patience.h"
#include "text/TextFormats.h"

#include <QFile>
#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <random>

using namespace sluice;

namespace {

std::string stamp(std::uint64_t i)
{
    char text[40];
    std::snprintf(text, sizeof text, "2026-03-%02u %02u:%02u:%02u,%03u", unsigned(i / 86'400'000 % 28 + 1),
                  unsigned(i / 3'600'000 % 24), unsigned(i / 60'000 % 60), unsigned(i / 1000 % 60), unsigned(i % 1000));
    return text;
}

std::string message(std::uint64_t i) { return "record " + std::to_string(i) + " says what row it is"; }

/// Python's usual lines; every tenth has a traceback below it.
std::string lines(std::uint64_t from, std::uint64_t to)
{
    std::string text;
    for (std::uint64_t i = from; i < to; ++i) {
        text += stamp(i) + " - app." + (i % 3 ? "db" : "http") + " - " + (i % 10 ? "INFO" : "ERROR") + " - " +
                message(i) + "\n";
        if (i % 10 == 0)
            text += "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    g()\nValueError: " +
                    std::to_string(i) + "\n";
    }
    return text;
}

} // namespace

class LogFileTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    std::string path(const char *name = "app.log") const
    {
        return m_folder->filePath(QString::fromLatin1(name)).toStdString();
    }

    void write(const std::string &text, const char *name = "app.log", std::ios::openmode mode = std::ios::trunc) const
    {
        std::ofstream(path(name), std::ios::binary | mode) << text;
    }

    static LogFile::Options smallPages() { return {.pageBytes = 4096}; }

    static bool waitUntilIndexed(const LogFile &file)
    {
        return QTest::qWaitFor([&] { return file.progress().isIndexed; }, test::patience);
    }

    static std::uint64_t wrongRows(const LogFile &file, std::uint64_t first = 0)
    {
        std::uint64_t wrong = 0;
        const CaptureSnapshot snapshot = file.snapshot();
        for (std::uint64_t row = snapshot.firstRow(); row < snapshot.endRow(); ++row)
            wrong += snapshot.view(row).message != message(row - first);
        return wrong;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void recordsAreThoseOfTheFormatWithTheirTracebacks()
    {
        write(lines(0, 5'000));
        const auto file = LogFile::open(path(), smallPages());
        QVERIFY(file.ok());
        QVERIFY(waitUntilIndexed(**file));
        QCOMPARE((*file)->endRow(), 5'000u);
        QVERIFY((*file)->snapshot().pageCount() > 20);
        QCOMPARE(wrongRows(**file), 0u);
        QVERIFY((*file)->format()->name().starts_with("python"));
        QVERIFY(!(*file)->explanation().empty());
        const CaptureSnapshot snapshot = (*file)->snapshot();
        const RowView view = snapshot.view(20);
        QCOMPARE(view.levelno, 40);
        QCOMPARE(view.logger, std::string_view("app.db"));
        QVERIFY(view.exception.ends_with("ValueError: 20"));
        QCOMPARE((*file)->sources().name(view.source).receiver, std::string_view("file"));
        QCOMPARE((*file)->progress().bytes, std::filesystem::file_size(path()));
    }

    void everyPageIsLookedAtForLoggersAndLevels()
    {
        write(lines(0, 3'000));
        const auto file = LogFile::open(path(), smallPages());
        QTRY_VERIFY((*file)->progress().isSummarized);
        QCOMPARE((*file)->figures().errors, 300u);
        QCOMPARE((*file)->loggers().size(), 2u);
        QCOMPARE((*file)->loggers().rows(0) + (*file)->loggers().rows(1), 3'000);
        QCOMPARE((*file)->sources().figures(0).rows, 3'000);
        QVERIFY((*file)->snapshot().page(0)->summary());
    }

    void largeFileGoneThroughByTwoThreadsHasTheSameRecords()
    {
        // More than both of the parts that threads take at once.
        write(lines(0, 350'000));
        QVERIFY(std::filesystem::file_size(path()) > 24u << 20);
        const auto file = LogFile::open(path(), {.summarize = false});
        QVERIFY(waitUntilIndexed(**file));
        QCOMPARE((*file)->endRow(), 350'000u);
        const CaptureSnapshot snapshot = (*file)->snapshot();
        for (std::uint64_t row = 0; row < 350'000; row += 997)
            QCOMPARE(snapshot.view(row).message, std::string_view(message(row)));
        for (std::size_t i = 1; i < snapshot.pageCount(); ++i)
            QCOMPARE(snapshot.view(snapshot.page(i)->firstRow()).message,
                     std::string_view(message(snapshot.page(i)->firstRow())));
    }

    void pagesThatAreCutAnywhereHaveTheSameRecords()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 20; ++round) {
            std::string text;
            for (int i = 0; i < 300; ++i) {
                const std::string first = stamp(i) + " - app - INFO - " + std::string(random() % 300, 'x');
                text += first + "\n";
                for (unsigned further = random() % 4; further > 0; --further)
                    text += "  more " + std::string(random() % 100, 'y') + "\n";
            }
            if (round % 2)
                text.pop_back(); // the last line may lack its end
            write(text);
            const auto file = LogFile::open(
                path(), {.pageBytes = 1 + random() % 2000, .format = textFormats::find("python-dashes")});
            QVERIFY(waitUntilIndexed(**file));
            QCOMPARE((*file)->endRow(), 300u);
            const CaptureSnapshot snapshot = (*file)->snapshot();
            for (std::uint64_t row = 0; row < 300; ++row)
                QVERIFY2(!snapshot.view(row).lost, std::string(snapshot.view(row).message).c_str());
        }
    }

    void linesInFrontOfTheFirstRecordAreARecord()
    {
        write("what came before\nand more of it\n" + lines(1, 30));
        const auto file = LogFile::open(path());
        QVERIFY(waitUntilIndexed(**file));
        QCOMPARE((*file)->endRow(), 30u);
        QCOMPARE((*file)->snapshot().view(0).message, std::string_view("what came before\nand more of it"));
        QCOMPARE((*file)->snapshot().view(1).message, std::string_view(message(1)));
    }

    void emptyFileHasNoRecordsUntilItGrows()
    {
        write("");
        const auto file = LogFile::open(path());
        QVERIFY(waitUntilIndexed(**file));
        QCOMPARE((*file)->snapshot().size(), 0u);
    }

    void lineWithoutEndIsOneRecord()
    {
        write(std::string(3'000'000, 'x'));
        const auto file = LogFile::open(path());
        QVERIFY(waitUntilIndexed(**file));
        QCOMPARE((*file)->endRow(), 1u);
        QCOMPARE((*file)->snapshot().view(0).message.size(), 3'000'000u);
    }

    void appendedRecordsComeAndRowsKeepTheirNumbers()
    {
        write(lines(0, 500));
        const auto file = LogFile::open(path(), smallPages());
        QVERIFY(waitUntilIndexed(**file));
        const std::uint64_t changes = (*file)->changes();
        write(lines(500, 1'000), "app.log", std::ios::app);
        QTRY_COMPARE((*file)->endRow(), 1'000u);
        QVERIFY((*file)->changes() > changes);
        QCOMPARE(wrongRows(**file), 0u);
        write("  and a line more for the last one\n", "app.log", std::ios::app);
        QTRY_VERIFY((*file)->snapshot().view(999).message.ends_with("the last one"));
        QCOMPARE((*file)->endRow(), 1'000u);
        QTRY_COMPARE((*file)->loggers().rows(0) + (*file)->loggers().rows(1), 1'000);
    }

    void shorterFileBeginsAnew()
    {
        write(lines(0, 500));
        const auto file = LogFile::open(path(), smallPages());
        QVERIFY(waitUntilIndexed(**file));
        write(lines(0, 20));
        QTRY_COMPARE((*file)->endRow(), 520u);
        QCOMPARE((*file)->figures().firstRow, 500u);
        QCOMPARE(wrongRows(**file, 500), 0u);
        QVERIFY(!(*file)->figures().fault.empty());
    }

    void replacedFileStaysAndTheNewOneFollows()
    {
        write(lines(0, 500));
        const auto file = LogFile::open(path(), smallPages());
        QVERIFY(waitUntilIndexed(**file));
        write(lines(500, 510), "app.log", std::ios::app);
        write(lines(510, 700), "next.log");
        std::filesystem::rename(path(), path("app.log.1"));
        std::filesystem::rename(path("next.log"), path());
        QTRY_COMPARE((*file)->endRow(), 700u);
        QCOMPARE((*file)->figures().firstRow, 0u);
        QCOMPARE(wrongRows(**file), 0u);
        QTRY_COMPARE((*file)->loggers().rows(0) + (*file)->loggers().rows(1), 700);
    }

    void goingThroughCanBeEnded()
    {
        write(lines(0, 100'000));
        CaptureSnapshot snapshot;
        {
            const auto file = LogFile::open(path(), smallPages());
            QTRY_VERIFY((*file)->endRow() > 0);
            (*file)->cancel();
            QVERIFY(!(*file)->progress().isSummarized);
            snapshot = (*file)->snapshot();
        }
        // What was known stays, even without the file's threads.
        QVERIFY(snapshot.size() > 0);
        QCOMPARE(snapshot.view(snapshot.endRow() - 1).message, std::string_view(message(snapshot.endRow() - 1)));
    }

    void searchFindsRowsOfPagesThatNobodyHasReadYet()
    {
        write(lines(0, 20'000));
        const auto file = LogFile::open(path(), {.budget = 64 * 1024, .pageBytes = 4096, .summarize = false});
        QVERIFY(waitUntilIndexed(**file));
        CaptureFilter filter;
        filter.text = "record 12345 says";
        CaptureSearch search(*file);
        const std::uint64_t generation = search.setFilter(filter);
        search.advance((*file)->endRow());
        std::vector<std::uint64_t> rows;
        QTRY_VERIFY(([&] {
            const auto found = search.take();
            rows.insert(rows.end(), found.rows.begin(), found.rows.end());
            return found.generation == generation && found.searchedTo >= 20'000;
        }()));
        QCOMPARE(rows, std::vector<std::uint64_t>{12'345});
    }

    void missingFileIsAnError()
    {
        QVERIFY(!LogFile::open(path("missing.log")));
        QVERIFY(!LogFile::open(m_folder->path().toStdString()));
    }
};

QTEST_GUILESS_MAIN(LogFileTest)
#include "LogFileTest.moc"
