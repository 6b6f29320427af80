#include "ShowStrings.h"
#include "chain/Configuration.h"
#include "chain/DictConfigWriter.h"
#include "chain/NodeRegistry.h"
#include "chain/ProjectSecrets.h"
#include "support/TestPaths.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

#include <algorithm>

#include <set>

using namespace sluice;

namespace {

/// JSON with ' for ": moc stumbles over raw strings.
Configuration read(std::string json)
{
    std::ranges::replace(json, '\'', '"');
    return parseConfiguration(json, "/");
}

Problem onlyProblem(std::string_view text)
{
    const Configuration configuration = read(std::string(text));
    return configuration.problems.size() == 1 ? configuration.problems.front() : Problem{"", "not one problem"};
}

} // namespace

class ConfigurationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDefaultProjectReceivesEveryWireWeKnow()
    {
        const Chain chain = defaultChain();
        QVERIFY(chain.check().empty());
        std::set<std::string> received;
        for (const ChainNode &node : chain.nodes())
            received.insert(node.type->name());
        for (const NodeType *type : NodeRegistry::builtin().types()) {
            const bool listens = type->kind() == NodeKind::Receiver && type->param("port");
            QVERIFY2(!listens || received.contains(type->name()), type->name().c_str());
        }
    }

    void projectSurvivesWritingAndReading()
    {
        QFile file(test::inSource("tests/chain/data/mine.sluice"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string text = file.readAll().toStdString();
        const Configuration configuration = parseConfiguration(text, "/");
        QVERIFY(configuration.ok());
        QCOMPARE(projectText(configuration.chain), text);
    }

    void emptyChainIsAProject()
    {
        const Configuration configuration = parseConfiguration(projectText(Chain()), "/");
        QVERIFY(configuration.ok());
        QVERIFY(configuration.chain.nodes().empty());
    }

    void saysLineAndColumnOfBrokenJson()
    {
        const Problem problem = onlyProblem("{\n  \"sluice\": 1,\n  \"nodes\": [}\n}");
        QCOMPARE(problem.place, std::string("line 3, column 13"));
    }

    void refusesWhatIsNeitherProjectNorDictConfig_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", "[]", "{}", "null", "hello", "{\"nodes\": []}", "\xff\xfe{}"})
            QTest::newRow(text) << QByteArray(text);
    }
    void refusesWhatIsNeitherProjectNorDictConfig()
    {
        QFETCH(QByteArray, text);
        const Problem problem = onlyProblem(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        QVERIFY(!problem.place.empty());
        QVERIFY2(problem.text.ends_with("."), problem.text.c_str());
    }

    void saysEveryProblemAtOnceEachWithItsPath()
    {
        const Configuration configuration = read("{'sluice': 1, 'color': 2, "
            "'nodes': [{'id': 'a', 'type': 'FileHandlr'}, {'id': 'a', 'type': 'Filter', 'params': []}, 7, {'id': 'n', 'type': 'Filter', 'params': {'nam': ''}}], "
            "'wires': {}}");
        std::string places;
        for (const Problem &problem : configuration.problems)
            places += problem.place + " ";
        QCOMPARE(places, std::string("$.color $.nodes[0].type $.nodes[1].params $.nodes[2] $.nodes[3].params.nam $.wires "));
    }

    void refusesANewerFileVersion()
    {
        const Problem problem = onlyProblem("{'sluice': 3, 'portals': [], 'nodes': 'other'}");
        QCOMPARE(problem.place, std::string("$.sluice"));
        QVERIFY2(problem.text.find("newer Sluice (version 3 of the file; this one knows 2)") != std::string::npos, problem.text.c_str());
        for (const char *version : {"0", "-1", "1.5", "'2'", "null"})
            QCOMPARE(onlyProblem(std::string("{'sluice': ") + version + "}").place, std::string("$.sluice"));
    }

    void filesOfVersion1AreReadAndWrittenAsVersion2()
    {
        const Configuration old = loadConfiguration(test::inSource("tests/chain/data/version1.sluice").toStdString());
        QVERIFY2(old.ok(), old.ok() ? "" : old.problems.front().text.c_str());
        QFile file(test::inSource("tests/chain/data/mine.sluice"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(projectText(old.chain, old.extras), file.readAll().toStdString());
        // What came with version 2 is no part of version 1.
        const Configuration mixed = read("{'sluice': 1, 'nodes': [], 'views': [], 'highlights': []}");
        QCOMPARE(mixed.problems.size(), std::size_t(2));
        QCOMPARE(mixed.problems[0].place, std::string("$.views"));
    }

    void viewsAndHighlightsSurviveWritingAndReading()
    {
        const std::string text = "{'sluice': 2, 'nodes': [], 'views': [{'name': 'Errors', 'columns': [{'field': 'message', 'width': 300}], "
                                 "'filter': {'levels': ['ERROR'], 'expressions': [{'text': 'a > 1', 'on': false}]}}, {}], 'highlights': [{'text': 'x', 'color': 3}]}";
        const Configuration first = read(text);
        QVERIFY2(first.ok(), first.ok() ? "" : first.problems.front().text.c_str());
        QCOMPARE(first.extras.views.size(), 2);
        const std::string written = projectText(first.chain, first.extras);
        const Configuration again = parseConfiguration(written, "/");
        QVERIFY(again.ok() && again.extras == first.extras);
        QCOMPARE(projectText(again.chain, again.extras), written);
    }

    void whatIsWrongInViewsIsSaidWithItsPlace()
    {
        const Configuration wrong = read("{'sluice': 2, 'views': [{'nam': 'x', 'columns': [{'width': 9000}]}, 7], 'highlights': {}, 'drawing': {'folder': ''}}");
        std::string places;
        for (const Problem &problem : wrong.problems)
            places += problem.place + " ";
        QCOMPARE(places, std::string("$.views[0].columns[0].width $.views[0].columns[0] $.views[0].nam $.views[1] $.highlights $.drawing.folder "));
    }

    void aDrawingsPathsBeginWhereItsProjectIs()
    {
        const Configuration drawing = read("{'sluice': 2, 'drawing': {'project': '/srv/shop/shop.sluice', 'folder': '/srv/shop'}, 'nodes': []}");
        QVERIFY(drawing.ok());
        QCOMPARE(drawing.baseDirectory, std::string("/srv/shop"));
        QCOMPARE(drawing.extras.drawing->project, std::string("/srv/shop/shop.sluice"));
    }

    void refusesSizesThatNobodyDraws()
    {
        std::string nodes;
        for (int i = 0; i < 2001; ++i)
            nodes += (i ? "," : "") + std::string("{}");
        QCOMPARE(onlyProblem("{\"sluice\":1,\"nodes\":[" + nodes + "]}").place, std::string("$.nodes"));
        QVERIFY(!parseConfiguration(std::string(100000, '['), "/").ok());
    }

    void missingFileFolderAndHugeFileAreSaidInASentence()
    {
        QTemporaryDir dir;
        QVERIFY(!loadConfiguration(dir.filePath(QStringLiteral("none.sluice")).toStdString()).ok());
        QCOMPARE(loadConfiguration(dir.path().toStdString()).problems.front().text,
                 std::string("This is a folder, not a file."));
        QFile huge(dir.filePath(QStringLiteral("huge")));
        QVERIFY(huge.open(QIODevice::WriteOnly) && huge.resize(20 * 1024 * 1024));
        QVERIFY(loadConfiguration(huge.fileName().toStdString()).problems.front().text.find("16 MiB") != std::string::npos);
    }

    void savingIsAllOrNothing()
    {
        QTemporaryDir dir;
        const std::string path = dir.filePath(QStringLiteral("p.sluice")).toStdString();
        Chain chain;
        chain.name = "first";
        QVERIFY(saveProject(chain, path).ok());
        chain.name = "second";
        QVERIFY(saveProject(chain, path).ok());
        QCOMPARE(loadConfiguration(path).chain.name, std::string("second"));
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files), QStringList{QStringLiteral("p.sluice")});
        const Status refused = saveProject(chain, dir.filePath(QStringLiteral("no/such/folder")).toStdString());
        QVERIFY(!refused.ok());
        QVERIFY(refused.error().text.find("no/such/folder") != std::string::npos);
    }

    void examplesAreAsTheProgramWouldWriteThem()
    {
        const QDir examples(test::inSource("resources/examples"));
        const QStringList names = examples.entryList({QStringLiteral("*.sluice")});
        QVERIFY(!names.isEmpty());
        for (const QString &name : names) {
            const Configuration read = loadConfiguration(examples.filePath(name).toStdString());
            QVERIFY2(read.ok(), qPrintable(name));
            QFile file(examples.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(projectText(read.chain), file.readAll().toStdString());
        }
    }

    void everyNodeTypeSurvivesAProjectWithItsDefaults()
    {
        for (const NodeType *type : NodeRegistry::builtin().types()) {
            Chain chain;
            ChainNode node;
            node.type = type;
            for (const ParamSpec &spec : type->params()) {
                if (spec.required && spec.type == ParamSpec::Type::Integer)
                    node.params.insert(QString::fromStdString(spec.key), spec.minimum.value_or(1));
                else if (spec.required && spec.type == ParamSpec::Type::TextList)
                    node.params.insert(QString::fromStdString(spec.key), QJsonArray{QStringLiteral("x")});
                else if (spec.required)
                    node.params.insert(QString::fromStdString(spec.key), QStringLiteral("x"));
                else if (spec.type != ParamSpec::Type::Group && !spec.secret)
                    node.params.insert(QString::fromStdString(spec.key), spec.defaultValue);
            }
            chain.addNode(node);
            const Configuration read = parseConfiguration(projectText(chain), "/");
            QVERIFY2(read.ok(), (type->name() + ": " + (read.ok() ? "" : read.problems[0].text)).c_str());
            QCOMPARE(read.chain.nodes()[0].params, node.params);
        }
    }

    void secretsOfMapsAreWrittenByReferenceOnly()
    {
        const Configuration configuration = read("{'sluice': 2, 'nodes': [{'id': 'web', 'type': 'HTTPHandler', 'params': {'host': 'h', 'url': '/', 'headers': "
                                                 "{'Authorization': 'Bearer swordfish', 'X-Api-Key': '${env:KEY}', 'X-Team': 'logs', 'Cookie': ''}}}, "
                                                 "{'id': 'run', 'type': 'ProgramReceiver', 'params': {'program': 'p', 'environment': {'DB_PASSWORD': 'hunter2', 'TZ': 'UTC'}}}], 'wires': []}");
        QVERIFY(configuration.ok());
        const std::vector<LiteralSecret> secrets = literalSecrets(configuration.chain);
        QCOMPARE(secrets.size(), 2u);
        QCOMPARE(secrets[0].key(), std::string("headers.Authorization"));
        QCOMPARE(secrets[0].text, std::string("Bearer swordfish"));
        QCOMPARE(secrets[1].key(), std::string("environment.DB_PASSWORD"));
        const Problems said = toProblems(secrets);
        QVERIFY(said[0].text.find("swordfish") == std::string::npos);
        const std::string text = projectText(configuration.chain);
        QVERIFY(text.find("swordfish") == std::string::npos && text.find("hunter2") == std::string::npos);
        QVERIFY(text.find("${env:KEY}") != std::string::npos && text.find("X-Team") != std::string::npos && text.find("UTC") != std::string::npos);
        const WrittenDictConfig python = dictConfigText(configuration.chain);
        QVERIFY(python.text.find("swordfish") == std::string::npos && python.text.find("hunter2") == std::string::npos);
        for (const Problem &problem : python.leftOut)
            QVERIFY2(problem.text.find("swordfish") == std::string::npos, problem.text.c_str());
        // By reference nothing is lost.
        Chain chain = configuration.chain;
        for (const LiteralSecret &secret : secrets)
            chain.node(secret.node)->params = withReference(chain.node(secret.node)->params, secret.path, "${keychain:x}");
        QVERIFY(literalSecrets(chain).empty());
        const Configuration again = parseConfiguration(projectText(chain), "/");
        QCOMPARE(again.chain.node("web")->params, chain.node("web")->params);
    }
};

QTEST_GUILESS_MAIN(ConfigurationTest)
#include "ConfigurationTest.moc"
