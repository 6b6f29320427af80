#include "chain/Configuration.h"
#include "chain/NodeRegistry.h"
#include "chain/Router.h"
#include "handler/HandlerFixtures.h"
#include "support/Patience.h"

using namespace sluice;

/// NTEventLogHandler where there is no event log of Windows.
class WithoutEventLogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nodeSaysWhatItNeedsItsRecordsAreCountedAndTheRestRuns()
    {
        QTemporaryDir dir;
        test::writeFile(dir.filePath(QStringLiteral("in")).toStdString(),
                        "{\"msg\": \"one\", \"levelno\": 20}\n{\"msg\": \"two\", \"levelno\": 40}\n");
        Chain chain;
        place(chain, "in", "JsonLinesReceiver", {{QStringLiteral("filename"), QStringLiteral("in")}});
        place(chain, "events", "NTEventLogHandler", {{QStringLiteral("appname"), QStringLiteral("App")}});
        place(chain, "file", "FileHandler", {{QStringLiteral("filename"), QStringLiteral("out")}});
        chain.addWire({"in", "out", "events"});
        chain.addWire({"in", "out", "file"});
        QVERIFY(chain.check().empty());

        Router router(chain, RouterOptions{dir.path().toStdString()});
        router.start();
        QVERIFY(router.waitUntilFinished(30000));
        router.stop();
        const RouterStatus status = router.status();
        const NodeStatus &events = status.nodes[1];
        QVERIFY(events.state == NodeStatus::State::Failed);
        QCOMPARE(events.reason, std::string("The Windows event log needs Windows."));
        QCOMPARE(events.dropped, 2u);
        QCOMPARE(status.total().accepted, 2u);
        QCOMPARE(status.total().dropped, 2u);
        QCOMPARE(test::contentOf(dir.filePath(QStringLiteral("out")).toStdString()), std::string("one\ntwo\n"));
    }

    void chainWithItIsEditedSavedAndOpenedWhole()
    {
        Chain chain;
        place(chain, "events", "NTEventLogHandler",
              {{QStringLiteral("appname"), QStringLiteral("Приложение")},
               {QStringLiteral("dllname"), QStringLiteral("%SystemRoot%\\texts.dll")},
               {QStringLiteral("level"), QStringLiteral("WARNING")}});
        chain.node("events")->params.insert(QStringLiteral("logtype"), QStringLiteral("System"));
        const QTemporaryDir dir;
        const std::string path = dir.filePath(QStringLiteral("x.sluice")).toStdString();
        QVERIFY(saveProject(chain, path).ok());
        const Configuration opened = loadConfiguration(path);
        QVERIFY(opened.ok());
        QCOMPARE(opened.chain.nodes().size(), chain.nodes().size());
        QCOMPARE(opened.chain.node("events")->params, chain.node("events")->params);
        QCOMPARE(projectText(opened.chain), projectText(chain));
    }

private:
    static void place(Chain &chain, const char *id, const char *type, const QJsonObject &params)
    {
        ChainNode node;
        node.id = id;
        node.type = NodeRegistry::builtin().find(type);
        node.params = params;
        chain.addNode(node);
    }
};

QTEST_GUILESS_MAIN(WithoutEventLogTest)
#include "WithoutEventLogTest.moc"
