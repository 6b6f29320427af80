#include "handler/RotatingFileHandler.h"

#include "handler/HandlerFixtures.h"
#include "support/Patience.h"
#include "support/SystemWords.h"

using namespace sluice;

class RotatingFileHandlerTest : public QObject
{
    Q_OBJECT

private:
    FileHandler::Options options(const char *encoding = "utf-8", bool delay = false)
    {
        FileHandler::Options options;
        options.filename = m_dir->filePath(QStringLiteral("log")).toStdString();
        options.encoder = *TextEncoder::create(encoding, "");
        options.delay = delay;
        return options;
    }
    std::string content(const char *suffix = "") const
    {
        return test::contentOf(m_dir->filePath(QStringLiteral("log")).toStdString() + suffix);
    }
    QStringList names() const { return QDir(m_dir->path()).entryList(QDir::Files, QDir::Name); }
    static void handleEach(Handler &handler, const std::vector<std::string> &messages)
    {
        for (const std::string &message : messages)
            handler.handle(test::Records({message}).all());
    }

    std::unique_ptr<QTemporaryDir> m_dir;

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void countsBytesOfTheFileAndCharactersOfTheRecord()
    {
        // 36 bytes, but 18 characters and a line's end: 19 do not reach 20, and an empty file would not be
        // rolled anyhow.
        RotatingFileHandler handler(options(), 40, 2);
        std::string text;
        for (int i = 0; i < 18; ++i)
            text += "é";
        handleEach(handler, {text, "ab", "c"});
        QCOMPARE(content(".1"), text + "\n");
        QCOMPARE(content(), std::string("ab\nc\n"));
    }

    void rollsAtTheVerySize()
    {
        // 4 + 4 reaches 8. As in Python what is there counts in bytes, and what comes with a line's end of one.
        RotatingFileHandler handler(options(), 7 + NativeFile::newline.size(), 3);
        handleEach(handler, {"abc", "def", "gh", "ijk"});
        QCOMPARE(content(".2"), std::string("abc\n"));
        QCOMPARE(content(".1"), std::string("def\ngh\n"));
        QCOMPARE(content(), std::string("ijk\n"));
    }

    void emptyFilesNeverRoll()
    {
        RotatingFileHandler handler(options(), 4, 3);
        handleEach(handler, {"longer than that", "and again"});
        QCOMPARE(names(), (QStringList{QStringLiteral("log"), QStringLiteral("log.1")}));
        QCOMPARE(content(".1"), std::string("longer than that\n"));
    }

    void batchLeavesTheSameFilesAsSingleRecords()
    {
        std::vector<std::string> messages;
        for (int i = 0; i < 200; ++i)
            messages.push_back(std::string(static_cast<std::size_t>(i * 7 % 23), 'a') + "é" +
                               std::to_string(i));
        std::map<QString, std::string> files[2];
        for (const bool batched : {false, true}) {
            init();
            RotatingFileHandler handler(options("utf-16"), 300, 5);
            if (batched)
                handler.handle(test::Records(messages).all());
            else
                handleEach(handler, messages);
            for (const QString &name : names())
                files[batched].emplace(name, test::contentOf(m_dir->filePath(name).toStdString()));
        }
        QCOMPARE(files[0].size(), 6u);
        QVERIFY(files[0] == files[1]);
        for (const auto &[name, bytes] : files[0])
            QVERIFY2(bytes.starts_with("\xFF\xFE"), qPrintable(name));
    }

    void keepsGapsInTheChain()
    {
        test::writeFile(options().filename, "base\n");
        test::writeFile(options().filename + ".2", "two");
        RotatingFileHandler handler(options(), 6, 4);
        handleEach(handler, {"next"});
        QCOMPARE(names(),
                 (QStringList{QStringLiteral("log"), QStringLiteral("log.1"), QStringLiteral("log.3")}));
        QCOMPARE(content(".3"), std::string("two"));
        QCOMPARE(content(".1"), std::string("base\n"));
    }

    void withoutBackupsTheFileGrows()
    {
        RotatingFileHandler handler(options(), 4, 0);
        handleEach(handler, {"abc", "def", "ghi"});
        QCOMPARE(content(), std::string("abc\ndef\nghi\n"));
        QCOMPARE(names().size(), 1);
    }

    void withoutBackupsItGoesOnInANewFileWhereTheOldWasMoved()
    {
        // Python opens the file anew with every record beyond the size.
        RotatingFileHandler handler(options(), 4, 0);
        handleEach(handler, {"abc"});
        QVERIFY(files::rename(options().filename, options().filename + ".moved").ok());
        handleEach(handler, {"def"});
        QCOMPARE(content(".moved"), std::string("abc\n"));
        QCOMPARE(content(), std::string("def\n"));
    }

    void sizeForcesAppending()
    {
        test::writeFile(options().filename, "old\n");
        FileHandler::Options truncating = options();
        truncating.mode = NativeFile::Mode::Truncate;
        RotatingFileHandler handler(truncating, 1000, 1);
        handleEach(handler, {"new"});
        QCOMPARE(content(), std::string("old\nnew\n"));
    }

    void delayedHandlerLeavesNoEmptyFileBehindARollover()
    {
        class Exposed : public RotatingFileHandler
        {
        public:
            using RotatingFileHandler::doRollover;
            using RotatingFileHandler::RotatingFileHandler;
        };
        Exposed handler(options("utf-8", true), 100, 2);
        handleEach(handler, {"a"});
        handler.doRollover();
        QCOMPARE(names(), (QStringList{QStringLiteral("log.1")}));
    }

    void whatIsNoRegularFileNeverRolls()
    {
        FileHandler::Options null = options();
        null.filename = isWindows ? "NUL" : "/dev/null";
        RotatingFileHandler handler(null, 1, 2);
        test::Errors errors(handler);
        handleEach(handler, {"a", "b"});
        QVERIFY(errors.seen.empty());
        QVERIFY(!files::exists("/dev/null.1"));
    }

    void namerNamesAndRotatorMoves()
    {
        RotatingFileHandler handler(options(), 4, 3);
        handler.setNamer([](const std::string &name) { return name + ".old"; });
        std::vector<std::string> moved;
        handler.setRotator([&](const std::string &from, const std::string &to) {
            moved.push_back(to.substr(to.find_last_of("/\\") + 1));
            return files::rename(from, to);
        });
        handleEach(handler, {"abc", "def", "ghi"});
        QCOMPARE(moved, (std::vector<std::string>{"log.1.old", "log.1.old"}));
        QCOMPARE(content(".2.old"), std::string("abc\n"));
        QCOMPARE(content(".1.old"), std::string("def\n"));
    }

    void noRecordIsLostToARolloverThatFails()
    {
        RotatingFileHandler handler(options(), 4, 2);
        test::Errors errors(handler);
        handler.setRotator([](const std::string &, const std::string &) { return Status(Error{"no"}); });
        handler.handle(test::Records({"abc", "def"}).all());
        QCOMPARE(content(), std::string("abc\ndef\n"));
        QCOMPARE(errors.seen, (std::vector<std::string>{": no"}));
        QCOMPARE(handler.counters().failed, 0u);
    }
};

QTEST_GUILESS_MAIN(RotatingFileHandlerTest)
#include "RotatingFileHandlerTest.moc"
