#include "ShowStrings.h"
#include "chain/ChainLayout.h"
#include "chain/ChainWiring.h"
#include "chain/Configuration.h"
#include "chain/NodeRegistry.h"
#include "support/Patience.h"

#include <QElapsedTimer>

#include <cmath>
#include <map>
#include <random>

using namespace sluice;

namespace {

using Places = std::map<std::string, ChainEditor::Place>;

void add(Chain &chain, const char *id, const char *type)
{
    ChainNode node;
    node.id = id;
    node.type = NodeRegistry::builtin().find(type);
    chain.addNode(std::move(node));
}

void wire(Chain &chain, const char *from, const char *to, const char *port = "out") { chain.addWire({from, port, to, {}, {}}); }

Places placesOf(const Chain &chain)
{
    Places places;
    for (ChainEditor::Place &place : ChainLayout(chain).places())
        places[place.id] = place;
    return places;
}

/// The two that overlap, if any do.
std::string overlap(const Places &places)
{
    for (auto a = places.begin(); a != places.end(); ++a) {
        for (auto b = std::next(a); b != places.end(); ++b) {
            if (std::abs(a->second.x - b->second.x) < ChainLayout::nodeWidth &&
                std::abs(a->second.y - b->second.y) < ChainLayout::nodeHeight)
                return a->first + " and " + b->first;
        }
    }
    return {};
}

/// A chain as large as asked for, with whatever wires are possible.
Chain randomChain(std::mt19937 &random, int nodes, int tries)
{
    const char *types[] = {"SocketReceiver", "Filter", "Logger", "FileHandler", "MemoryHandler", "QueueHandler", "SMTPHandler", "Filter"};
    ChainEditor editor;
    for (int i = 0; i < nodes; ++i) {
        ChainNode node;
        node.id = "n" + std::to_string(i);
        node.type = NodeRegistry::builtin().find(types[random() % std::size(types)]);
        [[maybe_unused]] const auto added = editor.addNode(std::move(node));
    }
    for (int i = 0; i < tries; ++i) {
        const ChainNode &from = editor.chain().nodes()[random() % editor.chain().nodes().size()];
        const ChainNode &to = editor.chain().nodes()[random() % editor.chain().nodes().size()];
        if (!from.type->outputs().empty())
            [[maybe_unused]] const Status connected = editor.connect({from.id, from.type->outputs().front().name, to.id, {}, {}});
    }
    return editor.chain();
}

} // namespace

class ChainLayoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsFromLeftToRight()
    {
        Chain chain;
        add(chain, "file", "FileHandler");
        add(chain, "errors", "Filter");
        add(chain, "app", "SocketReceiver");
        add(chain, "console", "ConsoleHandler");
        wire(chain, "app", "errors");
        wire(chain, "errors", "file");
        wire(chain, "app", "console");
        Places places = placesOf(chain);
        QCOMPARE(places["app"].x, 0.0);
        QVERIFY(places["errors"].x >= places["app"].x + ChainLayout::nodeWidth);
        QVERIFY(places["file"].x >= places["errors"].x + ChainLayout::nodeWidth);
        // Handlers stand in one column, whatever leads to them.
        QCOMPARE(places["console"].x, places["file"].x);
        QCOMPARE(overlap(places), std::string());
    }

    void hangsTargetsBelowWhatBuffersForThem()
    {
        Chain chain;
        add(chain, "app", "SocketReceiver");
        add(chain, "mail", "SMTPHandler");
        add(chain, "buffer", "MemoryHandler");
        add(chain, "console", "ConsoleHandler");
        wire(chain, "app", "buffer");
        wire(chain, "app", "console");
        wire(chain, "buffer", "mail", "target");
        Places places = placesOf(chain);
        QVERIFY(places["mail"].y >= places["buffer"].y + ChainLayout::nodeHeight);
        QVERIFY(places["mail"].x > places["buffer"].x);
        QVERIFY(places["mail"].x < places["buffer"].x + ChainLayout::nodeWidth);
        QCOMPARE(overlap(places), std::string());
    }

    void wiresThatNeedNotCrossDoNot()
    {
        Chain chain;
        for (const char *id : {"a", "b", "c"})
            add(chain, id, "SocketReceiver");
        for (const char *id : {"x", "y", "z"})
            add(chain, id, "FileHandler");
        wire(chain, "a", "z");
        wire(chain, "b", "y");
        wire(chain, "c", "x");
        Places places = placesOf(chain);
        QCOMPARE(places["a"].y, places["z"].y);
        QCOMPARE(places["b"].y, places["y"].y);
        QCOMPARE(places["c"].y, places["x"].y);
    }

    void aLongWirePassesBetweenNodes()
    {
        Chain chain;
        add(chain, "app", "SocketReceiver");
        add(chain, "filter", "Filter");
        add(chain, "file", "FileHandler");
        add(chain, "console", "ConsoleHandler");
        wire(chain, "app", "filter");
        wire(chain, "filter", "file");
        wire(chain, "app", "console");
        Places places = placesOf(chain);
        // It goes about as high as its handler stands.
        QVERIFY(std::abs(places["console"].y - places["filter"].y) >= ChainLayout::nodeHeight);
    }

    void isTheSameEachTimeAndStaysWhenDoneAgain()
    {
        std::mt19937 random(5);
        Chain chain = randomChain(random, 60, 200);
        const Places first = placesOf(chain);
        for (const auto &[id, place] : first) {
            chain.node(id)->x = place.x;
            chain.node(id)->y = place.y;
        }
        for (const auto &[id, place] : placesOf(chain)) {
            QCOMPARE(place.x, first.at(id).x);
            QCOMPARE(place.y, first.at(id).y);
        }
    }

    void randomChainsDoNotOverlapAndReadFromLeftToRight()
    {
        std::mt19937 random(11);
        for (int turn = 0; turn < 40; ++turn) {
            const Chain chain = randomChain(random, 1 + static_cast<int>(random() % 60), 150);
            Places places = placesOf(chain);
            QCOMPARE(places.size(), chain.nodes().size());
            QCOMPARE(overlap(places), std::string());
            for (const Wire &one : chain.wires()) {
                if (one.port == "out")
                    QVERIFY2(places[one.to].x >= places[one.from].x + ChainLayout::nodeWidth, (one.from + ">" + one.to).c_str());
            }
            for (const auto &[id, place] : places) {
                QVERIFY(place.x >= 0 && place.y >= 0);
                QCOMPARE(std::fmod(place.x, ChainLayout::grid), 0.0);
                QCOMPARE(std::fmod(place.y, ChainLayout::grid), 0.0);
            }
        }
    }

    void largeChainsTakeMilliseconds()
    {
        std::mt19937 random(3);
        const Chain chain = randomChain(random, 500, 1500);
        qint64 best = 1'000'000;
        for (int i = 0; i < 5; ++i) {
            QElapsedTimer timer;
            timer.start();
            QCOMPARE(ChainLayout(chain).places().size(), std::size_t(500));
            best = std::min(best, timer.elapsed());
        }
        qInfo("500 nodes and %d wires: %d ms", int(chain.wires().size()), int(best));
        QCOMPARE(overlap(placesOf(chain)), std::string());
    }

    void circlesFromHostileTextsEnd()
    {
        Chain chain;
        add(chain, "a", "Filter");
        add(chain, "b", "Filter");
        add(chain, "m", "MemoryHandler");
        add(chain, "n", "MemoryHandler");
        wire(chain, "a", "b");
        wire(chain, "b", "a");
        wire(chain, "m", "n", "target");
        wire(chain, "n", "m", "target");
        wire(chain, "a", "nowhere");
        wire(chain, "a", "a");
        QCOMPARE(overlap(placesOf(chain)), std::string());
    }

    void onlyChainsThatNobodyPlacedArePlaced()
    {
        Chain chain;
        add(chain, "app", "SocketReceiver");
        add(chain, "file", "FileHandler");
        wire(chain, "app", "file");
        QVERIFY(!ChainLayout::isPlaced(chain));
        ChainLayout::placeUnplaced(chain);
        QVERIFY(ChainLayout::isPlaced(chain));
        QVERIFY(chain.node("file")->x >= ChainLayout::nodeWidth);
        chain.node("file")->x = 1000;
        ChainLayout::placeUnplaced(chain);
        QCOMPARE(chain.node("file")->x, 1000.0);
        QCOMPARE(ChainLayout(Chain()).places().size(), std::size_t(0));
    }

    void allPossibleWiresAreThoseThatAreNotRefused()
    {
        std::mt19937 random(17);
        for (int turn = 0; turn < 25; ++turn) {
            const Chain chain = randomChain(random, 14, 40);
            for (const ChainNode &from : chain.nodes()) {
                for (const PortSpec &port : from.type->outputs()) {
                    std::vector<Wire> wanted;
                    for (const ChainNode &to : chain.nodes()) {
                        if (const Wire tried{from.id, port.name, to.id, {}, {}}; whyNotConnect(chain, tried).empty())
                            wanted.push_back(tried);
                    }
                    QVERIFY(possibleWiresFrom(chain, from.id, port.name) == wanted);
                }
            }
            for (const ChainNode &to : chain.nodes()) {
                std::vector<Wire> wanted;
                for (const ChainNode &from : chain.nodes()) {
                    for (const Wire &one : possibleWires(chain, from.id, to.id))
                        wanted.push_back(one);
                }
                QVERIFY(possibleWiresTo(chain, to.id) == wanted);
            }
        }
    }
};

QTEST_GUILESS_MAIN(ChainLayoutTest)
#include "ChainLayoutTest.moc"
