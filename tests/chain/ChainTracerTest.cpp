#include "chain/ChainTracer.h"
#include "ShowStrings.h"
#include "chain/NodeRegistry.h"
#include "chain/Router.h"
#include "chain/TestNodes.h"
#include "record/Level.h"
#include "support/Patience.h"

#include <random>
#include <set>

using namespace sluice;
using test::HandFedReceiver;

namespace {

struct Param
{
    Param(const char *key, const char *text) : key(key), value(QLatin1String(text)) {}
    Param(const char *key, const QJsonValue &value) : key(key), value(value) {}

    const char *key;
    QJsonValue value;
};

QJsonObject params(std::initializer_list<Param> given)
{
    QJsonObject object;
    for (const Param &param : given)
        object.insert(QLatin1String(param.key), param.value);
    return object;
}

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

LogRecord &record(LogRecordBatch &batch, std::string_view logger, int levelno)
{
    LogRecord &record = batch.add();
    record.set(Attribute::Name, Value::text(batch.arena().copy(logger)));
    record.set(Attribute::Levelno, Value::integer(levelno));
    record.set(Attribute::Msg, Value::text("a message"));
    return record;
}

/// "in>✓out ✗errors.log: level ERROR is not reached"
std::string inWords(const std::vector<TraceStep> &steps)
{
    std::string words;
    for (const TraceStep &step : steps) {
        words +=
            (words.empty() ? "" : " | ") + std::string(static_cast<std::size_t>(step.depth), '>') + step.node;
        if (!step.passed)
            words += ": " + step.reason;
    }
    return words;
}

} // namespace

class ChainTracerTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<HandFedReceiver> m_receiver = std::make_shared<HandFedReceiver>();
    Node<test::NoConfig> m_receiverType = test::nodeOf(m_receiver);
    LogRecordBatch m_batch;

    Chain chainWithReceiver()
    {
        Chain chain;
        chain.addNode(node("in", m_receiverType));
        return chain;
    }

