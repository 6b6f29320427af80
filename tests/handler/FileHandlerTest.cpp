#include "handler/FileHandler.h"

#include "chain/NodeRegistry.h"
#include "format/Formatter.h"
#include "handler/HandlerFixtures.h"
#include "support/FileSizeLimit.h"
#include "support/Patience.h"
#include "support/SystemWords.h"

#include <thread>

using namespace sluice;

class FileHandlerTest : public QObject
{
    Q_OBJECT

private:
    FileHandler::Options options(NativeFile::Mode mode = NativeFile::Mode::Append,
                                 const char *encoding = "utf-8", const char *errors = "")
    {
        FileHandler::Options options;
        options.filename = m_dir->filePath(QStringLiteral("log")).toStdString();
        options.mode = mode;
        options.encoder = *TextEncoder::create(encoding, errors);
        return options;
    }
    std::string content() const
    {
        return test::contentOf(m_dir->filePath(QStringLiteral("log")).toStdString());
    }

    std::unique_ptr<QTemporaryDir> m_dir;

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void appendsToWhatIsThere()
    {
        test::writeFile(options().filename, "old\n");
        FileHandler handler(options());
        handler.handle(test::Records({"new", "er"}).all());
        QCOMPARE(content(), std::string("old\nnew\ner\n"));
    }

    void modeWEmptiesTheFileOnceAndDropsAfterClose()
    {
        test::writeFile(options().filename, "old\n");
        FileHandler handler(options(NativeFile::Mode::Truncate));
        test::Errors errors(handler);
        QVERIFY(handler.open().ok());
        QCOMPARE(content(), std::string());
        handler.handle(test::Records({"a"}).all());
        handler.close();
        handler.handle(test::Records({"late"}).all());
        QCOMPARE(content(), std::string("a\n"));
        QCOMPARE(errors.seen.size(), 1u);
        QVERIFY(errors.seen[0].starts_with("late: ") &&
                errors.seen[0].ends_with("in mode w would empty it."));
    }

    void modeAOpensAgainAfterClose()
    {
        FileHandler handler(options());
        handler.handle(test::Records({"a"}).all());
        handler.close();
        QVERIFY(QFile::rename(QString::fromStdString(options().filename),
                              m_dir->filePath(QStringLiteral("moved"))));
        handler.handle(test::Records({"b"}).all());
        QCOMPARE(content(), std::string("b\n"));
    }

    void delayOpensWithTheFirstRecord()
    {
        FileHandler::Options delayed = options();
        delayed.delay = true;
        FileHandler handler(delayed);
        QCOMPARE(content(), std::string("<no file>"));
        handler.handle(test::Records({"a"}).all());
        QCOMPARE(content(), std::string("a\n"));
    }

