#include "record/LoggerTree.h"
#include "support/Patience.h"

using namespace sluice;
using Callers = std::vector<std::size_t>;

class LoggerTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rootWarnsUnlessItIsConfigured()
    {
        LoggerTree tree;
        QCOMPARE(tree.route("any").level, 30);
        tree.add({"", 10});
        QCOMPARE(tree.route("any").level, 10);
        QCOMPARE(tree.route("root").callers, Callers{0});
        QCOMPARE(tree.route("").callers, Callers{0});
    }

    void takesLevelOfNearestAncestorThatHasOne()
    {
        LoggerTree tree;
        tree.add({"", 40});
        tree.add({"app", 20});
        tree.add({"app.db", 0});
        QCOMPARE(tree.route("app.db.pool").level, 20);
        QCOMPARE(tree.route("application").level, 40);
    }

    void callsHandlersUpToTheFirstThatDoesNotPropagate()
    {
        LoggerTree tree;
        tree.add({"", 10});
        tree.add({"app", 0, false});
        tree.add({"app.db", 0});
        QCOMPARE(tree.route("app.db").callers, (Callers{2, 1}));
        QCOMPARE(tree.route("web").callers, Callers{0});
    }

    void filtersAndDisablingAreOfTheVeryLogger()
    {
        LoggerTree tree;
        tree.add({"app", 0, true, true});
        QVERIFY(tree.route("app").disabled);
        QCOMPARE(tree.route("app").logger, std::optional<std::size_t>(0));
        QVERIFY(!tree.route("app.child").disabled);
        QVERIFY(!tree.route("app.child").logger);
    }

    void secondOfANameReplacesTheFirst()
    {
        LoggerTree tree;
        QCOMPARE(tree.add({"root", 30}), 0u);
        QCOMPARE(tree.add({"", 10}), 0u);
        QCOMPARE(tree.route("x").level, 10);
    }

    void routesOfManyNamesStayRight()
    {
        LoggerTree tree;
        tree.add({"a", 50});
        for (int i = 0; i < 20000; ++i)
            QCOMPARE(tree.route("a.n" + std::to_string(i)).level, 50);
    }
};

QTEST_GUILESS_MAIN(LoggerTreeTest)
#include "LoggerTreeTest.moc"
