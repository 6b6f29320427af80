#include "capture/CaptureRehearsal.h"
#include "ShowStrings.h"
#include "capture/Capture.h"
#include "capture/CaptureFixture.h"
#include "chain/NodeRegistry.h"
#include "support/Patience.h"

#include <QJsonDocument>

using namespace sluice;
using namespace sluice::test;

namespace {

ChainNode node(const std::string &id, const char *type, const char *json = "{}")
{
    ChainNode node;
    node.id = id;
    node.type = NodeRegistry::builtin().find(type);
    node.params = QJsonDocument::fromJson(json).object();
    return node;
}

/// Two receivers, each with a file of its own.
Chain twoWays()
{
    Chain chain;
    chain.addNode(node("python", "SocketReceiver"));
    chain.addNode(node("system", "SyslogReceiver"));
    chain.addNode(node("python.log", "FileHandler", R"({"filename": "python.log"})"));
    chain.addNode(node("system.log", "FileHandler", R"({"filename": "system.log"})"));
    chain.addWire({"python", "out", "python.log"});
    chain.addWire({"system", "out", "system.log"});
    return chain;
}

CaptureRehearsalRequest requestFor(const std::shared_ptr<Capture> &capture, const Chain &chain)
{
    CaptureRehearsalRequest request;
    request.store = capture;
    request.snapshot = capture->snapshot();
    request.edited = chain;
    request.baseDirectory = "/no/such/folder";
    return request;
}

std::uint64_t linesOf(const RehearsalResult &result, const char *id) { return result.node(id)->output->pieces(); }

} // namespace

class CaptureRehearsalTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<Capture> m_capture;

private Q_SLOTS:
    void init()
    {
        m_capture = std::make_shared<Capture>(smallPages());
        const auto python = std::make_shared<Origin>("python", "127.0.0.1");
        const auto system = std::make_shared<Origin>("system", "127.0.0.1");
        appendNumbered(*m_capture, 0, 1000, python);
        appendNumbered(*m_capture, 1000, 500, system);
        appendNumbered(*m_capture, 1500, 1000, python);
    }

    void recordsEnterByTheReceiverThatHadThem()
    {
        const auto report = rehearseCapture(requestFor(m_capture, twoWays()));
        QVERIFY(report.ok());
        QCOMPARE(report->records, 2500u);
        QCOMPARE(linesOf(report->edited, "python.log"), 2000u);
        QCOMPARE(linesOf(report->edited, "system.log"), 500u);
        QCOMPARE(report->edited.node("python")->status.received, 2000u);
        QCOMPARE(report->firstTime, 1'700'000'000 * nanosecondsPerSecond);
        QCOMPARE(report->lastTime, 1'700'002'499 * nanosecondsPerSecond);
        QVERIFY(!report->running);
    }

    void onlyWhatTheFilterShows()
    {
        CaptureRehearsalRequest request = requestFor(m_capture, twoWays());
        request.filter.text = "level >= ERROR";
        QCOMPARE(rehearseCapture(request)->records, 25u);
        request.filter = {};
        request.filter.from = 1'700'000'900 * nanosecondsPerSecond;
        request.filter.until = 1'700'001'100 * nanosecondsPerSecond;
        const auto report = rehearseCapture(request);
        QCOMPARE(linesOf(report->edited, "python.log"), 100u);
        QCOMPARE(linesOf(report->edited, "system.log"), 100u);
    }

    void bothChainsGetTheSame()
    {
        CaptureRehearsalRequest request = requestFor(m_capture, twoWays());
        request.running = twoWays();
        const auto same = rehearseCapture(request);
        QVERIFY(std::ranges::none_of(same->nodes, &NodeComparison::differs));
        request.edited.node("system.log")->params.insert(u"level", QStringLiteral("ERROR"));
        const auto other = rehearseCapture(request);
        QCOMPARE(std::ranges::count_if(other->nodes, &NodeComparison::differs), 1);
        QCOMPARE(linesOf(other->edited, "system.log"), 5u);
        QCOMPARE(linesOf(*other->running, "system.log"), 500u);
    }

    void itCanBeEnded()
    {
        int calls = 0;
        const auto report = rehearseCapture(requestFor(m_capture, twoWays()), [&](double done) {
            return done >= 0 && done <= 1 && ++calls < 3;
        });
        QVERIFY(!report.ok());
        QCOMPARE(report.error().text, std::string("The rehearsal was ended before it was done."));
        QCOMPARE(calls, 3);
    }

    void ofNothingComesNothing()
    {
        const auto empty = std::make_shared<Capture>(smallPages());
        const auto report = rehearseCapture(requestFor(empty, twoWays()));
        QVERIFY(report.ok());
        QCOMPARE(report->records, 0u);
        QCOMPARE(linesOf(report->edited, "python.log"), 0u);
    }
};

QTEST_GUILESS_MAIN(CaptureRehearsalTest)
#include "CaptureRehearsalTest.moc"
