#include "capture/LogFile.h"
#include "handler/FileCompression.h"
#include "support/FileSizeLimit.h"
#include "support/Patience.h"
#include "support/SystemWords.h"

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

using namespace sluice;

namespace {

std::string message(int i) { return "record " + std::to_string(i) + " says what row it is"; }

/// Python's usual lines, of times that are all different so that they are not packed too well.
std::string lines(int from, int to)
{
    std::string text;
    for (int i = from; i < to; ++i) {
        char time[32];
        std::snprintf(time, sizeof time, "2026-03-01 %02d:%02d:%02d,%03d", i / 3'600'000 % 24, i / 60'000 % 60, i / 1000 % 60,
                      i % 1000);
        text += std::string(time) + " - app.db - " + (i % 10 ? "INFO" : "ERROR") + " - " + message(i) + "\n";
    }
    return text;
}

} // namespace

/// Logs that gzip or zstd has packed, as stores of records.
class PackedLogTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    std::string path(const std::string &name) const { return m_folder->path().toStdString() + "/" + name; }
    std::string scratch() const { return path("scratch"); }

    std::string write(const std::string &name, const std::string &bytes) const
    {
        std::ofstream(path(name), std::ios::binary) << bytes;
        return path(name);
    }
    static std::string bytesOf(const std::string &path)
    {
        std::ostringstream bytes;
        bytes << std::ifstream(path, std::ios::binary).rdbuf();
        return bytes.str();
    }
    /// As the rotating handlers do it.
    std::string packed(const std::string &text, Compression compression = Compression::Gzip) const
    {
        const std::string plain = write("plain", text);
        if (const Status status = compressFile(plain, compression); !status)
            qFatal("%s", status.error().text.c_str());
        return bytesOf(plain + std::string(endingOf(compression)));
    }

    LogFile::Options options() const { return {.pageBytes = 4096, .scratch = scratch()}; }

    static bool isRead(const LogFile &file)
    {
        return QTest::qWaitFor([&] { return file.progress().isSummarized; }, test::patience);
    }
    static int wrongRows(const LogFile &file)
    {
        int wrong = 0;
        const CaptureSnapshot snapshot = file.snapshot();
        for (std::uint64_t row = 0; row < snapshot.endRow(); ++row)
            wrong += snapshot.view(row).message != message(static_cast<int>(row));
        return wrong;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void itsRecordsAreThoseOfTheLog_data()
    {
        QTest::addColumn<int>("compression");
        QTest::newRow("gzip") << int(Compression::Gzip);
        QTest::newRow("zstd") << int(Compression::Zstd);
    }
    void itsRecordsAreThoseOfTheLog()
    {
        QFETCH(int, compression);
        // Told by what is in it. More than all the steps that it is unpacked by at first.
        const std::string text = lines(0, 300'000);
        QVERIFY(text.size() > 18u << 20);
        auto file = LogFile::open(write("app.log.1", packed(text, Compression(compression))), {.scratch = scratch()});
        QVERIFY2(file.ok(), file.ok() ? "" : file.error().text.c_str());
        QVERIFY((*file)->isPacked());
        QVERIFY(isRead(**file));
        QCOMPARE((*file)->endRow(), 300'000u);
        QCOMPARE(wrongRows(**file), 0);
        QVERIFY((*file)->format()->name().starts_with("python"));
        QCOMPARE((*file)->figures().errors, 30'000u);
        QCOMPARE((*file)->figures().fault, std::string());
        QCOMPARE((*file)->figures().diskBytes, std::uint64_t(text.size()));
        QCOMPARE((*file)->progress().bytes, std::uint64_t(text.size()));
        // However the program ends, nothing is left of what was unpacked.
        if (isWindows) // a Windows before 10, and Wine, keep a name for it until it is closed, by whomever
            file->reset();
        QVERIFY(std::filesystem::is_empty(scratch()));
    }

    void theFirstRecordsAreThereBeforeTheRestIsUnpacked()
    {
        const std::string bytes = packed(lines(0, 300'000));
        const auto file = LogFile::open(write("app.log.gz", bytes), options());
        QVERIFY(file.ok());
        QTRY_VERIFY((*file)->endRow() > 0 || (*file)->progress().isIndexed);
        const LogFile::Progress progress = (*file)->progress();
        QVERIFY(progress.isUnpacking ? progress.bytes <= bytes.size() && progress.total == bytes.size() : progress.isIndexed || progress.bytes > 0);
        (*file)->cancel();
        const std::uint64_t rows = (*file)->endRow();
        QVERIFY(rows <= 300'000u);
        QCOMPARE(wrongRows(**file), 0);
    }

    void membersAndFramesInARowAreOneText()
    {
        for (const Compression compression : {Compression::Gzip, Compression::Zstd}) {
            const std::string bytes = packed(lines(0, 500), compression) + packed(lines(500, 900), compression);
            const auto file = LogFile::open(write("two", bytes), options());
            QVERIFY(file.ok());
            QVERIFY(isRead(**file));
            QCOMPARE((*file)->endRow(), 900u);
            QCOMPARE(wrongRows(**file), 0);
            QCOMPARE((*file)->figures().fault, std::string());
        }
    }

    void oneThatIsCutOffIsShownAsFarAsItGoesAndSaysWhere()
    {
        for (const Compression compression : {Compression::Gzip, Compression::Zstd}) {
            const std::string bytes = packed(lines(0, 60'000), compression);
            const std::size_t half = bytes.size() / 2;
            const auto file = LogFile::open(write("cut", bytes.substr(0, half)), options());
            QVERIFY(file.ok());
            QVERIFY(isRead(**file));
            QVERIFY2((*file)->endRow() > 10'000u && (*file)->endRow() < 50'000u, qPrintable(QString::number((*file)->endRow())));
            QVERIFY(wrongRows(**file) <= 1); // the last line is half there
            const std::string fault = (*file)->figures().fault;
            QVERIFY2(fault.find("at byte " + std::to_string(half) + " of the packed file it is cut off") != fault.npos, fault.c_str());
            QVERIFY2(fault.find("ends after " + std::to_string((*file)->progress().total) + " bytes") != fault.npos, fault.c_str());
        }
        // Within its header nothing can be shown.
        const auto file = LogFile::open(write("cut", packed(lines(0, 10)).substr(0, 6)), options());
        QVERIFY(!file.ok());
        QVERIFY2(file.error().text.find("cut off") != std::string::npos, file.error().text.c_str());
    }

    void oneThatIsDamagedAnywhereIsShownAsFarAsItGoes()
    {
        std::mt19937 random(5);
        for (const Compression compression : {Compression::Gzip, Compression::Zstd}) {
            const std::string bytes = packed(lines(0, 4'000), compression);
            for (int round = 0; round < 40; ++round) {
                std::string damaged = bytes;
                damaged[4 + random() % (damaged.size() - 4)] ^= static_cast<char>(1 + random() % 255);
                const auto file = LogFile::open(write("damaged", damaged), options());
                if (!file.ok()) {
                    QVERIFY(!file.error().text.empty());
                    continue;
                }
                QVERIFY(isRead(**file));
                QVERIFY((*file)->progress().total <= lines(0, 4'000).size() + (1 << 20));
            }
        }
    }

    void whatStandsBehindItIsSaid()
    {
        for (const Compression compression : {Compression::Gzip, Compression::Zstd}) {
            const auto file = LogFile::open(write("more", packed(lines(0, 500), compression) + "and more"), options());
            QVERIFY(file.ok());
            QVERIFY(isRead(**file));
            QCOMPARE((*file)->endRow(), 500u);
            QVERIFY((*file)->figures().fault.find("something that is not packed follows") != std::string::npos);
        }
        // Zeros fill a tape's last block.
        const auto file = LogFile::open(write("tape", packed(lines(0, 500)) + std::string(3'000, '\0')), options());
        QVERIFY(isRead(**file));
        QCOMPARE((*file)->figures().fault, std::string());
    }

    void oneThatUnpacksToMuchIsUnpackedToALimitWhichIsSaid()
    {
        // 64 MiB in 64 KiB.
        const std::string bomb = packed(std::string(64 << 20, 'x'));
        QVERIFY(bomb.size() < 100'000);
        LogFile::Options limited = options();
        limited.unpackLimit = 3 << 20;
        const auto file = LogFile::open(write("bomb.gz", bomb), limited);
        QVERIFY(file.ok());
        QVERIFY(isRead(**file));
        QCOMPARE((*file)->figures().diskBytes, std::uint64_t{3 << 20});
        QVERIFY2((*file)->figures().fault.find("ends after 3 MiB: of one packed file no more is unpacked") != std::string::npos,
                 (*file)->figures().fault.c_str());
    }

    void aDiskThatRefusesIsSaid()
    {
        const std::string bytes = packed(lines(0, 30'000));
        const std::string log = write("app.log.gz", bytes);
        const FileSizeLimit limit(1 << 20);
        if (!limit.isSet())
            QSKIP("This system limits no sizes.");
        const auto file = LogFile::open(log, options());
        QVERIFY(file.ok());
        QVERIFY(isRead(**file));
        QVERIFY((*file)->endRow() > 5'000u);
        QVERIFY2((*file)->figures().fault.find("cannot be unpacked further") != std::string::npos, (*file)->figures().fault.c_str());
    }

    void aFolderThatCannotBeMadeIsAnError()
    {
        LogFile::Options nowhere = options();
        nowhere.scratch = write("file", "x") + "/below";
        const auto file = LogFile::open(write("app.log.gz", packed(lines(0, 10))), nowhere);
        QVERIFY(!file.ok());
        QVERIFY2(file.error().text.find("app.log.gz cannot be unpacked") != std::string::npos, file.error().text.c_str());
    }
};

QTEST_GUILESS_MAIN(PackedLogTest)
#include "PackedLogTest.moc"
