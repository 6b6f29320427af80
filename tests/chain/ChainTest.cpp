#include "ShowStrings.h"
#include "chain/Chain.h"
#include "chain/NodeRegistry.h"


using namespace sluice;

namespace {

ChainNode node(const char *id, const char *type, const QJsonObject &params = {})
{
    ChainNode made;
    made.id = id;
    made.type = NodeRegistry::builtin().find(type);
    made.params = params;
    return made;
}

std::string places(const Problems &problems)
{
    std::string all;
    for (const Problem &problem : problems)
        all += problem.place + "\n";
    return all;
}

} // namespace

class ChainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesAFreeIdWhereOneIsTaken()
    {
        Chain chain;
        QCOMPARE(chain.addNode(node("", "NullHandler")), std::string("NullHandler"));
        QCOMPARE(chain.addNode(node("", "NullHandler")), std::string("NullHandler 2"));
        QCOMPARE(chain.addNode(node("NullHandler", "Filter")), std::string("NullHandler 3"));
        QCOMPARE(chain.addNode(node("NullHandler 2", "NullHandler")), std::string("NullHandler 4"));
        QCOMPARE(chain.addNode(node("the last 100", "NullHandler")), std::string("the last 100"));
        QCOMPARE(chain.addNode(node("the last 100", "NullHandler")), std::string("the last 100 2"));
        QCOMPARE(chain.addNode(node("the last 100 2", "NullHandler")), std::string("the last 100 3"));
    }

    void namesEveryWireThatLeadsNowhere()
    {
        Chain chain;
        chain.addNode(node("a", "Filter"));
        chain.addWire({"a", "out", "nobody"});
        chain.addWire({"nobody", "out", "a"});
        chain.addWire({"a", "target", "a"});
        QCOMPARE(places(chain.check()), std::string("$.wires[0].to\n$.wires[1].from\n$.wires[2]\n$.wires[2]\n"));
    }

    void findsTheWireThatClosesACircle()
    {
        Chain chain;
        for (const char *id : {"a", "b", "c"})
            chain.addNode(node(id, "Filter"));
        chain.addWire({"a", "out", "b"});
        chain.addWire({"b", "out", "c"});
        chain.addWire({"a", "out", "c"});
        QVERIFY(chain.check().empty());
        chain.addWire({"c", "out", "a"});
        QCOMPARE(places(chain.check()), std::string("$.wires[3]\n"));
    }

    void survivesAVeryLongChain()
    {
        Chain chain;
        for (int i = 0; i < 2000; ++i)
            chain.addNode(node(std::to_string(i).c_str(), "Filter"));
        for (int i = 0; i + 1 < 2000; ++i)
            chain.addWire({std::to_string(i), "out", std::to_string(i + 1)});
        QVERIFY(chain.check().empty());
    }

    void refusesLoggersBehindLoggersAndTwoOfAName()
    {
        Chain chain;
        chain.addNode(node("root", "Logger"));
        chain.addNode(node("also root", "Logger", {{QStringLiteral("name"), QStringLiteral("root")}}));
        chain.addNode(node("app", "Logger", {{QStringLiteral("name"), QStringLiteral("app")}}));
        chain.addNode(node("f", "Filter"));
        chain.addWire({"root", "out", "f"});
        chain.addWire({"f", "out", "app"});
        QCOMPARE(places(chain.check()), std::string("$.nodes[1].params.name\n$.wires[1]\n"));
    }

    void saysAllProblemsOfParametersWithTheirPlaces()
    {
        Chain chain;
        chain.addNode(node("n", "NullHandler",
                           {{QStringLiteral("level"), QStringLiteral("LOUD")},
                            {QStringLiteral("filter"), 1},
                            {QStringLiteral("formatter"), QJsonObject{{QStringLiteral("style"), QStringLiteral("x")}}}}));
        const Problems problems = chain.check();
        QCOMPARE(places(problems), std::string("$.nodes[0].params.filter\n$.nodes[0].params.formatter.style\n"
                                               "$.nodes[0].params.level\n"));
        QCOMPARE(problems[0].text, std::string("unknown key \"filter\". Is \"filters\" meant?"));
    }
};

QTEST_GUILESS_MAIN(ChainTest)
#include "ChainTest.moc"
