#include "handler/MemoryHandler.h"

#include "handler/HandlerFixtures.h"
#include "handler/RecordingHandler.h"
#include "support/Patience.h"

using namespace sluice;

namespace {

using Lines = std::vector<std::string>;

} // namespace

class MemoryHandlerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesOnAtCapacity()
    {
        const auto target = std::make_shared<RecordingHandler>();
        target->setLevel(level::Critical); // which is not asked
        MemoryHandler handler(3, level::Error, target);
        handler.handle(test::Records({"a", "b"}).all());
        QVERIFY(target->lines().empty());
        handler.handle(test::Records({"c", "d"}).all());
        QCOMPARE(target->lines(), (Lines{"a", "b", "c"}));
        QCOMPARE(handler.pending(), 1u);
    }

    void passesOnAtOnceWhenOneIsSevere()
    {
        const auto target = std::make_shared<RecordingHandler>();
        MemoryHandler handler(100, level::Error, target);
        handler.handle(test::Records({"a"}).all());
        handler.handle(test::Records({"bad"}, level::Error).all());
        QCOMPARE(target->lines(), (Lines{"a", "bad"}));
    }

    void keepsItsOwnCopies()
    {
        const auto target = std::make_shared<RecordingHandler>();
        MemoryHandler handler(100, level::Error, target);
        {
            test::Records gone({"text of a batch that is gone"});
            handler.handle(gone.all());
        }
        handler.flush();
        QCOMPARE(target->lines(), (Lines{"text of a batch that is gone"}));
    }

    void withoutATargetItGrowsUntilItGetsOne()
    {
        MemoryHandler handler(1);
        handler.handle(test::Records({"a", "b"}).all());
        QCOMPARE(handler.pending(), 2u);
        const auto target = std::make_shared<RecordingHandler>();
        handler.setTarget(target);
        handler.handle(test::Records({"c"}).all());
        QCOMPARE(target->lines(), (Lines{"a", "b", "c"}));
    }

    void closePassesOnOrReportsWhatIsLost_data()
    {
        QTest::addColumn<bool>("flushOnClose");
        QTest::newRow("flushOnClose") << true;
        QTest::newRow("not") << false;
    }

    void closePassesOnOrReportsWhatIsLost()
    {
        QFETCH(bool, flushOnClose);
        const auto target = std::make_shared<RecordingHandler>();
        MemoryHandler handler(100, level::Error, target, flushOnClose);
        test::Errors errors(handler);
        const auto tracker = std::make_shared<test::CountingTracker>();
        test::Records records({"a", "b"});
        records.batch().setTracker(tracker);
        handler.handle(records.all());
        QCOMPARE(tracker->heldInAll(), 2);
        handler.close();
        QCOMPARE(tracker->heldInAll(), 0);
        QCOMPARE(target->lines().size(), flushOnClose ? 2u : 0u);
        QCOMPARE(tracker->drops.size(), flushOnClose ? 0u : 2u);
        QCOMPARE(errors.seen.size(), flushOnClose ? 0u : 2u);
    }

    void dropsOfTheTargetAreToldBeforeTheRelease()
    {
        const auto target = std::make_shared<RecordingHandler>();
        const test::Errors quiet(*target);
        target->failWith("broken");
        MemoryHandler handler(1, level::Error, target);
        const auto tracker = std::make_shared<test::CountingTracker>();
        test::Records records({"a"});
        records.batch().setTracker(tracker);
        handler.handle(records.all());
        QCOMPARE(tracker->drops.at(0), std::string("broken"));
        QCOMPARE(tracker->heldInAll(), 0);
    }

    void handlerThatEndsUnclosedKeepsTheAccountRight()
    {
        const auto tracker = std::make_shared<test::CountingTracker>();
        {
            MemoryHandler handler(10);
            test::Records records({"a"});
            records.batch().setTracker(tracker);
            handler.handle(records.all());
        }
        QCOMPARE(tracker->heldInAll(), 0);
        QCOMPARE(tracker->drops.size(), 1u);
    }

    void bufferingHandlerForgetsAtCapacity()
    {
        BufferingHandler handler(2);
        test::Errors errors(handler);
        handler.handle(test::Records({"a", "b", "c"}).all());
        QCOMPARE(handler.pending(), 1u);
        QCOMPARE(errors.seen.size(), 2u);
    }
};

QTEST_GUILESS_MAIN(MemoryHandlerTest)
#include "MemoryHandlerTest.moc"
