#include "capture/Capture.h"
#include "capture/Origin.h"
#include "capture/SampleRecords.h"
#include "chain/Ledger.h"
#include "support/Patience.h"

using namespace sluice;
using namespace sluice::test;

namespace {

void append(Capture &capture, std::shared_ptr<DeliveryTracker> origin, std::string_view process, std::int64_t id,
            int levelno = level::Info, double created = 100)
{
    LogRecordBatch batch;
    LogRecord &record = addRecord(batch, "app", levelno, "text", created);
    record.set(Attribute::ProcessName, Value::text(process));
    record.set(Attribute::Process, Value::integer(id));
    if (origin)
        batch.setTracker(std::move(origin));
    capture.append(pointers(batch));
}

std::vector<std::uint64_t> reconnectRows(const Capture &capture)
{
    std::vector<std::uint64_t> rows;
    for (const SourceNames::Reconnect &one : capture.sources().reconnects())
        rows.push_back(one.row);
    return rows;
}

using Rows = std::vector<std::uint64_t>;

} // namespace

class SourceTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<Origin> m_here = std::make_shared<Origin>("python", "127.0.0.1");
    std::shared_ptr<Origin> m_there = std::make_shared<Origin>("python", "10.0.0.7");

private Q_SLOTS:
    void senderIsToldByReceiverPeerAndProcessName()
    {
        Capture capture;
        append(capture, m_here, "shop", 1);
        append(capture, m_there, "shop", 1);
        append(capture, m_here, "worker", 2);
        append(capture, std::make_shared<Origin>("syslog", "127.0.0.1"), "shop", 1);
        append(capture, m_here, "shop", 1);
        append(capture, nullptr, "", 1);
        QCOMPARE(capture.sources().size(), 5u);
        const CaptureSnapshot snapshot = capture.snapshot();
        QCOMPARE(snapshot.view(0).source, snapshot.view(4).source);
        const SourceNames::Name name = capture.sources().name(snapshot.view(1).source);
        QCOMPARE(name.receiver, std::string_view("python"));
        QCOMPARE(name.peer, std::string_view("10.0.0.7"));
        QCOMPARE(name.process, std::string_view("shop"));
    }

    void ledgersTrackersSayWhereRecordsComeFrom()
    {
        const auto account = std::make_shared<SourceAccount>("http", "::1");
        Capture capture;
        append(capture, std::make_shared<Delivery>(account, 1), "web", 1);
        const SourceNames::Name name = capture.sources().name(0);
        QCOMPARE(name.receiver, std::string_view("http"));
        QCOMPARE(name.peer, std::string_view("::1"));
    }

    void senderThatRestartsStaysTheSameSourceAndItsRowIsKept()
    {
        Capture capture;
        append(capture, m_here, "shop", 100);
        append(capture, m_here, "shop", 100);
        append(capture, m_there, "shop", 100);
        append(capture, m_here, "shop", 200);
        append(capture, m_here, "shop", 200);
        QCOMPARE(capture.sources().size(), 2u);
        QCOMPARE(reconnectRows(capture), Rows{3});
        QCOMPARE(capture.sources().reconnects()[0].processId, 200);
        QCOMPARE(capture.sources().figures(0).processId, std::optional<std::int64_t>(200));
    }

    void processesOfOneNameThatTakeTurnsAreNotedOnce()
    {
        Capture capture;
        for (int i = 0; i < 50; ++i)
            append(capture, m_here, "MainProcess", i % 3);
        QCOMPARE(reconnectRows(capture), (Rows{1, 2}));
    }

    void reconnectsAreBounded()
    {
        Capture capture;
        LogRecordBatch batch;
        for (int i = 0; i < 40'000; ++i) {
            LogRecord &record = addRecord(batch, "app", level::Info, "x");
            record.set(Attribute::Process, Value::integer(i));
        }
        capture.append(pointers(batch));
        const auto rows = reconnectRows(capture);
        QVERIFY(rows.size() <= SourceNames::maxReconnects);
        QCOMPARE(rows.back(), 39'999u);
    }

    void sourcesBeyondTheBoundShareOneNumber()
    {
        Capture capture;
        for (std::size_t i = 0; i < SourceNames::maxSources + 5; ++i)
            append(capture, m_here, "hostile" + std::to_string(i), 1);
        QCOMPARE(capture.sources().size(), SourceNames::maxSources);
        QCOMPARE(capture.sources().otherRows(), 5);
        QCOMPARE(capture.snapshot().view(capture.endRow() - 1).source, SourceNames::other);
    }

    void figuresCountRowsErrorsAndTheNewestTime()
    {
        Capture capture({.budget = 32 * 1024, .blockBytes = 4 * 1024});
        append(capture, m_here, "shop", 1, level::Error, 50);
        append(capture, m_there, "shop", 1, level::Info, 70);
        append(capture, m_there, "shop", 1, level::Critical, 60);
        const SourceNames::Figures there = capture.sources().figures(1);
        QCOMPARE(there.rows, 2);
        QCOMPARE(there.errors, 1);
        QCOMPARE(there.lastSeen, 70 * nanosecondsPerSecond);
        for (int i = 0; i < 2'000; ++i)
            append(capture, m_here, "shop", 1);
        QCOMPARE(capture.sources().figures(1).rows, 0);
        QCOMPARE(capture.sources().figures(1).errors, 0);
        QCOMPARE(std::uint64_t(capture.sources().figures(0).rows), capture.snapshot().size());
        capture.clear();
        QCOMPARE(capture.sources().figures(0).rows, 0);
    }
};

QTEST_GUILESS_MAIN(SourceTest)
#include "SourceTest.moc"