private Q_SLOTS:
    void namesTheLevelAndTheFilterThatStopARecord()
    {
        Chain chain = chainWithReceiver();
        chain.addNode(node("console", "ConsoleHandler"));
        chain.addNode(node("errors.log", "FileHandler", params({{"filename", "e.log"}, {"level", "ERROR"}})));
        chain.addNode(node("only db", "Filter", params({{"name", "app.db"}})));
        chain.addNode(node("slow", "ExpressionFilter", params({{"expression", "message ~ \"slow\""}})));
        chain.addNode(node("out", "NullHandler"));
        chain.addWire({"in", "out", "console"});
        chain.addWire({"in", "out", "errors.log"});
        chain.addWire({"in", "out", "only db"});
        chain.addWire({"only db", "out", "slow"});
        chain.addWire({"slow", "out", "out"});
        QVERIFY(chain.check().empty());
        ChainTracer tracer(chain);
        QCOMPARE(inWords(tracer.trace(record(m_batch, "app.db.pool", level::Info), "in")),
                 std::string("in | >console | >errors.log: level ERROR is not reached | >only db | "
                             ">>slow: passes only message ~ \"slow\""));
        QCOMPARE(inWords(tracer.trace(record(m_batch, "app", level::Critical), "in")),
                 std::string("in | >console | >errors.log | >only db: passes only app.db and its children"));
    }

    void goesThroughTheLoggersByPythonsRules()
    {
        Chain chain = chainWithReceiver();
        chain.addNode(node("root", "Logger", params({{"level", "WARNING"}})));
        chain.addNode(node("app", "Logger", params({{"name", "app"}, {"level", "DEBUG"}})));
        chain.addNode(
            node("quiet", "Logger", params({{"name", "app.quiet"}, {"propagate", QJsonValue(false)}})));
        chain.addNode(node("off", "Logger", params({{"name", "off"}, {"disabled", QJsonValue(true)}})));
        chain.addNode(node("all", "NullHandler"));
        chain.addNode(node("own", "NullHandler"));
        for (const char *logger : {"root", "app", "quiet", "off"})
            chain.addWire({"in", "out", logger});
        chain.addWire({"root", "out", "all"});
        chain.addWire({"app", "out", "own"});
        QVERIFY(chain.check().empty());
        ChainTracer tracer(chain);
        const auto traced = [&](std::string_view logger, int levelno) {
            return inWords(tracer.trace(record(m_batch, logger, levelno), "in"));
        };
        QCOMPARE(traced("app.db", level::Debug), std::string("in | >app | >>own | >root | >>all"));
        QCOMPARE(traced("other", level::Info), std::string("in | >root: level WARNING is not reached"));
        QCOMPARE(traced("off", level::Error), std::string("in | >off: the logger is disabled"));
        QCOMPARE(traced("app.quiet", level::Info),
                 std::string("in | >quiet | >quiet: its loggers have no handler, and it is below WARNING"));
    }

    void goesOnBehindHandlersThatPassRecordsOn()
    {
        Chain chain = chainWithReceiver();
        chain.addNode(node("memory", "MemoryHandler", params({{"capacity", QJsonValue(10)}})));
        chain.addNode(node("file", "FileHandler", params({{"filename", "x"}, {"level", "ERROR"}})));
        chain.addWire({"in", "out", "memory"});
        chain.addWire({"memory", "target", "file"});
        ChainTracer tracer(chain);
        QCOMPARE(inWords(tracer.trace(record(m_batch, "app", level::Info), "in")),
                 std::string("in | >memory | >>file"));
    }

    void anUnknownReceiverHasNoWay()
    {
        ChainTracer tracer(chainWithReceiver());
        QVERIFY(tracer.trace(record(m_batch, "app", level::Info), "elsewhere").empty());
    }

    void waysThatMultiplyAreBounded()
    {
        Chain chain = chainWithReceiver();
        std::string before = "in";
        for (int i = 0; i < 40; ++i) {
            const std::string meet = "m" + std::to_string(i);
            chain.addNode(node(meet, "Filter"));
            for (const char *side : {"l", "r"}) {
                const std::string id = side + std::to_string(i);
                chain.addNode(node(id, "Filter"));
                chain.addWire({before, "out", id});
                chain.addWire({id, "out", meet});
            }
            before = meet;
        }
        ChainTracer tracer(chain);
        QVERIFY(tracer.trace(record(m_batch, "app", level::Info), "in").size() < ChainTracer::maxSteps + 100);
    }

    /// Random chains: a record gets to the handlers that the trace says it gets to, and to no other.
    void agreesWithTheRouter()
    {
        constexpr int handlers = 5;
        const std::array names = {"", "a", "a.b", "a.b.c", "d"};
        const std::array levels = {level::NotSet, level::Debug, level::Info, level::Warning, level::Error};
        std::mt19937 random(5);
        const auto any = [&](const auto &from) { return from[random() % from.size()]; };
        const auto filters = [&](unsigned rare) {
            return QJsonValue(random() % rare ? QJsonArray() : QJsonArray{QLatin1String(any(names))});
        };
        for (int round = 0; round < 60; ++round) {
            std::vector<std::shared_ptr<RecordingHandler>> recorders;
            std::vector<std::unique_ptr<Node<HandlerConfig>>> types;
            Chain chain = chainWithReceiver();
            std::vector<std::string> sources{"in"};
            const auto feed = [&](const std::string &to) {
                chain.addWire({sources[random() % sources.size()], "out", to});
            };
            for (const char *name : names) {
                if (random() % 2)
                    continue;
                const std::string id = std::string("logger ") + name;
                chain.addNode(node(id, "Logger",
                                   params({{"name", name},
                                           {"level", QJsonValue(any(levels))},
                                           {"propagate", QJsonValue(random() % 3 != 0)},
                                           {"disabled", QJsonValue(random() % 8 == 0)},
                                           {"filters", filters(4)}})));
                chain.addWire({"in", "out", id});
                sources.push_back(id);
            }
            for (int i = 0; i < 3; ++i) {
                const std::string id = "filter " + std::to_string(i);
                chain.addNode(i == 2 ? node(id, "ExpressionFilter", params({{"expression", "level >= INFO"}}))
                                     : node(id, "Filter", params({{"name", any(names)}})));
                feed(id);
                sources.push_back(id);
            }
            for (int i = 0; i < handlers; ++i) {
                recorders.push_back(std::make_shared<RecordingHandler>());
                types.push_back(std::make_unique<Node<HandlerConfig>>(test::nodeOf(recorders.back())));
                const std::string id = "handler " + std::to_string(i);
                chain.addNode(node(id, *types.back(),
                                   params({{"level", QJsonValue(any(levels))}, {"filters", filters(3)}})));
                feed(id);
            }
            QVERIFY2(chain.check().empty(), chain.check().empty() ? "" : chain.check().front().text.c_str());
            ChainTracer tracer(chain);
            Router router(chain, RouterOptions{"/"});
            router.start();
            std::vector<std::set<std::pair<std::string, int>>> expected(handlers);
            std::vector<HandFedReceiver::Line> lines;
            for (const char *name : {"", "root", "a", "a.b", "a.bb", "a.b.c.d", "d", "x.y"}) {
                for (const int levelno : {0, 10, 20, 30, 40}) {
                    lines.push_back({name, levelno, std::to_string(lines.size())});
                    for (const TraceStep &step : tracer.trace(record(m_batch, name, levelno), "in")) {
                        if (step.passed && step.node.starts_with("handler "))
                            expected[std::size_t(step.node.back() - '0')].emplace(name, levelno);
                    }
                }
            }
            QVERIFY(m_receiver->feed(lines));
            m_receiver->finish();
            QVERIFY(router.waitUntilFinished(30'000));
            router.stop();
            for (std::size_t i = 0; i < handlers; ++i) {
                std::set<std::pair<std::string, int>> got;
                recorders[i]->withRecords([&](std::span<const LogRecord> records) {
                    for (const LogRecord &one : records)
                        got.emplace(one.name(), one.levelno);
                });
                QCOMPARE(got, expected[i]);
            }
        }
    }
};

QTEST_GUILESS_MAIN(ChainTracerTest)
#include "ChainTracerTest.moc"
