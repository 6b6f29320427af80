#include "chain/RouteGuarantee.h"
#include "ShowStrings.h"
#include "chain/NodeRegistry.h"
#include "chain/Router.h"
#include "chain/TestNodes.h"
#include "receiver/BatchPool.h"
#include "support/Patience.h"
#include "support/RunProgram.h"
#include "support/TestPaths.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTemporaryFile>

using namespace sluice;
using test::HandFedReceiver;
using Loss = NodeGuarantee::Loss;

namespace {

ChainNode node(const std::string &id, const NodeType &type, const QJsonObject &params = {})
{
    ChainNode node;
    node.id = id;
    node.type = &type;
    node.params = params;
    return node;
}

ChainNode node(const std::string &id, const char *type, const QJsonObject &params = {})
{
    return node(id, *NodeRegistry::builtin().find(type), params);
}

QJsonObject params(const char *json) { return QJsonDocument::fromJson(json).object(); }

/// An unused port of this machine.
int closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

/// in (TCP) → what a test adds.
Chain chainWith(std::initializer_list<ChainNode> nodes, std::initializer_list<Wire> wires)
{
    Chain chain;
    chain.addNode(node("in", "SocketReceiver"));
    for (const ChainNode &each : nodes)
        chain.addNode(each);
    for (const Wire &wire : wires)
        chain.addWire(wire);
    return chain;
}

bool has(const std::string &text, const char *part) { return text.find(part) != std::string::npos; }

} // namespace

class RouteGuaranteeTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<HandFedReceiver> m_receiver = std::make_shared<HandFedReceiver>();
    Node<test::NoConfig> m_receiverType = test::nodeOf(m_receiver);

    /// Runs in → handler with so many records, and returns the account once all have come to their end.
    SourceStatus accountOf(const ChainNode &handler, int records)
    {
        Chain chain;
        chain.addNode(node("in", m_receiverType));
        chain.addNode(handler);
        chain.addWire({"in", "out", handler.id});
        Router router(chain, RouterOptions{QDir::tempPath().toStdString()});
        router.start();
        m_receiver->feed(std::vector<HandFedReceiver::Line>(static_cast<std::size_t>(records), {"app", 20, "a message"}));
        m_receiver->finish();
        router.waitUntilFinished();
        router.stop();
        return router.status().total();
    }

