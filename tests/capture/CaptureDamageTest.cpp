#include "capture/CaptureFile.h"
#include "capture/CaptureFixture.h"
#include "support/Patience.h"

#include <QFile>

#include <filesystem>
#include <random>

using namespace sluice;
using namespace sluice::test;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t rows = 4'000;

std::vector<std::filesystem::path> filesIn(const std::string &directory)
{
    std::vector<std::filesystem::path> found;
    for (const auto &entry : std::filesystem::directory_iterator(directory)) {
        if (entry.path().filename() != "lock" && entry.file_size() > 0)
            found.push_back(entry.path());
    }
    std::ranges::sort(found);
    return found;
}

void flip(const std::filesystem::path &path, std::uint64_t at, unsigned char bits)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
    QVERIFY(file.seek(qint64(at)));
    char byte = 0;
    QVERIFY(file.getChar(&byte));
    QVERIFY(file.seek(qint64(at)));
    QVERIFY(file.putChar(char(static_cast<unsigned char>(byte) ^ bits)));
}

} // namespace

class CaptureDamageTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<CaptureFixture> m_files;
    std::string m_copy;
    std::uint64_t m_rowsOfLargestPage = 0;

    void copyFresh()
    {
        std::filesystem::remove_all(m_copy);
        std::filesystem::copy(m_files->path(), m_copy);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_files = std::make_unique<CaptureFixture>();
        m_copy = m_files->path("copy.capture");
        // As a program leaves it that was killed: whole pages, and the parts of the last one.
        const auto capture = m_files->open("running.capture");
        for (std::uint64_t row = 0; row < rows; row += 1'000)
            appendNumbered(*capture, row, 1'000);
        QVERIFY(capture->waitUntilWritten(test::longWait));
        appendNumbered(*capture, rows, 7);
        QVERIFY(capture->waitUntilWritten(test::longWait));
        std::filesystem::copy(m_files->path("running.capture"), m_files->path());
        const CaptureSnapshot snapshot = capture->snapshot();
        for (std::size_t i = 0; i < snapshot.pageCount(); ++i)
            m_rowsOfLargestPage = std::max<std::uint64_t>(m_rowsOfLargestPage, snapshot.rowsOf(i));
        QVERIFY(filesIn(m_files->path()).size() > 3);
    }

    void undamagedCopyIsWhole()
    {
        copyFresh();
        const auto file = CaptureFile::open(m_copy);
        QVERIFY(file.ok());
        QCOMPARE(readAll(**file), (Reading{rows + 7, 0, 0}));
        QCOMPARE((*file)->figures().damage, std::string());
    }

    void bytesBehindTheLastFrameAreDamage_data()
    {
        QTest::addColumn<int>("bytes");
        for (const int bytes : {1, 2, 7, 8, 9, 100})
            QTest::addRow("%d", bytes) << bytes;
    }

    void bytesBehindTheLastFrameAreDamage()
    {
        QFETCH(int, bytes);
        copyFresh();
        QFile last(QString::fromStdString(filesIn(m_copy).back().string()));
        QVERIFY(last.open(QIODevice::Append));
        QCOMPARE(last.write(QByteArray(bytes, 'x')), qint64(bytes));
        last.close();
        const auto file = CaptureFile::open(m_copy);
        QVERIFY(file.ok());
        QCOMPARE(readAll(**file), (Reading{rows + 7, 0, 0}));
        QVERIFY(!(*file)->figures().damage.empty());
    }

    void flippedBitsCostTheirPageOnlyAndAreSaid_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 150; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

    void flippedBitsCostTheirPageOnlyAndAreSaid()
    {
        QFETCH(unsigned, seed);
        std::mt19937 random(seed);
        copyFresh();
        const auto files = filesIn(m_copy);
        const int flips = 1 + int(random() % 3);
        for (int i = 0; i < flips; ++i) {
            const auto &path = files[random() % files.size()];
            flip(path, random() % std::filesystem::file_size(path), static_cast<unsigned char>(1u << random() % 8));
        }
        const auto file = CaptureFile::open(m_copy);
        QVERIFY(file.ok());
        const Reading reading = readAll(**file);
        const RecordStore::Figures figures = (*file)->figures();
        QCOMPARE(reading.wrong, 0u);
        // What is behind the last frame that can be read has left no number.
        const std::uint64_t missing = rows + 7 - std::min(rows + 7, figures.endRow);
        QVERIFY2(reading.lost + missing <= flips * m_rowsOfLargestPage,
                 std::to_string(reading.lost + missing).c_str());
        QCOMPARE(reading.right + reading.lost + missing, rows + 7);
        QVERIFY(figures.lost >= reading.lost);
        // A flip that hits the first frame of a file, or is undone by another, may cost nothing.
        if (reading.lost + missing > 0)
            QVERIFY(figures.damage.find("damaged at byte") != std::string::npos);
    }

    void truncatedFileKeepsWhatIsBeforeTheCut_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 60; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

    void truncatedFileKeepsWhatIsBeforeTheCut()
    {
        QFETCH(unsigned, seed);
        std::mt19937 random(seed);
        copyFresh();
        const auto files = filesIn(m_copy);
        const auto &path = files[random() % files.size()];
        std::filesystem::resize_file(path, random() % std::filesystem::file_size(path));
        const auto file = CaptureFile::open(m_copy);
        QVERIFY(file.ok());
        const Reading reading = readAll(**file);
        QCOMPARE(reading.wrong, 0u);
        QVERIFY(reading.right > rows / 2);
        if (reading.lost > 0)
            QVERIFY(!(*file)->figures().damage.empty());
    }

    void damagedCaptureGoesOn()
    {
        copyFresh();
        const auto files = filesIn(m_copy);
        flip(files.front(), std::filesystem::file_size(files.front()) / 2, 4);
        std::uint64_t lost = 0;
        {
            const auto capture = m_files->open("copy.capture");
            QCOMPARE(capture->endRow(), rows + 7);
            lost = readAll(*capture).lost;
            QVERIFY(lost > 0);
            QVERIFY(capture->figures().damage.ends_with("."));
            appendNumbered(*capture, rows + 7, 1'000);
            QCOMPARE(readAll(*capture), (Reading{rows + 1'007 - lost, lost, 0}));
        }
        const auto capture = m_files->open("copy.capture");
        QCOMPARE(readAll(*capture), (Reading{rows + 1'007 - lost, lost, 0}));
        QCOMPARE(capture->figures().lost, lost);
    }

    void fileThatIsGoneIsSaid()
    {
        copyFresh();
        const auto files = filesIn(m_copy);
        std::filesystem::remove(files[1]);
        const auto file = CaptureFile::open(m_copy);
        const Reading reading = readAll(**file);
        QVERIFY(reading.lost > 0);
        QCOMPARE(reading.right + reading.lost, rows + 7);
        QVERIFY((*file)->figures().damage.find("their file is gone") != std::string::npos);
    }

    void numbersThatCannotBeAreNotFollowed()
    {
        // A frame of somebody who made it up: its rows are said to be the last there can be.
        const auto folder = m_files->path("strange.capture");
        std::filesystem::create_directory(folder);
        const auto capture = m_files->open("other.capture");
        appendNumbered(*capture, 0, 100);
        QVERIFY(capture->waitUntilWritten(test::longWait));
        const auto loggers = capture->sharedLoggers();
        FrameWriter frames(loggers, capture->sharedSources(), false);
        const auto block = capture->snapshot().page(0)->resident();
        auto far = std::make_shared<CaptureBlock>((std::uint64_t{1} << 61), block->capacity());
        far->putText(block->allText());
        for (std::uint32_t i = 0; i < block->rowCount(); ++i)
            far->putRow(block->row(i));
        far->publish();
        std::string bytes(frames.begin(0));
        bytes += frames.block(*block, PageSummary::of(*block), false);
        bytes += frames.block(*far, PageSummary::of(*far), false);
        QFile out(QString::fromStdString(folder + "/" + CaptureWriter::segmentName(1)));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(bytes.data(), qint64(bytes.size()));
        out.close();
        const auto file = CaptureFile::open(folder);
        QVERIFY(file.ok());
        QCOMPARE((*file)->endRow(), 200u);
        QCOMPARE((*file)->snapshot().view(150).message, std::string_view(numbered(50)));
    }
};

QTEST_GUILESS_MAIN(CaptureDamageTest)
#include "CaptureDamageTest.moc"
