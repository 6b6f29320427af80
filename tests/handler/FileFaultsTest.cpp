#include "handler/RotatingFileHandler.h"
#include "handler/RotationFixture.h"
#include "handler/TimedRotatingFileHandler.h"
#include "handler/WatchedFileHandler.h"
#include "support/Patience.h"

#include <filesystem>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace sluice;

namespace {

/// A small disk, seen by this thread and those it starts only, and gone with it.
class SmallDisk
{
public:
    explicit SmallDisk(std::string path, const char *options) : m_path(std::move(path))
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

private:
    std::string m_path;
    bool m_mounted = false;
};

/// For as long as it lives this process may not write what is not its own, though it is root's.
class Unprivileged
{
public:
    Unprivileged() : m_was(::geteuid()) { m_is = m_was != 0 || ::seteuid(65534) == 0; }
    ~Unprivileged() { (void)!::seteuid(m_was); }
    bool is() const { return m_is; }

private:
    uid_t m_was;
    bool m_is;
};

RolloverSchedule everySecond()
{
    RolloverSchedule::Options options;
    options.when = "S";
    options.utc = true;
    return *RolloverSchedule::create(options);
}

constexpr double noon = 1717588800;

bool wholeLines(const std::string &content, std::size_t length)
{
    for (std::size_t at = 0; at < content.size(); at += length + 1) {
        if (content.find('\n', at) != at + length)
            return false;
    }
    return true;
}

} // namespace

class FileFaultsTest : public QObject
{
    Q_OBJECT

private:
    static void handle(Handler &handler, const std::string &message)
    {
        handler.handle(test::Records({message}).all());
    }

    std::unique_ptr<test::RotationFixture> m_files;

private Q_SLOTS:
    void init() { m_files = std::make_unique<test::RotationFixture>(); }