private Q_SLOTS:
    void aFileIsWeakWhereTheDiskIsFull()
    {
        const Chain chain = chainWith({node("log", "FileHandler", params(R"({"filename": "x.log"})"))}, {{"in", "out", "log"}});
        QVERIFY(chain.check().empty());
        const ChainGuarantee guarantee = guaranteeOf(chain);
        QCOMPARE(guarantee.routes.size(), 1u);
        const RouteGuarantee &route = guarantee.routes.front();
        QCOMPARE(route.nodes, (std::vector<std::string>{"in", "log"}));
        QCOMPARE(route.crash.loss, Loss::Bounded);
        QVERIFY2(route.crash.sentence.starts_with("At most 16,384 records: "), route.crash.sentence.c_str());
        QCOMPARE(route.fullDisk.loss, Loss::Unbounded);
        QCOMPARE(route.fullDisk.sentence, std::string("What comes meanwhile: “log” drops what does not fit, counted and without half "
                                                      "lines, and goes on when there is room."));
        QCOMPARE(route.deadPeer.sentence, std::string("Nothing: nobody else has to take anything on this way."));
        QCOMPARE(route.weakest, std::string("log"));
        QCOMPARE(route.weakestFailure, std::string("full disk"));
    }

    void whatNodesHoldAddsUpInACrash()
    {
        Chain chain = chainWith({node("buffer", "MemoryHandler", params(R"({"capacity": 100})")),
                                 node("mail", "SMTPHandler", params(R"({"mailhost": "mail", "fromaddr": "a@b", "toaddrs": ["c@d"]})"))},
                                {{"in", "out", "buffer"}, {"buffer", "target", "mail", 500, WhenFull::DropOldest}});
        QVERIFY(chain.check().empty());
        const RouteGuarantee route = guaranteeOf(chain).routes.front();
        QCOMPARE(route.nodes, (std::vector<std::string>{"in", "buffer", "mail"}));
        // 16,384 in the router, 99 in the buffer, 500 that wait and 500 that the queue's thread has in hand.
        QVERIFY2(route.crash.sentence.starts_with("At most 17,483 records: "), route.crash.sentence.c_str());
        QVERIFY(has(route.crash.sentence, "“buffer” keeps up to 99 records in memory until there are 100 records or one is ERROR or above"));
        QCOMPARE(route.crash.worst, std::string("mail"));
        QVERIFY(has(route.deadPeer.sentence, "the queue before “mail” takes 500 records and then drops the oldest, counted"));
        QCOMPARE(route.weakest, std::string("mail"));
        QCOMPARE(route.weakestFailure, std::string("dead peer"));
    }

    void parametersMakeTheDifference()
    {
        const auto crashOf = [](const char *type, const char *json, bool leadsOn) {
            return NodeRegistry::builtin().find(type)->guarantee(params(json), leadsOn).crash;
        };
        QCOMPARE(crashOf("MemoryHandler", R"({"capacity": 0})", true).loss, Loss::None);
        QCOMPARE(crashOf("MemoryHandler", R"({"capacity": 1000})", true).records, 999u);
        QCOMPARE(crashOf("MemoryHandler", R"({"capacity": 1000})", false).loss, Loss::Unbounded);
        QCOMPARE(crashOf("QueueHandler", "{}", true).loss, Loss::Unbounded);
        QCOMPARE(crashOf("QueueHandler", R"({"capacity": 10})", true).records, 20u);
        QCOMPARE(crashOf("SocketHandler", R"({"host": "h"})", false).loss, Loss::None);
        QCOMPARE(crashOf("SocketHandler", R"({"host": "h", "keepUnsent": 1000000})", false).amount, std::string("1 MB that could not be sent"));
        QCOMPARE(crashOf("SMTPHandler", R"({"rateLimit": 1, "maxHeld": 7})", false).records, 7u);

        const auto peerOf = [](const char *type, const char *json) {
            return NodeRegistry::builtin().find(type)->guarantee(params(json), false).deadPeer;
        };
        QCOMPARE(peerOf("SysLogHandler", "{}").loss, Loss::Unnoticed);
        QCOMPARE(peerOf("SysLogHandler", R"({"socktype": "tcp"})").loss, Loss::Unbounded);
        QCOMPARE(peerOf("DatagramHandler", R"({"host": "h"})").loss, Loss::Unnoticed);
        QCOMPARE(peerOf("DatagramHandler", R"({"host": "h", "port": null})").loss, Loss::Unbounded);
        QVERIFY(has(peerOf("HTTPHandler", R"({"retries": 3})").words, "up to 4 times"));
    }

    void aQueueThatMakesOthersWaitIsPaidForByTheReceiver()
    {
        const auto routeFrom = [](const char *receiver) {
            Chain chain;
            chain.addNode(node("in", receiver));
            chain.addNode(node("web", "HTTPHandler", params(R"({"host": "h", "url": "/"})")));
            chain.addWire({"in", "out", "web", 10, WhenFull::Block});
            return guaranteeOf(chain).routes.front();
        };
        QVERIFY(has(routeFrom("SocketReceiver").deadPeer.sentence, "“in” lets its senders wait"));
        const RouteGuarantee udp = routeFrom("DatagramReceiver");
        QVERIFY2(has(udp.deadPeer.sentence, "“in” loses datagrams"), udp.deadPeer.sentence.c_str());
        // Behind a QueueHandler it is that which has to wait.
        Chain chain = chainWith({node("queue", "QueueHandler", params(R"({"capacity": 5})")), node("web", "HTTPHandler", params(R"({"host": "h", "url": "/"})"))},
                                {{"in", "out", "queue"}, {"queue", "handlers", "web", 10, WhenFull::Block}});
        QVERIFY(chain.check().empty());
        const std::string sentence = guaranteeOf(chain).routes.front().deadPeer.sentence;
        QVERIFY2(has(sentence, "“queue” drops, counted, what comes while 5 records wait") && !has(sentence, "“in”"), sentence.c_str());
    }

    void everyLoggerIsOnTheWay()
    {
        Chain chain = chainWith({node("root", "Logger"), node("app", "Logger", params(R"({"name": "app"})")),
                                 node("all", "NullHandler"), node("own", "NullHandler"), node("nowhere", "Filter")},
                                {{"in", "out", "root"}, {"root", "out", "all"}, {"app", "out", "own"}, {"in", "out", "nowhere"}});
        const ChainGuarantee guarantee = guaranteeOf(chain);
        QCOMPARE(guarantee.routes.size(), 2u);
        QCOMPARE(guarantee.routes[0].nodes, (std::vector<std::string>{"in", "root", "all"}));
        QCOMPARE(guarantee.routes[1].nodes, (std::vector<std::string>{"in", "app", "own"}));
        QVERIFY(guarantee.routes[0].weakest.empty());
    }

    void routesThatMultiplyAreBounded()
    {
        Chain chain = chainWith({}, {});
        std::string before = "in";
        for (int i = 0; i < 40; ++i) {
            const std::string meet = "m" + std::to_string(i);
            chain.addNode(node(meet, i == 39 ? "NullHandler" : "Filter"));
            for (const char *side : {"l", "r"}) {
                const std::string id = side + std::to_string(i);
                chain.addNode(node(id, "Filter"));
                chain.addWire({before, "out", id});
                chain.addWire({id, "out", meet});
            }
            before = meet;
        }
        const ChainGuarantee guarantee = guaranteeOf(chain);
        QCOMPARE(guarantee.routes.size(), ChainGuarantee::maxRoutes);
        QVERIFY(guarantee.isCut);
    }

    // What the sentences claim, shown by the real thing.

    void aKilledProgramLosesNoMoreThanWasSaid()
    {
        const QTemporaryDir folder;
        QFile project(folder.filePath(QStringLiteral("p.sluice")));
        QVERIFY(project.open(QIODevice::WriteOnly));
        project.write(R"({"sluice": 1, "nodes": [
            {"id": "buffer", "type": "MemoryHandler", "params": {"capacity": 100, "flushLevel": "CRITICAL"}},
            {"id": "log", "type": "FileHandler", "params": {"filename": "out.log"}}],
            "wires": [{"from": "buffer", "port": "target", "to": "log"}]})");
        project.close();
        const std::uint64_t promised = NodeRegistry::builtin().find("MemoryHandler")->guarantee(params(R"({"capacity": 100})"), true).crash.records;

        constexpr int sent = 1050;
        QProcess program;
        program.start(test::inBin("sluicectl"), {QStringLiteral("run"), project.fileName(), QStringLiteral("--input"), QStringLiteral("-")});
        QVERIFY(program.waitForStarted());
        for (int i = 0; i < sent; ++i)
            program.write(QByteArray("{\"msg\": \"record ") + QByteArray::number(i) + "\", \"levelno\": 20}\n");
        const auto lines = [&] {
            QFile log(folder.filePath(QStringLiteral("out.log")));
            return log.open(QIODevice::ReadOnly) ? log.readAll().count('\n') : 0;
        };
        QTRY_COMPARE(lines(), 1000);
        program.kill();
        QVERIFY(program.waitForFinished());
        QCOMPARE(lines(), 1000);
        QVERIFY(sent - lines() <= static_cast<qsizetype>(promised));
    }

    void aFullDiskCostsWhatComesMeanwhileAndCountsIt()
    {
        if (!QFile::exists(QStringLiteral("/dev/full")))
            QSKIP("needs /dev/full");
        const SourceStatus account = accountOf(node("log", "FileHandler", params(R"({"filename": "/dev/full"})")), 10);
        QCOMPARE(account.dropped, 10u);
        QCOMPARE(account.accepted, 10u);
    }

    void aDeadPeerCostsWhatComesMeanwhileAndCountsIt()
    {
        QJsonObject given = params(R"({"host": "127.0.0.1"})");
        given.insert(u"port", closedPort());
        QCOMPARE(accountOf(node("peer", "SocketHandler", given), 10).dropped, 10u);
        given.insert(u"socktype", QStringLiteral("tcp"));
        const QJsonObject syslog{{QStringLiteral("address"), QJsonArray{QStringLiteral("127.0.0.1"), closedPort()}}, {QStringLiteral("socktype"), QStringLiteral("tcp")}};
        QCOMPARE(accountOf(node("peer", "SysLogHandler", syslog), 10).dropped, 10u);
    }

    void ofDatagramsNobodyIsTold()
    {
        QJsonObject given = params(R"({"host": "127.0.0.1"})");
        given.insert(u"port", closedPort());
        const SourceStatus account = accountOf(node("peer", "DatagramHandler", given), 10);
        QCOMPARE(account.dropped, 0u);
        QCOMPARE(account.delivered, 10u);
    }

    void checkSaysItOfEachRoute()
    {
        const ProgramResult result = runOwnProgram(test::inBin("sluicectl"),
                                                {QStringLiteral("check"), test::inSource("resources/examples/errors-with-what-led-to-them.sluice")});
        QVERIFY2(result.ok, result.errors.constData());
        QVERIFY2(result.output.contains(" → ") && result.output.contains("  crash:      At most ") && result.output.contains("  dead peer:  ") &&
                     result.output.contains("  weakest:    "),
                 result.output.constData());
    }

    void checkTellsOfSecretsThatStandInAProject()
    {
        QTemporaryFile project;
        QVERIFY(project.open());
        project.write(R"({"sluice": 2, "nodes": [{"id": "web", "type": "HTTPHandler", "params": {"host": "h", "url": "/", "headers": {"Authorization": "Bearer swordfish"}}}], "wires": []})");
        project.close();
        const ProgramResult result = runOwnProgram(test::inBin("sluicectl"), {QStringLiteral("check"), project.fileName()});
        QVERIFY(!result.ok);
        QVERIFY2(result.output.contains("$.nodes[0].params.headers.Authorization: A secret stands in the file itself"), result.output.constData());
        QVERIFY(!result.output.contains("swordfish"));
    }

    void nodesSaysItOfEach()
    {
        const ProgramResult text = runOwnProgram(test::inBin("sluicectl"), {QStringLiteral("nodes")});
        QVERIFY2(text.ok && text.output.contains("\n  crash: keeps ") && text.output.contains("\n  dead peer: "), text.output.constData());
        const ProgramResult json = runOwnProgram(test::inBin("sluicectl"), {QStringLiteral("nodes"), QStringLiteral("--json")});
        QVERIFY(json.ok);
        const QJsonArray nodes = QJsonDocument::fromJson(json.output).array();
        QCOMPARE(nodes.size(), static_cast<qsizetype>(NodeRegistry::builtin().types().size()));
        for (const QJsonValue node : nodes) {
            const NodeType *type = NodeRegistry::builtin().find(node[u"name"].toString().toStdString());
            const NodeGuarantee guarantee = type->guarantee({}, !type->outputs().empty());
            QCOMPARE(node[u"guarantee"][u"crash"][u"words"].toString().toStdString(), guarantee.crash.words);
            QCOMPARE(node[u"guarantee"][u"deadPeer"][u"words"].toString().toStdString(), guarantee.deadPeer.words);
            QVERIFY(!node[u"guarantee"][u"fullDisk"][u"loss"].toString().isEmpty() && !node[u"guarantee"][u"heldUp"][u"loss"].toString().isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(RouteGuaranteeTest)
#include "RouteGuaranteeTest.moc"
