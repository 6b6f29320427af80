#include "handler/RotatingFileHandler.h"

#include "handler/RotationFixture.h"
#include "handler/TimedRotatingFileHandler.h"
#include "support/Patience.h"
#include "support/Python.h"
#include "support/SystemWords.h"

#include <filesystem>

using namespace sluice;
using Names = std::vector<std::string>;

class BackupCompressionTest : public QObject
{
    Q_OBJECT

private:
    static void handle(Handler &handler, const std::string &message)
    {
        handler.handle(test::Records({message}).all());
    }

    /// What the system's own program reads of it.
    std::string unpacked(const char *program, const std::string &name) const
    {
        const PythonResult run =
            runProgram(QString::fromLatin1(program),
                       {QStringLiteral("-dc"), QString::fromStdString(m_files->path(name))});
        return run.ok ? run.output.toStdString() : "<" + run.errors.toStdString() + ">";
    }
    std::string unzipped(const std::string &name) const { return unpacked("/usr/bin/gzip", name); }
    /// With lines ended by "\n", whatever the system ends them by.
    static std::string lines(std::string text)
    {
        std::erase(text, '\r');
        return text;
    }
    std::string unpackedByPython(const std::string &name) const
    {
        const PythonResult run = runPythonWith(
            {QStringLiteral("-c"),
             QStringLiteral("import sys, zstandard; sys.stdout.buffer.write("
                            "zstandard.ZstdDecompressor().stream_reader(open(sys.argv[1], 'rb')).read())"),
             QString::fromStdString(m_files->path(name))});
        return run.ok ? run.output.toStdString() : "<" + run.errors.toStdString() + ">";
    }

    std::unique_ptr<test::RotationFixture> m_files;

private Q_SLOTS:
    void init() { m_files = std::make_unique<test::RotationFixture>(); }

    void gzipReadsBackWhatWasWritten()
    {
        std::string text;
        for (int i = 0; i < 200'000; ++i)
            text += std::to_string(i * 7919 % 100'003) + '\n';
        test::writeFile(m_files->path("log"), text);
        QVERIFY(compressFile(m_files->path("log"), Compression::Gzip).ok());
        QCOMPARE(m_files->names(), (Names{"log.gz"}));
        QVERIFY(std::filesystem::file_size(m_files->path("log.gz")) < text.size());
        QVERIFY(unzipped("log.gz") == text);
    }

    void zstdReadsBackWhatWasWritten()
    {
        std::string text;
        for (int i = 0; i < 200'000; ++i)
            text += std::to_string(i * 7919 % 100'003) + '\n';
        test::writeFile(m_files->path("log"), text);
        QVERIFY(compressFile(m_files->path("log"), Compression::Zstd).ok());
        QCOMPARE(m_files->names(), (Names{"log.zst"}));
        QVERIFY(unpackedByPython("log.zst") == text);
    }

    void emptyFilesAreCompressedToo()
    {
        test::writeFile(m_files->path("a"), "");
        test::writeFile(m_files->path("b"), "");
        QVERIFY(compressFile(m_files->path("a"), Compression::Gzip).ok());
        QVERIFY(compressFile(m_files->path("b"), Compression::Zstd).ok());
        QCOMPARE(unzipped("a.gz"), std::string());
        QCOMPARE(unpackedByPython("b.zst"), std::string());
    }

    void keepsPermissions()
    {
        if (isWindows)
            QSKIP("permissions are those of the folder");
        test::writeFile(m_files->path("log"), "secret\n");
        std::filesystem::permissions(m_files->path("log"), std::filesystem::perms::owner_read);
        QVERIFY(compressFile(m_files->path("log"), Compression::Gzip).ok());
        QCOMPARE(std::filesystem::status(m_files->path("log.gz")).permissions(),
                 std::filesystem::perms::owner_read);
    }

    void chainOfRotatedFilesIsCompressed()
    {
        RotatingFileHandler handler(m_files->options(), 4, 3);
        handler.setCompression(Compression::Gzip);
        for (const char *text : {"aaa", "bbb", "ccc", "ddd", "eee", "fff"})
            handle(handler, text);
        handler.close();
        QCOMPARE(m_files->names(), (Names{"log", "log.1.gz", "log.2.gz", "log.3.gz"}));
        QCOMPARE(m_files->content("log"), std::string("fff\n"));
        QCOMPARE(lines(unzipped("log.1.gz") + unzipped("log.2.gz") + unzipped("log.3.gz")),
                 std::string("eee\nddd\nccc\n"));
    }

    void namerComesBeforeTheEnding()
    {
        RotatingFileHandler handler(m_files->options(), 4, 2);
        handler.setCompression(Compression::Zstd);
        handler.setNamer([](const std::string &name) { return name + ".old"; });
        for (const char *text : {"aaa", "bbb", "ccc", "ddd"})
            handle(handler, text);
        handler.close();
        QCOMPARE(m_files->names(), (Names{"log", "log.1.old.zst", "log.2.old.zst"}));
        QCOMPARE(lines(unpackedByPython("log.2.old.zst")), std::string("bbb\n"));
    }

    void timedFilesAreCompressedCountedAndDeleted()
    {
        RolloverSchedule::Options options;
        options.when = "S";
        options.utc = true;
        TimedRotatingFileHandler handler(m_files->options(), *RolloverSchedule::create(options), 3, 8);
        handler.setRecordClock(true);
        handler.setCompression(Compression::Gzip);
        for (int i = 0; i < 4; ++i) {
            for (const char *text : {"abcdef", "ghijkl"})
                m_files->handleAt(handler, 1717588800 + i, std::to_string(i) + text);
        }
        handler.close();
        QCOMPARE(m_files->names(), (Names{"log", "log.2024-06-05_12-00-02.1.gz", "log.2024-06-05_12-00-02.gz",
                                          "log.2024-06-05_12-00-03.gz"}));
        QCOMPARE(lines(unzipped("log.2024-06-05_12-00-02.1.gz")), std::string("2ghijkl\n"));
    }

    void whatCannotBeCompressedIsKeptAndReported()
    {
        RotatingFileHandler handler(m_files->options(), 4, 3);
        test::Errors errors(handler);
        handler.setCompression(Compression::Gzip);
        // A directory where the compressed file would be begun.
        QVERIFY(std::filesystem::create_directories(m_files->path("log.1.gz.part/x")));
        for (const char *text : {"aaa", "bbb", "ccc"})
            handle(handler, text);
        handler.close();
        QCOMPARE(errors.seen.size(), 2u);
        QVERIFY2(errors.seen[0].starts_with(": The old file stays uncompressed. Cannot open "),
                 errors.seen[0].c_str());
        QCOMPARE(m_files->names(), (Names{"log", "log.1", "log.2"}));
        QCOMPARE(m_files->content("log.1"), std::string("bbb\n"));
        QCOMPARE(m_files->content("log.2"), std::string("aaa\n"));
        QCOMPARE(handler.counters().failed, 0u);
        // Plain and compressed ones make one chain.
        std::filesystem::remove_all(m_files->path("log.1.gz.part"));
        for (const char *text : {"ddd", "eee"})
            handle(handler, text);
        handler.close();
        QCOMPARE(m_files->names(), (Names{"log", "log.1.gz", "log.2.gz", "log.3"}));
        QCOMPARE(m_files->content("log.3"), std::string("bbb\n"));
    }
};

QTEST_GUILESS_MAIN(BackupCompressionTest)
#include "BackupCompressionTest.moc"