    void fullDiskLosesOnlyWhatDoesNotFit()
    {
        const SmallDisk disk(m_files->path(""), "size=64k");
        if (!disk.isMounted())
            QSKIP("only root can mount a small disk");
        WatchedFileHandler handler(m_files->options());
        test::Errors errors(handler);
        const std::string line(999, 'x');
        for (int i = 0; i < 10; ++i)
            handler.handle(test::Records(std::vector<std::string>(10, line)).all());
        QCOMPARE(m_files->content("log").size(), 65'000u);
        QVERIFY(wholeLines(m_files->content("log"), 999));
        QCOMPARE(errors.seen.size(), 35u);
        QVERIFY(errors.seen[0].ends_with("No space left on device."));
        // Room again: it goes on.
        std::filesystem::resize_file(m_files->path("log"), 0);
        handle(handler, "after");
        QCOMPARE(m_files->content("log"), std::string("after\n"));
        QCOMPARE(handler.counters().failed, 35u);
    }

    void fullDiskDoesNotStopRotation()
    {
        const SmallDisk disk(m_files->path(""), "size=64k");
        if (!disk.isMounted())
            QSKIP("only root can mount a small disk");
        RotatingFileHandler handler(m_files->options(), 30'000, 3);
        test::Errors errors(handler);
        const std::string line(999, 'x');
        for (int i = 0; i < 200; ++i)
            handle(handler, line);
        // Two of 29 lines, and what fits behind them; the third never fills.
        QCOMPARE(m_files->names(), (std::vector<std::string>{"log", "log.1", "log.2"}));
        QVERIFY(wholeLines(m_files->content("log"), 999));
        std::size_t lines = 0;
        for (const std::string &name : m_files->names())
            lines += m_files->content(name).size() / 1000;
        QCOMPARE(lines + errors.seen.size(), 200u);
    }

    void fullDiskKeepsTheFileThatCannotBeCompressed()
    {
        const SmallDisk disk(m_files->path(""), "size=128k");
        if (!disk.isMounted())
            QSKIP("only root can mount a small disk");
        std::string noise;
        for (std::uint32_t i = 0, x = 1; i < 100'000; ++i, x = x * 1664525 + 1013904223)
            noise += static_cast<char>(33 + (x >> 16) % 90);
        TimedRotatingFileHandler handler(m_files->options(), everySecond(), 2);
        handler.setRecordClock(true);
        handler.setCompression(Compression::Gzip);
        test::Errors errors(handler);
        m_files->handleAt(handler, noon, noise);
        m_files->handleAt(handler, noon + 1, "next");
        handler.close();
        QCOMPARE(m_files->names(), (std::vector<std::string>{"log", "log.2024-06-05_12-00-00"}));
        QVERIFY(m_files->content("log.2024-06-05_12-00-00") == noise + "\n");
        QCOMPARE(errors.seen.size(), 1u);
        QVERIFY2(errors.seen[0].starts_with(": The old file stays uncompressed. Cannot write to "),
                 errors.seen[0].c_str());
        QCOMPARE(handler.counters().failed, 0u);
    }

    void readOnlyFolderKeepsTheFileGoing()
    {
        QVERIFY(std::filesystem::create_directory(m_files->path("sub")));
        ::chmod(m_files->path("").c_str(), 0755);
        FileHandler::Options options = m_files->options();
        options.filename = m_files->path("sub/log");
        test::writeFile(options.filename, "");
        ::chmod(options.filename.c_str(), 0666);
        ::chmod(m_files->path("sub").c_str(), 0555);
        const Unprivileged now;
        if (!now.is())
            QSKIP("the rights of root cannot be given up");
        TimedRotatingFileHandler timed(options, everySecond(), 2);
        timed.setRecordClock(true);
        test::Errors errors(timed);
        for (int i = 0; i < 10; ++i)
            m_files->handleAt(timed, 4e9 + i, std::to_string(i));
        QCOMPARE(errors.seen.size(), 1u);
        QVERIFY2(errors.seen[0].starts_with(": Cannot rename to ") &&
                     errors.seen[0].ends_with("Permission denied."),
                 errors.seen[0].c_str());
        RotatingFileHandler sized(options, 10, 2);
        test::Errors more(sized);
        handle(sized, "a");
        handle(sized, "b");
        QCOMPARE(more.seen.size(), 1u);
        QCOMPARE(m_files->content("sub/log"), std::string("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\na\nb\n"));
        // Nor can another file be made there: each record says so.
        options.filename = m_files->path("sub/other");
        FileHandler other(options);
        test::Errors each(other);
        handle(other, "c");
        handle(other, "d");
        QCOMPARE(each.seen.size(), 2u);
    }

    void vanishedFolderLosesWhatComesUntilItIsBack()
    {
        QVERIFY(std::filesystem::create_directory(m_files->path("sub")));
        FileHandler::Options options = m_files->options();
        options.filename = m_files->path("sub/log");
        RotatingFileHandler handler(options, 4, 2);
        test::Errors errors(handler);
        handle(handler, "aaa");
        std::filesystem::remove_all(m_files->path("sub"));
        handle(handler, "bbb");
        handle(handler, "ccc");
        QCOMPARE(errors.seen.size(), 2u);
        QVERIFY(errors.seen[0].starts_with("bbb: Cannot open "));
        QVERIFY(std::filesystem::create_directory(m_files->path("sub")));
        handle(handler, "ddd");
        QCOMPARE(m_files->content("sub/log"), std::string("ddd\n"));
        QCOMPARE(errors.seen.size(), 2u);
    }

    void failedRolloversPushOutNoOldFiles()
    {
        RotatingFileHandler handler(m_files->options(), 4, 3);
        test::Errors errors(handler);
        handler.setRetryDelay(std::chrono::milliseconds(0));
        for (const char *text : {"aaa", "bbb", "ccc"})
            handle(handler, text);
        handler.setRotator([](const std::string &, const std::string &) { return Status(Error{"no"}); });
        for (const char *text : {"ddd", "eee", "fff"})
            handle(handler, text);
        QCOMPARE(m_files->names(), (std::vector<std::string>{"log", "log.2", "log.3"}));
        QCOMPARE(m_files->content("log.3"), std::string("aaa\n"));
        QCOMPARE(m_files->content("log"), std::string("ccc\nddd\neee\nfff\n"));
        QCOMPARE(errors.seen, (std::vector<std::string>{": no"}));
        handler.setRotator({});
        handle(handler, "ggg");
        QCOMPARE(m_files->names(), (std::vector<std::string>{"log", "log.1", "log.2", "log.3"}));
        QCOMPARE(m_files->content("log.1"), std::string("ccc\nddd\neee\nfff\n"));
    }

    void textThatCannotBeEncodedIsLostAlone()
    {
        FileHandler::Options options = m_files->options();
        options.encoder = *TextEncoder::create("ascii", "");
        TimedRotatingFileHandler timed(options, everySecond(), 2);
        test::Errors errors(timed);
        timed.handle(test::Records({"a", "é", "b"}).all());
        QCOMPARE(m_files->content("log"), std::string("a\nb\n"));
        QCOMPARE(errors.seen.size(), 1u);
        QVERIFY(errors.seen[0].find("'ascii' codec can't encode character '\\xe9' in position 0") !=
                std::string::npos);
    }
};

QTEST_GUILESS_MAIN(FileFaultsTest)
#include "FileFaultsTest.moc"
