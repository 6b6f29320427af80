#include "base/PathWatch.h"

#include "support/Patience.h"

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <functional>

#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>

using namespace sluice;
namespace fs = std::filesystem;

Q_DECLARE_METATYPE(std::function<void(const fs::path &)>)

using Deed = std::function<void(const fs::path &folder)>;

namespace {

void write(const fs::path &path) { std::ofstream(path, std::ios::app) << "text\n"; }

} // namespace

/// Whether what happens to a path is seen, and nothing else. The watched one is above/in/log.
class PathWatchTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    fs::path folder() const { return m_folder->path().toStdString(); }
    fs::path log() const { return folder() / "above" / "in" / "log"; }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        fs::create_directories(log().parent_path());
        write(log());
    }

    void whatHappensToThePathIsSeen_data()
    {
        QTest::addColumn<Deed>("deed");
        QTest::newRow("moved") << Deed([](const fs::path &top) { fs::rename(top / "above/in/log", top / "above/in/log.1"); });
        QTest::newRow("moved to another folder") << Deed([](const fs::path &top) { fs::rename(top / "above/in/log", top / "log"); });
        QTest::newRow("another put in its place") << Deed([](const fs::path &top) {
            write(top / "other");
            fs::rename(top / "other", top / "above/in/log");
        });
        QTest::newRow("removed") << Deed([](const fs::path &top) { fs::remove(top / "above/in/log"); });
        QTest::newRow("removed, and there by another name") << Deed([](const fs::path &top) {
            fs::create_hard_link(top / "above/in/log", top / "kept");
            fs::remove(top / "above/in/log");
        });
        QTest::newRow("moved and made anew") << Deed([](const fs::path &top) {
            fs::rename(top / "above/in/log", top / "above/in/log.1");
            write(top / "above/in/log");
        });
        QTest::newRow("its folder moved") << Deed([](const fs::path &top) { fs::rename(top / "above/in", top / "above/out"); });
        QTest::newRow("a folder above moved") << Deed([](const fs::path &top) { fs::rename(top / "above", top / "below"); });
        QTest::newRow("a folder replaced by a link") << Deed([](const fs::path &top) {
            fs::rename(top / "above", top / "below");
            fs::create_directory_symlink(top / "below", top / "above");
        });
        QTest::newRow("a folder closed") << Deed([](const fs::path &top) { fs::permissions(top / "above", fs::perms::owner_exec); });
    }
    void whatHappensToThePathIsSeen()
    {
        QFETCH(const Deed, deed);
        PathWatch watch;
        if (!watch.begin(log().string()))
            QSKIP("Paths cannot be watched here");
        QVERIFY(watch.isQuiet());
        deed(folder());
        QVERIFY(!watch.isQuiet());
        QVERIFY(!watch.isQuiet()); // until it is begun anew
        std::error_code whereItIsGone;
        fs::permissions(folder() / "above", fs::perms::owner_all, whereItIsGone);
    }

    void writersAndNeighboursAreNoNews()
    {
        PathWatch watch;
        if (!watch.begin(log().string()))
            QSKIP("Paths cannot be watched here");
        write(log());
        fs::resize_file(log(), 2);
        write(log().parent_path() / "log.1");
        fs::remove(log().parent_path() / "log.1");
        fs::create_directory(folder() / "above" / "beside");
        fs::rename(folder() / "above" / "beside", folder() / "beside");
        QVERIFY(watch.isQuiet());
    }

    void isBegunAnew()
    {
        PathWatch watch;
        if (!watch.begin(log().string()))
            QSKIP("Paths cannot be watched here");
        fs::rename(log(), folder() / "log");
        write(log());
        QVERIFY(!watch.isQuiet());
        QVERIFY(watch.begin(log().string()));
        QVERIFY(watch.isQuiet());
        fs::remove(folder() / "log");
        QVERIFY(watch.isQuiet());
        fs::remove(log());
        QVERIFY(!watch.isQuiet());
    }

    void whatIsMountedOverAFolderIsSeen()
    {
        PathWatch watch;
        // For this test alone: its own view of what is mounted, which needs root.
        if (unshare(CLONE_NEWNS) != 0 || mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
            QSKIP("Nothing can be mounted here");
        if (!watch.begin(log().string()))
            QSKIP("Paths cannot be watched here");
        QVERIFY(watch.isQuiet());
        QCOMPARE(mount("none", (folder() / "above").c_str(), "tmpfs", 0, nullptr), 0);
        QVERIFY(!watch.isQuiet());
        QVERIFY(!fs::exists(log()));
        QCOMPARE(umount((folder() / "above").c_str()), 0);
        QVERIFY(watch.begin(log().string()));
        QVERIFY(watch.isQuiet());
    }

    void pathsThatCannotBeWatchedAreRefused()
    {
        PathWatch watch;
        QVERIFY(!watch.begin("log"));
        QVERIFY(!watch.begin((folder() / "nowhere").string()));
        QVERIFY(!watch.begin((folder() / "above" / "in").string()));
        QVERIFY(!watch.begin((folder() / "above" / ".." / "above" / "in" / "log").string()));
        QVERIFY(!watch.begin("/proc/self/status"));
        fs::create_directory_symlink(folder() / "above", folder() / "link");
        QVERIFY(!watch.begin((folder() / "link" / "in" / "log").string()));
        fs::create_symlink(log(), folder() / "log");
        QVERIFY(!watch.begin((folder() / "log").string()));
        QVERIFY(!watch.isOn());
    }
};

QTEST_GUILESS_MAIN(PathWatchTest)
#include "PathWatchTest.moc"
