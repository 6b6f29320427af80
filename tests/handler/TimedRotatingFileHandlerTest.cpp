#include "handler/TimedRotatingFileHandler.h"

#include "base/CalendarTime.h"
#include "chain/NodeRegistry.h"
#include "handler/RotationFixture.h"
#include "support/Patience.h"
#include "support/SystemWords.h"

#include <filesystem>

using namespace sluice;
using Names = std::vector<std::string>;

namespace {

constexpr double noon = 1717588800; // 5 June 2024, 12:00 UTC

RolloverSchedule every(const char *when, std::int64_t interval = 1)
{
    RolloverSchedule::Options options;
    options.when = when;
    options.interval = interval;
    return *RolloverSchedule::create(options);
}

/// On the records' clock.
class Timed : public TimedRotatingFileHandler
{
public:
    template<typename... Args>
    explicit Timed(Args &&...args) : TimedRotatingFileHandler(std::forward<Args>(args)...)
    {
        setRecordClock(true);
    }
};

} // namespace

class TimedRotatingFileHandlerTest : public QObject
{
    Q_OBJECT

private:
    static void handleAt(Handler &handler, double created, const std::string &message)
    {
        test::RotationFixture::handleAt(handler, created, message);
    }

    std::unique_ptr<test::RotationFixture> m_files;

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
        readTimeZone();
    }
    void init() { m_files = std::make_unique<test::RotationFixture>(); }

    void namesTheOldFileAfterTheBeginningOfItsPeriod()
    {
        Timed handler(m_files->options(), every("M"), 0);
        handleAt(handler, noon + 5, "a");
        handleAt(handler, noon + 64.9, "b");
        handleAt(handler, noon + 65, "c");
        handleAt(handler, noon + 300, "d");
        QCOMPARE(m_files->names(), (Names{"log", "log.2024-06-05_12-00", "log.2024-06-05_12-01"}));
        QCOMPARE(m_files->content("log.2024-06-05_12-00"), std::string("a\nb\n"));
        QCOMPARE(m_files->content("log.2024-06-05_12-01"), std::string("c\n"));
        QCOMPARE(m_files->content("log"), std::string("d\n"));
    }

    void countsFromTheLastChangeOfAFileThatIsThere()
    {
        test::writeFile(m_files->path("log"), "old\n");
        std::filesystem::last_write_time(m_files->path("log"), std::filesystem::file_time_type::clock::now() -
                                                                   std::chrono::hours(3));
        TimedRotatingFileHandler handler(m_files->options(), every("H"), 0);
        handler.handle(test::Records({"new"}).all());
        QCOMPARE(m_files->names().size(), 2u);
        QCOMPARE(m_files->content("log"), std::string("new\n"));
    }

    void withinABatchEachRecordGoesIntoItsPeriod()
    {
        Timed handler(m_files->options(), every("S"), 0);
        test::Records records({"a", "b", "c", "d"});
        for (std::size_t i = 0; i < 4; ++i)
            records.batch().records()[i].created = toNanoseconds(noon + static_cast<double>(i) * 0.5);
        handler.handle(records.all());
        QCOMPARE(m_files->content("log.2024-06-05_12-00-00"), std::string("a\nb\n"));
        QCOMPARE(m_files->content("log"), std::string("c\nd\n"));
    }

    void keepsSoManyOldFiles()
    {
        Timed handler(m_files->options(), every("D"), 2);
        test::writeFile(m_files->path("log.2024-06-01"), "");
        test::writeFile(m_files->path("log.2024-06-02.bz2"), ""); // compressed by others
        test::writeFile(m_files->path("log.2024-06-01_13"), "");  // of another interval
        test::writeFile(m_files->path("other.2024-06-01"), "");
        handleAt(handler, noon, "a");
        handleAt(handler, noon + 86400, "b");
        QCOMPARE(m_files->names(), (Names{"log", "log.2024-06-01_13", "log.2024-06-02.bz2", "log.2024-06-05",
                                          "other.2024-06-01"}));
    }

    void deletesNothingWithoutACount()
    {
        Timed handler(m_files->options(), every("S"), 0);
        for (int i = 0; i < 8; ++i)
            handleAt(handler, noon + i, "x");
        QCOMPARE(m_files->names().size(), 8u);
    }

    void aNameThatIsTakenIsLeftAlone()
    {
        Timed handler(m_files->options(), every("H"), 0);
        test::writeFile(m_files->path("log.2024-06-05_12"), "was there");
        handleAt(handler, noon, "a");
        handleAt(handler, noon + 3600, "b");
        handleAt(handler, noon + 7200, "c");
        QCOMPARE(m_files->content("log.2024-06-05_12"), std::string("was there"));
        QCOMPARE(m_files->content("log.2024-06-05_12.1"), std::string("a\n"));
        QCOMPARE(m_files->content("log.2024-06-05_13"), std::string("b\n"));
    }

    void filesOfOnePeriodAreNumberedWhereASizeIsReached()
    {
        Timed handler(m_files->options(), every("D"), 0, 8);
        handleAt(handler, noon, "abc");
        handleAt(handler, noon, "def");
        handleAt(handler, noon, "longer than the size");
        handleAt(handler, noon, "g");
        handleAt(handler, noon + 86400, "h");
        handleAt(handler, noon + 86400, "hij");
        handleAt(handler, noon + 86400, "klm");
        QCOMPARE(m_files->content("log.2024-06-05"), std::string("abc\n"));
        QCOMPARE(m_files->content("log.2024-06-05.1"), std::string("def\n"));
        QCOMPARE(m_files->content("log.2024-06-05.2"), std::string("longer than the size\n"));
        QCOMPARE(m_files->content("log.2024-06-05.3"), std::string("g\n"));
        QCOMPARE(m_files->content("log.2024-06-06"), std::string("h\nhij\n"));
        QCOMPARE(m_files->content("log"), std::string("klm\n"));
    }

    void countsFilesNotPeriodsAndDeletesTheOldest()
    {
        Timed handler(m_files->options(), every("D"), 3, 4);
        for (int i = 0; i < 13; ++i)
            handleAt(handler, noon, std::to_string(100 + i));
        // Numbers go on though the first files are gone, and 10 is newer than 9.
        QCOMPARE(m_files->names(),
                 (Names{"log", "log.2024-06-05.10", "log.2024-06-05.11", "log.2024-06-05.9"}));
        QCOMPARE(m_files->content("log.2024-06-05.11"), std::string("111\n"));
        QCOMPARE(m_files->content("log"), std::string("112\n"));
    }

    void numbersGoOnAfterARestart()
    {
        for (int run = 0; run < 3; ++run) {
            std::filesystem::remove(m_files->path("log"));
            Timed handler(m_files->options(true), every("D"), 2, 4);
            handleAt(handler, noon, std::to_string(run) + "a");
            handleAt(handler, noon, std::to_string(run) + "bc");
            handleAt(handler, noon, std::to_string(run) + "d");
        }
        QCOMPARE(m_files->names(), (Names{"log", "log.2024-06-05.4", "log.2024-06-05.5"}));
        QCOMPARE(m_files->content("log.2024-06-05.5"), std::string("2bc\n"));
    }

    void namerNamesAndDeletionFindsItsNames()
    {
        Timed handler(m_files->options(), every("S"), 2, 4);
        handler.setNamer([](const std::string &name) { return name + ".old"; });
        test::writeFile(m_files->path("log.2024-06-05_12-00-00"), "not by this namer");
        for (int i = 0; i < 4; ++i) {
            handleAt(handler, noon + i, "abc");
            handleAt(handler, noon + i, "def");
        }
        QCOMPARE(m_files->names(), (Names{"log", "log.2024-06-05_12-00-00", "log.2024-06-05_12-00-02.1.old",
                                          "log.2024-06-05_12-00-03.old"}));
    }

    void whatIsNoRegularFileNeverRolls()
    {
        FileHandler::Options null = m_files->options();
        null.filename = isWindows ? "NUL" : "/dev/null";
        Timed handler(null, every("S"), 1);
        test::Errors errors(handler);
        handleAt(handler, noon, "a");
        handleAt(handler, 4e9, "b");
        QVERIFY2(errors.seen.empty(), errors.seen.empty() ? "" : errors.seen[0].c_str());
        QVERIFY(files::exists(handler.baseFilename()));
    }

    void rollsBeforeARecordThatCannotBeWritten()
    {
        Timed handler(m_files->options(), every("S"), 0);
        test::Errors errors(handler);
        handleAt(handler, noon, "a");
        handleAt(handler, noon + 1, "\xED\xA0\x80");
        QCOMPARE(errors.seen.size(), 1u);
        QCOMPARE(m_files->names(), (Names{"log", "log.2024-06-05_12-00-00"}));
        QCOMPARE(m_files->content("log"), std::string());
    }

    void delayLeavesNoFileBehindARollover()
    {
        Timed handler(m_files->options(true), every("S"), 0);
        QVERIFY(m_files->names().empty());
        handleAt(handler, noon, "a");
        handler.doRollover();
        QCOMPARE(m_files->names().size(), 1u);
    }

    void ownSchedulesAndDeletionsAreAsked()
    {
        class Own : public Timed
        {
        public:
            using Timed::Timed;
            std::int64_t computeRollover(std::int64_t time) const override { return time + 10; }
            Result<std::vector<std::string>> getFilesToDelete() const override
            {
                ++asked;
                return std::vector<std::string>();
            }
            mutable int asked = 0;
        };
        Own handler(m_files->options(), every("D"), 1);
        handleAt(handler, noon, "a");
        handleAt(handler, noon + 9, "b");
        QCOMPARE(handler.asked, 0);
        handleAt(handler, noon + 10, "c");
        handleAt(handler, noon + 20, "d");
        QCOMPARE(handler.asked, 2);
        QCOMPARE(m_files->names().size(), 3u);
    }

    void failedRolloverIsReportedOnceAndTriedAgain()
    {
        Timed handler(m_files->options(), every("S"), 0);
        test::Errors errors(handler);
        bool fails = true;
        handler.setRotator([&](const std::string &from, const std::string &to) {
            return fails ? Status(Error{"no"}) : files::rename(from, to);
        });
        handler.setRetryDelay(std::chrono::milliseconds(0));
        for (int i = 0; i < 5; ++i)
            handleAt(handler, noon + i, std::to_string(i));
        QCOMPARE(errors.seen, (std::vector<std::string>{": no"}));
        QCOMPARE(m_files->content("log"), std::string("0\n1\n2\n3\n4\n"));
        fails = false;
        handleAt(handler, noon + 5, "5");
        QCOMPARE(m_files->content("log"), std::string("5\n"));
        QCOMPARE(m_files->content("log.2024-06-05_12-00-00"), std::string("0\n1\n2\n3\n4\n"));
        fails = true;
        handleAt(handler, noon + 6, "6");
        QCOMPARE(errors.seen.size(), 2u);
        QCOMPARE(handler.counters().failed, 0u);
    }

    void waitsBeforeItTriesAgain()
    {
        Timed handler(m_files->options(), every("S"), 0);
        test::Errors errors(handler);
        int tries = 0;
        handler.setRotator([&](const std::string &, const std::string &) {
            ++tries;
            return Status(Error{"no"});
        });
        handler.setRetryDelay(std::chrono::hours(1));
        for (int i = 0; i < 50; ++i)
            handleAt(handler, noon + i, "x");
        QCOMPARE(tries, 1);
    }

    void nodeChecksWhenAndAtTime()
    {
        const NodeType *node = NodeRegistry::builtin().find("TimedRotatingFileHandler");
        const QJsonObject params{{QStringLiteral("filename"), QStringLiteral("x")},
                                 {QStringLiteral("when"), QStringLiteral("W9")},
                                 {QStringLiteral("atTime"), QStringLiteral("noon")}};
        const Problems problems = node->check(params, "$");
        QCOMPARE(problems.size(), 2u);
        QVERIFY((problems[0] == Problem{"$.atTime", "A time of day is written as 13:45 or 13:45:10."}));
        QVERIFY((problems[1] == Problem{"$.when", "Invalid day specified for weekly rollover: W9"}));
    }

    void nodeMakesAHandlerThatRolls()
    {
        const NodeType *node = NodeRegistry::builtin().find("TimedRotatingFileHandler");
        NodeContext context;
        context.recordClock = true;
        const QJsonObject params{{QStringLiteral("filename"), QString::fromStdString(m_files->path("log"))},
                                 {QStringLiteral("when"), QStringLiteral("midnight")},
                                 {QStringLiteral("atTime"), QStringLiteral("13:00")},
                                 {QStringLiteral("interval"), 2},
                                 {QStringLiteral("utc"), true},
                                 {QStringLiteral("compression"), QStringLiteral("zstd")}};
        QVERIFY(node->check(params, "$").empty());
        QCOMPARE(node->describe(params), std::string("log · 2 midnight · zstd"));
        const auto made = node->create(params, context);
        QVERIFY(made.ok());
        const auto handler = std::get<std::shared_ptr<Handler>>(made.value());
        handleAt(*handler, noon, "a");
        handleAt(*handler, noon + 90'000, "b"); // 13:00 of the next day
        handler->close();
        QCOMPARE(m_files->names(), (Names{"log", "log.2024-06-04.zst"}));
    }
};

QTEST_GUILESS_MAIN(TimedRotatingFileHandlerTest)
#include "TimedRotatingFileHandlerTest.moc"