    void pathIsAbsoluteFromTheBeginning()
    {
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(m_dir->path()));
        FileHandler::Options relative = options();
        relative.filename = "sub/../log";
        FileHandler handler(relative);
        QVERIFY(QDir::setCurrent(before));
        handler.handle(test::Records({"a"}).all());
        QCOMPARE(content(), std::string("a\n"));
        QCOMPARE(handler.baseFilename(),
                 QDir::toNativeSeparators(m_dir->filePath(QStringLiteral("log"))).toStdString());
    }

    void linesEndAsTheSystemsPythonEndsThem()
    {
        FileHandler handler(options());
        handler.handle(test::Records({"a", "b"}).all());
        QFile file(m_dir->filePath(QStringLiteral("log")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray end = isWindows ? "\r\n" : "\n";
        QCOMPARE(file.readAll(), QByteArray("a" + end + "b" + end));
    }

    void byteOrderMarkStandsOnlyAtTheBeginning()
    {
        {
            FileHandler handler(options(NativeFile::Mode::Append, "utf-16"));
            handler.handle(test::Records({"a", "b"}).all());
        }
        FileHandler handler(options(NativeFile::Mode::Append, "utf-16"));
        handler.handle(test::Records({"c"}).all());
        const std::string end = isWindows ? std::string("\r\0\n\0", 4) : std::string("\n\0", 2);
        const std::string bytes = "\xFF\xFE" + ("a" + std::string(1, '\0') + end) + ("b" + std::string(1, '\0') + end) +
                                  ("c" + std::string(1, '\0') + end);
        QCOMPARE(content(), bytes);
    }

    void recordThatCannotBeEncodedWritesNothing()
    {
        FileHandler handler(options());
        test::Errors errors(handler);
        handler.handle(test::Records({"a", "x\xED\xA0\x80", "b"}).all());
        QCOMPARE(content(), std::string("a\nb\n"));
        QCOMPARE(errors.seen.size(), 1u);
        QVERIFY(errors.seen[0].ends_with(
            "'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed"));
    }

    void fullDiskDropsEachRecordAndLeavesNoHalfLine()
    {
        FileHandler handler(options());
        test::Errors errors(handler);
        handler.handle(test::Records({"first"}).all());
        const FileSizeLimit limit(10);
        if (!limit.isSet())
            QSKIP("file sizes cannot be limited here");
        handler.handle(test::Records({"2", "third one", "4"}).all());
        QCOMPARE(content(), std::string("first\n2\n"));
        QCOMPARE(errors.seen.size(), 2u);
        QVERIFY(errors.seen[0].starts_with("third one: Cannot write to "));
        QVERIFY(errors.seen[1].starts_with("4: Cannot write to "));
        handler.handle(test::Records({"5"}).all());
        QCOMPARE(content(), std::string("first\n2\n5\n"));
    }

    void fileThatCannotBeOpenedIsReportedByEveryRecord()
    {
        FileHandler::Options nowhere = options();
        nowhere.filename = m_dir->filePath(QStringLiteral("no/log")).toStdString();
        FileHandler handler(nowhere);
        test::Errors errors(handler);
        QCOMPARE(handler.open().error().text,
                 "Cannot open " + handler.baseFilename() + ": " + noSuchFolder() + ".");
        handler.handle(test::Records({"a", "b"}).all());
        QCOMPARE(errors.seen.size(), 2u);
        QVERIFY(QDir().mkpath(m_dir->filePath(QStringLiteral("no"))));
        handler.handle(test::Records({"c"}).all());
        QCOMPARE(test::contentOf(nowhere.filename), std::string("c\n"));
    }

    void largeBatchesAreWrittenWhole()
    {
        FileHandler handler(options());
        const std::string line(100'000, 'x');
        handler.handle(test::Records(std::vector<std::string>(50, line)).all());
        QCOMPARE(content().size(), 50u * 100'001);
    }

    void threadsDoNotMixTheirLines()
    {
        FileHandler handler(options());
        Formatter::Options format;
        format.format = "%(asctime)s %(message)s";
        handler.setFormatter(*Formatter::create(format));
        std::vector<std::thread> threads;
        for (const char letter : {'a', 'b', 'c', 'd'}) {
            threads.emplace_back([&handler, letter] {
                const test::Records records(std::vector<std::string>(100, std::string(50, letter)));
                for (int i = 0; i < 5; ++i)
                    handler.handle(records.all());
                for (const LogRecord *record : records.all())
                    handler.handle(*record);
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        const std::string all = content();
        std::size_t lines = 0;
        for (std::size_t at = 0; at < all.size(); ++lines) {
            const std::size_t end = all.find('\n', at);
            const std::string text = all.substr(end - 50, 50);
            QCOMPARE(text, std::string(50, text[0]));
            at = end + 1;
        }
        QCOMPARE(lines, 4u * 600);
    }

    void nodeRefusesUnknownEncodingsAndErrors()
    {
        const NodeType *node = NodeRegistry::builtin().find("FileHandler");
        const QJsonObject params{{QStringLiteral("filename"), QStringLiteral("x")},
                                 {QStringLiteral("encoding"), QStringLiteral("nonsense")},
                                 {QStringLiteral("errors"), QStringLiteral("namereplace")}};
        const Problems problems = node->check(params, "$");
        QCOMPARE(problems.size(), 2u);
        QVERIFY((problems[0] == Problem{"$.encoding", "unknown encoding: nonsense"}));
        QVERIFY((problems[1] == Problem{"$.errors", "the error handler namereplace is not supported"}));
    }

    void nodeMakesAHandlerThatWrites()
    {
        const NodeType *node = NodeRegistry::builtin().find("FileHandler");
        NodeContext context;
        context.baseDirectory = m_dir->path().toStdString();
        const QJsonObject params{{QStringLiteral("filename"), QStringLiteral("log")},
                                 {QStringLiteral("encoding"), QStringLiteral("latin1")},
                                 {QStringLiteral("terminator"), QStringLiteral(";")}};
        QVERIFY(node->check(params, "$").empty());
        const auto made = node->create(params, context);
        QVERIFY(made.ok());
        std::get<std::shared_ptr<Handler>>(made.value())->handle(test::Records({"é", "b"}).all());
        QCOMPARE(content(), std::string("\xE9;b;"));
        QCOMPARE(node->describe(params), std::string("log"));
    }
};

QTEST_GUILESS_MAIN(FileHandlerTest)
#include "FileHandlerTest.moc"
