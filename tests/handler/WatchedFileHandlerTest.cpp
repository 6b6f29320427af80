#include "handler/WatchedFileHandler.h"

#include "handler/RotationFixture.h"
#include "support/Patience.h"
#include "support/Python.h"
#include "support/SystemWords.h"

#include <filesystem>

using namespace sluice;

class WatchedFileHandlerTest : public QObject
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

    void goesOnInANewFileWhereTheOldWasMoved()
    {
        WatchedFileHandler handler(m_files->options());
        handle(handler, "a");
        QVERIFY(files::rename(m_files->path("log"), m_files->path("log.1")).ok());
        handle(handler, "b");
        QCOMPARE(m_files->content("log.1"), std::string("a\n"));
        QCOMPARE(m_files->content("log"), std::string("b\n"));
    }

    void goesOnInTheFileThatWasPutThere()
    {
        if (isWindows)
            QSKIP("Windows puts no file into the place of an open one");
        WatchedFileHandler handler(m_files->options());
        handle(handler, "a");
        test::writeFile(m_files->path("new"), "put here\n");
        QVERIFY(files::rename(m_files->path("new"), m_files->path("log")).ok());
        handle(handler, "b");
        QCOMPARE(m_files->content("log"), std::string("put here\nb\n"));
    }

    void seesEachOfManyReplacements()
    {
        WatchedFileHandler handler(m_files->options());
        for (int i = 0; i < 200; ++i) {
            handle(handler, std::to_string(i));
            QVERIFY(files::rename(m_files->path("log"), m_files->path(std::to_string(i))).ok());
        }
        for (int i = 0; i < 200; ++i)
            QCOMPARE(m_files->content(std::to_string(i)), std::to_string(i) + "\n");
    }

    void seesAReplacementHoweverManyRecordsCameBefore()
    {
        WatchedFileHandler handler(m_files->options());
        for (int file = 0; file < 3; ++file) {
            for (int i = 0; i < 300; ++i)
                handle(handler, "x");
            QVERIFY(files::rename(m_files->path("log"), m_files->path(std::to_string(file))).ok());
        }
        handle(handler, "y");
        for (int file = 0; file < 3; ++file)
            QCOMPARE(m_files->content(std::to_string(file)).size(), std::size_t(600));
        QCOMPARE(m_files->content("log"), std::string("y\n"));
    }

    void seesALinkThatLeadsElsewhereAfterManyRecords()
    {
        if (isWindows)
            QSKIP("Windows makes links for administrators alone");
        FileHandler::Options options = m_files->options();
        for (const char *day : {"monday", "tuesday"})
            QVERIFY(std::filesystem::create_directory(m_files->path(day)));
        std::filesystem::create_directory_symlink(m_files->path("monday"), m_files->path("today"));
        options.filename = m_files->path("today/log");
        WatchedFileHandler handler(options);
        for (int i = 0; i < 300; ++i)
            handle(handler, "x");
        std::filesystem::create_directory_symlink(m_files->path("tuesday"), m_files->path("next"));
        std::filesystem::rename(m_files->path("next"), m_files->path("today"));
        handle(handler, "y");
        QCOMPARE(m_files->content("monday/log").size(), std::size_t(600));
        QCOMPARE(m_files->content("tuesday/log"), std::string("y\n"));
    }

    void seesThatItsFolderWasReplaced()
    {
        FileHandler::Options options = m_files->options();
        QVERIFY(std::filesystem::create_directory(m_files->path("sub")));
        options.filename = m_files->path("sub/log");
        WatchedFileHandler handler(options);
        handle(handler, "a");
        std::filesystem::rename(m_files->path("sub"), m_files->path("moved"));
        QVERIFY(std::filesystem::create_directory(m_files->path("sub")));
        handle(handler, "b");
        QCOMPARE(m_files->content("moved/log"), std::string("a\n"));
        QCOMPARE(m_files->content("sub/log"), std::string("b\n"));
    }

    void vanishedFolderIsReportedByEachRecordUntilItIsBack()
    {
        if (isWindows)
            QSKIP("Windows removes no folder with an open file in it");
        FileHandler::Options options = m_files->options();
        QVERIFY(std::filesystem::create_directory(m_files->path("sub")));
        options.filename = m_files->path("sub/log");
        WatchedFileHandler handler(options);
        test::Errors errors(handler);
        handle(handler, "a");
        std::filesystem::remove_all(m_files->path("sub"));
        handler.handle(test::Records({"b", "c"}).all());
        QCOMPARE(errors.seen.size(), 2u);
        QVERIFY(errors.seen[0].starts_with("b: Cannot open "));
        QCOMPARE(handler.counters().failed, 2u);
        QVERIFY(std::filesystem::create_directory(m_files->path("sub")));
        handle(handler, "d");
        QCOMPARE(m_files->content("sub/log"), std::string("d\n"));
        QCOMPARE(errors.seen.size(), 2u);
    }

    void delayAndModeWLoseNothing()
    {
        FileHandler::Options options = m_files->options(true);
        options.mode = NativeFile::Mode::Truncate;
        WatchedFileHandler handler(options);
        handle(handler, "a");
        handle(handler, "b");
        QCOMPARE(m_files->content("log"), std::string("a\nb\n"));
    }

    void delayedHandlerOpensNothingWhenAsked()
    {
        WatchedFileHandler handler(m_files->options(true));
        QVERIFY(handler.reopenIfNeeded().ok());
        QVERIFY(m_files->names().empty());
    }

    void survivesLogrotate()
    {
        if (isWindows)
            QSKIP("Windows has no logrotate");
        if (!QFile::exists(QStringLiteral("/usr/sbin/logrotate")))
            QSKIP("logrotate is not installed");
        WatchedFileHandler handler(m_files->options());
        test::writeFile(m_files->path("conf"),
                        m_files->path("log") + " {\n rotate 3\n create\n missingok\n}\n");
        for (const char *text : {"a", "b", "c"}) {
            handle(handler, text);
            const PythonResult run = runProgram(QStringLiteral("/usr/sbin/logrotate"),
                                                {QStringLiteral("-f"), QStringLiteral("-s"),
                                                 QString::fromStdString(m_files->path("state")),
                                                 QString::fromStdString(m_files->path("conf"))});
            QVERIFY2(run.ok, run.errors.constData());
        }
        handle(handler, "d");
        QCOMPARE(m_files->content("log.3") + m_files->content("log.2") + m_files->content("log.1") +
                     m_files->content("log"),
                 std::string("a\nb\nc\nd\n"));
    }
};

QTEST_GUILESS_MAIN(WatchedFileHandlerTest)
#include "WatchedFileHandlerTest.moc"
