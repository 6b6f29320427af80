#include "ShowStrings.h"
#include "chain/Configuration.h"

#include <QJsonArray>

#include <algorithm>

using namespace sluice;

namespace {

/// JSON with ' for ": moc stumbles over raw strings.
Configuration read(std::string json)
{
    std::ranges::replace(json, '\'', '"');
    return parseConfiguration(json, "/");
}

std::string places(const Configuration &configuration)
{
    std::string all;
    for (const Problem &problem : configuration.problems)
        all += problem.place + " ";
    return all;
}

} // namespace

/// The rules of handlers themselves are compared with CPython by tests/conformance; this is what it cannot see.
class DictConfigTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loggersAndHandlersBecomeNodesAndWires()
    {
        const Configuration configuration = read("{'version': 1, "
            "'filters': {'f': {'name': 'app'}}, 'formatters': {'brief': {'format': '%(message)s'}}, "
            "'handlers': {'h': {'class': 'logging.NullHandler', 'level': 'ERROR', 'formatter': 'brief', 'filters': ['f']}}, "
            "'loggers': {'app.db': {'level': 15, 'handlers': ['h'], 'propagate': 0}}, "
            "'root': {'handlers': ['h']}}");
        QCOMPARE(places(configuration), std::string());
        const Chain &chain = configuration.chain;
        QCOMPARE(chain.nodes().size(), 3u);
        const QJsonObject handler = chain.node("h")->params;
        QCOMPARE(handler.value(u"level").toString(), QStringLiteral("ERROR"));
        QCOMPARE(handler.value(u"filters"), QJsonValue(QJsonArray{QStringLiteral("app")}));
        QCOMPARE(handler.value(u"formatter").toObject().value(u"format").toString(), QStringLiteral("%(message)s"));
        QCOMPARE(chain.node("logger app.db")->params.value(u"propagate"), QJsonValue(false));
        QCOMPARE(chain.node("logger root")->params.value(u"level").toString(), QStringLiteral("WARNING"));
        QCOMPARE(chain.wires().size(), 2u);
    }

    void saysEveryProblemWithThePathsOfTheDictionary()
    {
        const Configuration configuration = read("{'version': 1, "
            "'formatters': {'x': {'format': 'no field'}, 'own': {'()': 'app.Formatter'}}, "
            "'handlers': {'a': {'class': 'logging.NullHandler', 'colour': 1, 'formatter': 'gone'}, "
            "'b': {'class': 'app.MyHandler'}, 'c': {'()': 'os.system'}, 'd': {}}, "
            "'root': {'handlers': ['a', 'nobody'], 'level': 'LOUD'}}");
        QCOMPARE(places(configuration),
                 std::string("$.formatters.own $.formatters.x.format $.handlers.a.formatter $.handlers.a.colour "
                             "$.handlers.b.class $.handlers.c $.handlers.d $.root.level $.root.handlers[1] "));
    }

    void tuplesAndTextsBecomeWhatTheNodesWant()
    {
        const Configuration configuration = read("{'version': 1, 'handlers': {"
            "'mail': {'class': 'logging.handlers.SMTPHandler', 'mailhost': ['localhost', 25], 'fromaddr': 'a@b', "
            "'toaddrs': 'c@d', 'subject': 's', 'credentials': ['user', '${env:PW}'], 'secure': []}, "
            "'web': {'class': 'logging.handlers.HTTPHandler', 'host': 'localhost:80', 'url': '/', 'method': 'post', "
            "'credentials': ['user', 'pw'], 'context': null}}, "
            "'root': {'handlers': ['mail', 'web']}}");
        QCOMPARE(places(configuration), std::string());
        const QJsonObject mail = configuration.chain.node("mail")->params;
        QCOMPARE(mail.value(u"toaddrs"), QJsonValue(QJsonArray{QStringLiteral("c@d")}));
        QCOMPARE(mail.value(u"credentials").toObject().value(u"username").toString(), QStringLiteral("user"));
        QCOMPARE(mail.value(u"credentials").toObject().value(u"password").toString(), QStringLiteral("${env:PW}"));
        QVERIFY(mail.value(u"secure").isObject());
        const QJsonObject web = configuration.chain.node("web")->params;
        QCOMPARE(web.value(u"method").toString(), QStringLiteral("POST"));
        QCOMPARE(web.value(u"credentials").toObject().value(u"password").toString(), QStringLiteral("pw"));
        const Configuration wrong = read("{'version': 1, 'handlers': {'mail': {'class': 'logging.handlers.SMTPHandler', "
            "'mailhost': 'localhost', 'fromaddr': 'a@b', 'toaddrs': 'c@d', 'credentials': ['a', 'b', 'c']}}, "
            "'root': {'handlers': ['mail']}}");
        QCOMPARE(places(wrong), std::string("$.handlers.mail.credentials "));
    }

    void nothingIsImportedForAClassName()
    {
        const Configuration foreign = read("{'version': 1, 'handlers': {'h': {'class': 'os.system'}}}");
        QCOMPARE(places(foreign), std::string("$.handlers.h.class "));
        const Configuration bare = read("{'version': 1, 'handlers': {'h': {'class': 'NullHandler'}}}");
        QCOMPARE(places(bare), std::string("$.handlers.h.class "));
    }

    void referencesIntoTheDictionaryAreFollowed()
    {
        const Configuration configuration = read("{'version': 1, 'levels': ['DEBUG', {'of': 'ERROR'}], "
            "'handlers': {'h': {'class': 'logging.NullHandler', 'level': 'cfg://levels[1].of'}}}");
        QCOMPARE(places(configuration), std::string());
        QCOMPARE(configuration.chain.node("h")->params.value(u"level").toString(), QStringLiteral("ERROR"));
    }

    void referencesThatLeadNowhereOrInACircleAreProblems()
    {
        for (const char *json : {"{'version': 1, 'a': 'cfg://b', 'b': 'cfg://a'}", "{'version': 1, 'a': 'cfg://b.c'}",
                                 "{'version': 1, 'a': 'cfg://[['}",
                                 "{'version': 1, 'a': ['cfg://a','cfg://a','cfg://a','cfg://a','cfg://a','cfg://a']}"})
            QVERIFY2(places(read(json)).starts_with("$.a"), json);
    }

    void handlersThatAreEachOthersTargetsAreAProblem()
    {
        QCOMPARE(places(read("{'version': 1, 'handlers': {"
                             "'a': {'class': 'logging.handlers.MemoryHandler', 'capacity': 1, 'target': 'b'},"
                             "'b': {'class': 'logging.handlers.MemoryHandler', 'capacity': 1, 'target': 'a'}}}")),
                 std::string("$.handlers "));
    }

    void wrongTypesAnywhereAreProblemsAndNoCrash()
    {
        for (const char *json : {"{'version': '1'}", "{'version': 1, 'handlers': []}", "{'version': 1, 'handlers': {'h': 5}}",
                                 "{'version': 1, 'loggers': {'x': []}}", "{'version': 1, 'root': {'handlers': 'h'}}",
                                 "{'version': 1, 'incremental': true}", "{'version': 1, 'root': 7}"})
            QVERIFY2(!read(json).ok(), json);
    }

    void importedChainListensUntilItHasAReceiverOfItsOwn()
    {
        Configuration configuration = read("{'version': 1, 'root': {}}");
        addDefaultReceiver(configuration.chain);
        QCOMPARE(configuration.chain.check().size(), 0u);
        const std::size_t nodes = configuration.chain.nodes().size();
        addDefaultReceiver(configuration.chain);
        QCOMPARE(configuration.chain.nodes().size(), nodes);
    }
};

QTEST_GUILESS_MAIN(DictConfigTest)
#include "DictConfigTest.moc"
