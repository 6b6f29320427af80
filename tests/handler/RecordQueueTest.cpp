#include "handler/RecordQueue.h"

#include "handler/HandlerFixtures.h"
#include "support/Patience.h"

#include <thread>

using namespace sluice;

namespace {

using Lines = std::vector<std::string>;

Lines messages(RecordSpan records)
{
    Lines out;
    for (const LogRecord *record : records)
        out.emplace_back(record->text(Attribute::Msg));
    return out;
}

/// Takes a run, gives it back, and says what was in it.
Lines takeOne(RecordQueue &queue)
{
    auto run = queue.take();
    if (!run)
        return {"<sentinel>"};
    const Lines lines = messages(run->records());
    queue.giveBack(std::move(run));
    return lines;
}

} // namespace

class RecordQueueTest : public QObject
{
    Q_OBJECT

private:
    Lines m_dropped;
    RecordQueue::DropObserver m_observer = [this](const LogRecord &record) {
        m_dropped.emplace_back(record.text(Attribute::Msg));
    };

private Q_SLOTS:
    void init() { m_dropped.clear(); }

    void whatIsPutComesOutInOrderThoughTheSendersBatchIsGone()
    {
        RecordQueue queue({});
        queue.put(test::Records({"a", "b"}).all(), WhenFull::DropNewest, m_observer);
        queue.put(test::Records({"c"}).all(), WhenFull::DropNewest, m_observer);
        QCOMPARE(queue.pending(), 3u);
        QCOMPARE(takeOne(queue), (Lines{"a", "b", "c"}));
        QCOMPARE(queue.pending(), 0u);
        QVERIFY(m_dropped.empty());
    }

    void knowsWhatWasPutTogether()
    {
        RecordQueue queue({});
        queue.put(test::Records({"a", "b"}).all(), WhenFull::DropNewest, m_observer);
        queue.put(test::Records({"c"}).all(), WhenFull::DropNewest, m_observer);
        const auto run = queue.take();
        QCOMPARE(run->groupEnd(0), 2u);
        QCOMPARE(run->groupEnd(1), 2u);
        QCOMPARE(run->groupEnd(2), 3u);
    }

    void aFullQueueDropsTheNewest()
    {
        RecordQueue queue({3, 0});
        queue.put(test::Records({"a", "b"}).all(), WhenFull::DropNewest, m_observer);
        queue.put(test::Records({"c", "d", "e"}).all(), WhenFull::DropNewest, m_observer);
        QCOMPARE(m_dropped, (Lines{"d", "e"}));
        QCOMPARE(takeOne(queue), (Lines{"a", "b", "c"}));
    }

    void aFullQueueDropsTheOldest()
    {
        RecordQueue queue({3, 0});
        const auto tracker = std::make_shared<test::CountingTracker>();
        test::Records first({"a", "b"});
        first.batch().setTracker(tracker);
        queue.put(first.all(), WhenFull::DropOldest, m_observer);
        QCOMPARE(tracker->heldInAll(), 2);
        queue.put(test::Records({"c", "d", "e"}).all(), WhenFull::DropOldest, m_observer);
        QCOMPARE(m_dropped, (Lines{"a", "b"}));
        QCOMPARE(tracker->heldInAll(), 0);
        const auto run = queue.take();
        QCOMPARE(messages(run->records()), (Lines{"c", "d", "e"}));
        QCOMPARE(run->groupEnd(0), 3u);
    }

    void theOldestGoManyTimesOver()
    {
        RecordQueue queue({10, 0});
        for (int i = 0; i < 5000; ++i)
            queue.put(test::Records({std::to_string(i)}).all(), WhenFull::DropOldest, m_observer);
        QCOMPARE(m_dropped.size(), 4990u);
        QCOMPARE(queue.pending(), 10u);
        Lines left;
        while (left.size() < 10) {
            const Lines some = takeOne(queue);
            left.insert(left.end(), some.begin(), some.end());
        }
        QCOMPARE(left.front(), std::string("4990"));
        QCOMPARE(left.back(), std::string("4999"));
    }

    void bytesAreBoundedToo()
    {
        RecordQueue queue({0, 4 * 1024 * 1024});
        const std::string large(100'000, 'x');
        for (int i = 0; i < 200; ++i)
            queue.put(test::Records({large}).all(), WhenFull::DropNewest, m_observer);
        QVERIFY(queue.pending() >= 20);
        QVERIFY(queue.pending() <= 60);
        QCOMPARE(queue.pending() + m_dropped.size(), 200u);
    }

    void aFullQueueLetsTheSenderWait()
    {
        RecordQueue queue({1, 0});
        queue.put(test::Records({"a"}).all(), WhenFull::Block, m_observer);
        std::atomic<bool> isIn{false};
        std::thread sender([&] {
            queue.put(test::Records({"b", "c"}).all(), WhenFull::Block, m_observer);
            isIn = true;
        });
        QTest::qWait(20); // may prove too little, never too much
        QVERIFY(!isIn);
        QCOMPARE(takeOne(queue), (Lines{"a"}));
        sender.join();
        QCOMPARE(takeOne(queue), (Lines{"b", "c"}));
    }

    void closingEndsTheWaitAndDropsWhatCannotBeTaken()
    {
        RecordQueue queue({1, 0});
        queue.put(test::Records({"a"}).all(), WhenFull::Block, m_observer);
        std::thread sender([&] { queue.put(test::Records({"b"}).all(), WhenFull::Block, m_observer); });
        queue.close();
        sender.join();
        QCOMPARE(m_dropped, (Lines{"b"}));
        QCOMPARE(takeOne(queue), (Lines{"a"}));
    }

    void aSentinelComesBehindWhatWasPutBefore()
    {
        RecordQueue queue({});
        queue.put(test::Records({"a"}).all(), WhenFull::DropNewest, m_observer);
        queue.putSentinel();
        queue.put(test::Records({"b"}).all(), WhenFull::DropNewest, m_observer);
        QCOMPARE(takeOne(queue), (Lines{"a"}));
        QCOMPARE(takeOne(queue), (Lines{"<sentinel>"}));
        QCOMPARE(takeOne(queue), (Lines{"b"}));
    }

    void recordsArePendingUntilTheRunIsGivenBack()
    {
        RecordQueue queue({});
        const auto tracker = std::make_shared<test::CountingTracker>();
        test::Records records({"a", "b"});
        records.batch().setTracker(tracker);
        queue.put(records.all(), WhenFull::Block, m_observer);
        auto run = queue.take();
        QCOMPARE(tracker->heldInAll(), 2);
        QCOMPARE(queue.pending(), 2u);
        queue.giveBack(std::move(run));
        QCOMPARE(tracker->heldInAll(), 0);
    }

    void whatIsLeftInAQueueThatEndsIsDropped()
    {
        const auto tracker = std::make_shared<test::CountingTracker>();
        test::Records records({"a", "b"});
        records.batch().setTracker(tracker);
        RecordQueue({}).put(records.all(), WhenFull::Block, m_observer);
        QCOMPARE(tracker->heldInAll(), 0);
        QCOMPARE(tracker->drops.size(), 2u);
    }
};

QTEST_GUILESS_MAIN(RecordQueueTest)
#include "RecordQueueTest.moc"
