#include "ShowStrings.h"
#include "chain/Ledger.h"
#include "record/LogRecordBatch.h"


using namespace sluice;

namespace {

/// A batch of records under way, and its source.
struct Journey
{
    explicit Journey(int records) : account(std::make_shared<SourceAccount>("receiver", "peer"))
    {
        for (int i = 0; i < records; ++i)
            batch.add().set(Attribute::Msg, Value::text("a message"));
        delivery = std::make_shared<Delivery>(account, static_cast<std::uint32_t>(records));
        batch.setTracker(delivery);
        account->accept(static_cast<std::uint64_t>(records));
    }

    void verify(std::uint64_t delivered, std::uint64_t pending, std::uint64_t dropped) const
    {
        const SourceStatus status = account->status();
        QCOMPARE(status.delivered, delivered);
        QCOMPARE(status.pending, pending);
        QCOMPARE(status.dropped, dropped);
        QCOMPARE(status.accepted, delivered + pending + dropped);
    }

    LogRecordBatch batch;
    std::shared_ptr<SourceAccount> account;
    std::shared_ptr<Delivery> delivery;
};

} // namespace

class LedgerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsArePendingUntilTheRouterIsThroughWithThem()
    {
        Journey journey(3);
        journey.verify(0, 3, 0);
        journey.delivery->settle();
        journey.verify(3, 0, 0);
    }

    void recordCountsOnceHoweverManyNodesDropIt()
    {
        Journey journey(3);
        journey.delivery->dropped(journey.batch.records()[1], "a", "disk full");
        journey.delivery->dropped(journey.batch.records()[1], "b", "disk full");
        journey.delivery->settle();
        journey.verify(2, 0, 1);
        const SourceStatus status = journey.account->status();
        QCOMPARE(status.drops.size(), 2u);
        QCOMPARE(status.drops[0].sample, std::string("a message"));
    }

    void heldRecordIsPendingUntilItsLastHolderLetsGo()
    {
        Journey journey(2);
        journey.delivery->hold(0);
        journey.delivery->hold(0);
        journey.delivery->settle();
        journey.verify(1, 1, 0);
        journey.delivery->release(0);
        journey.verify(1, 1, 0);
        journey.delivery->release(0);
        journey.verify(2, 0, 0);
    }

    void heldRecordThatIsDroppedLaterIsDroppedOnce()
    {
        Journey journey(2);
        journey.delivery->hold(1);
        journey.delivery->settle();
        journey.delivery->dropped(journey.batch.records()[1], "target", "refused");
        journey.verify(1, 1, 0);
        journey.delivery->release(1);
        journey.verify(1, 0, 1);
    }

    void recordReleasedBeforeTheEndOfTheBatchIsSettledWithIt()
    {
        Journey journey(1);
        journey.delivery->hold(0);
        journey.delivery->release(0);
        journey.verify(0, 1, 0);
        journey.delivery->settle();
        journey.verify(1, 0, 0);
    }

    void recordLostAfterItsDeliveryIsNoLongerDelivered()
    {
        Journey journey(1);
        journey.delivery->settle();
        journey.delivery->dropped(journey.batch.records()[0], "late", "lost");
        journey.verify(0, 0, 1);
    }

    void copyKeepsItsTrackerAlive()
    {
        Journey journey(1);
        LogRecordBatch buffer;
        const LogRecord &copy = buffer.addCopy(journey.batch.records()[0]);
        copy.tracker->hold(copy.trackerIndex);
        journey.delivery->settle();
        journey.batch.clear();
        journey.delivery.reset();
        journey.verify(0, 1, 0);
        copy.tracker->release(copy.trackerIndex);
        journey.verify(1, 0, 0);
    }

    void sourcesAndReasonsAreBounded()
    {
        Ledger ledger;
        for (int i = 0; i < 5000; ++i)
            ledger.account("r", std::to_string(i))->accept(1);
        QVERIFY(ledger.status().size() <= 4097);
        const auto account = ledger.account("r", "0");
        for (int i = 0; i < 100; ++i)
            account->addDrop("node", "reason " + std::to_string(i), {});
        const SourceStatus status = account->status();
        QVERIFY(status.drops.size() <= 64);
        std::uint64_t count = 0;
        for (const DropStatus &drop : status.drops)
            count += drop.count;
        QCOMPARE(count, 100u);
    }
};

QTEST_GUILESS_MAIN(LedgerTest)
#include "LedgerTest.moc"
