#include "capture/CaptureFile.h"
#include "capture/CaptureFixture.h"
#include "capture/LogFile.h"
#include "handler/FileCompression.h"
#include "support/Patience.h"
#include "support/Program.h"

#include <chrono>
#include <fstream>
#include <sched.h>
#include <sys/mount.h>

using namespace sluice;
using namespace sluice::test;
using namespace std::chrono_literals;

namespace {

/// A small disk, seen by this thread and those it starts only, and gone with it.
class SmallDisk
{
public:
    SmallDisk(std::string path, const char *options) : m_path(std::move(path))
    {
        static const bool alone =
            ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
        m_mounted = alone && ::mount("tmpfs", m_path.c_str(), "tmpfs", 0, options) == 0;
    }
    ~SmallDisk()
    {
        if (m_mounted)
            ::umount2(m_path.c_str(), MNT_DETACH);
    }
    bool isMounted() const { return m_mounted; }
    void grow(const char *options) { ::mount("tmpfs", m_path.c_str(), "tmpfs", MS_REMOUNT, options); }

private:
    std::string m_path;
    bool m_mounted = false;
};

} // namespace

class CaptureFaultsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<CaptureFixture> m_files;

private Q_SLOTS:
    void init() { m_files = std::make_unique<CaptureFixture>(); }

    void killedProgramLosesNoMoreThanASecond()
    {
        std::uint64_t mustBeThere = 0;
        std::int64_t killedAt = 0;
        std::vector<std::pair<std::int64_t, std::uint64_t>> said;
        {
            Program program(QStringLiteral(SLUICE_APPEND_ENDLESSLY), {QString::fromStdString(m_files->path())},
                            Program::Ending::Kill);
            while (said.empty() || said.back().first - said.front().first < 3'000'000'000) {
                const QByteArray line = program.readLine();
                QVERIFY2(!line.isEmpty(), program.errors().constData());
                const QList<QByteArray> words = line.split(' ');
                said.emplace_back(words[0].toLongLong(), words[1].toULongLong());
            }
            killedAt = std::chrono::steady_clock::now().time_since_epoch().count();
        }
        for (const auto &[when, rows] : said) {
            if (when <= killedAt - 1'000'000'000)
                mustBeThere = rows;
        }
        QVERIFY(mustBeThere > 0);
        const auto file = CaptureFile::open(m_files->path());
        QVERIFY(file.ok());
        QVERIFY2((*file)->endRow() >= mustBeThere,
                 (std::to_string((*file)->endRow()) + " of " + std::to_string(mustBeThere)).c_str());
        const CaptureSnapshot snapshot = (*file)->snapshot();
        QCOMPARE(snapshot.firstRow(), 0u);
        for (std::uint64_t row = 0; row < snapshot.endRow(); ++row) {
            if (snapshot.view(row).message != "record " + std::to_string(row))
                QFAIL(("row " + std::to_string(row) + " says " + std::string(snapshot.view(row).message)).c_str());
        }
        QCOMPARE((*file)->figures().lost, 0u);
        // And it goes on there.
        Capture capture;
        QVERIFY(capture.persist({.directory = m_files->path()}));
        QCOMPARE(capture.endRow(), (*file)->endRow());
    }

    void fullDiskIsSaidAndRecordsStayInMemory()
    {
        const SmallDisk disk(m_files->path(""), "size=128k");
        if (!disk.isMounted())
            QSKIP("only root can mount a small disk");
        const auto capture = m_files->open("c", {.budget = 256 * 1024, .blockBytes = 8 * 1024});
        QVERIFY(capture);
        for (std::uint64_t row = 0; row < 20'000; row += 100)
            appendNumbered(*capture, row, 100);
        QTRY_VERIFY(capture->figures().fault.find("No space left on device") != std::string::npos);
        QVERIFY(capture->figures().fault.ends_with("Records are kept in memory only."));
        for (std::uint64_t row = 20'000; row < 40'000; row += 100)
            appendNumbered(*capture, row, 100);
        // What is on the disk and what is newest can be read; what fitted nowhere is said to be lost.
        QVERIFY(capture->figures().bytes <= 256 * 1024);
        QVERIFY(capture->figures().evicted > 0);
        const Reading reading = readAll(*capture);
        QCOMPARE(reading.wrong, 0u);
        QVERIFY(reading.lost > 0);
        const CaptureSnapshot snapshot = capture->snapshot();
        QCOMPARE(snapshot.view(snapshot.firstRow()).message, std::string_view(numbered(snapshot.firstRow())));
        QCOMPARE(snapshot.view(39'999).message, std::string_view(numbered(39'999)));
    }

    void roomAgainEndsTheFault()
    {
        SmallDisk disk(m_files->path(""), "size=128k");
        if (!disk.isMounted())
            QSKIP("only root can mount a small disk");
        Reading reading;
        {
            const auto capture = m_files->open("c");
            appendNumbered(*capture, 0, 10'000);
            QTRY_VERIFY(!capture->figures().fault.empty());
            disk.grow("size=8m");
            QTRY_VERIFY(capture->figures().fault.empty());
            QVERIFY(capture->waitUntilWritten(test::longWait));
            reading = readAll(*capture);
            QCOMPARE(reading, (Reading{10'000, 0, 0}));
        }
        const auto capture = m_files->open("c");
        QCOMPARE(readAll(*capture), reading);
        QCOMPARE(capture->figures().damage, std::string());
    }

    void aPackedLogLeavesHalfOfWhatIsFree()
    {
        const SmallDisk disk(m_files->path(""), "size=16m");
        if (!disk.isMounted())
            QSKIP("only root can mount a small disk");
        const std::string log = m_files->path("app.log");
        std::ofstream(log) << std::string(12 << 20, 'x');
        QVERIFY(compressFile(log, Compression::Gzip).ok());
        const auto file = LogFile::open(log + ".gz", {.scratch = m_files->path("scratch")});
        QVERIFY(file.ok());
        QTRY_VERIFY((*file)->progress().isSummarized);
        const auto left = files::freeSpace(m_files->path(""));
        QVERIFY2(left && *left > 7u << 20, std::to_string(left.value_or(0)).c_str());
        QVERIFY2((*file)->figures().fault.find("too little of the disk") != std::string::npos, (*file)->figures().fault.c_str());
        QVERIFY((*file)->figures().diskBytes > 7u << 20);
    }
};

QTEST_GUILESS_MAIN(CaptureFaultsTest)
#include "CaptureFaultsTest.moc"
