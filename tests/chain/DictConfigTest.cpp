#include "ShowStrings.h"
#include "chain/Configuration.h"

#include <QJsonArray>
#include <QJsonDocument>

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
                 std::string("$.formatters.x.format $.handlers.a.formatter $.handlers.a.colour $.handlers.d $.root.level $.root.handlers[1] "));
        std::string unsupported;
        for (const Problem &one : configuration.unsupported)
            unsupported += one.place + " ";
        QCOMPARE(unsupported, std::string("$.handlers.b $.handlers.c $.formatters.own "));
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
        for (const char *name : {"os.system", "NullHandler", "logging.Handler", "logging.handlers.BufferingHandler", "sluice.FileHandler"}) {
            const Configuration foreign = read(std::string("{'version': 1, 'handlers': {'h': {'class': '") + name + "'}}}");
            QCOMPARE(places(foreign), std::string());
            QVERIFY2(foreign.chain.node("h")->type->isUnsupported(), name);
            QVERIFY(foreign.unsupported.at(0).text.ends_with("."));
        }
        // What is none of Python's classes in Python's own modules is a slip.
        QCOMPARE(places(read("{'version': 1, 'handlers': {'h': {'class': 'logging.handlers.StreamHandler'}}}")), std::string("$.handlers.h.class "));
    }

    void partsThatAreCodeKeepTheirTextAndAllThatItRefersTo()
    {
        const Configuration configuration = read("{'version': 1, 'sizes': {'most': 7}, "
            "'formatters': {'json': {'()': 'x.Json', 'fmt': '%(message)s'}, 'unused': {'class': 'x.Other'}}, "
            "'filters': {'mask': {'()': 'x.Mask'}, 'app': {'name': 'app'}}, "
            "'handlers': {'own': {'class': 'x.Own', 'most': 'cfg://sizes.most', 'level': 'ERROR', 'filters': ['app', 'mask'], 'formatter': 'json'}, "
            "'plain': {'class': 'logging.NullHandler', 'filters': ['mask', 'app']}, 'json': {'class': 'logging.StreamHandler', 'formatter': 'json'}, "
            "'stream': {'class': 'logging.StreamHandler', 'stream': 'ext://x.stream'}}, "
            "'loggers': {'app': {'handlers': ['plain', 'own'], 'filters': ['mask']}}}");
        QCOMPARE(places(configuration), std::string());
        const Chain &chain = configuration.chain;
        const ChainNode *own = chain.node("own");
        QCOMPARE(own->params.value(u"level").toString(), QStringLiteral("ERROR"));
        QCOMPARE(own->params.value(u"filters"), QJsonValue(QJsonArray{QStringLiteral("app")}));
        const QJsonObject part = QJsonDocument::fromJson(own->params.value(u"config").toString().toUtf8()).object();
        QCOMPARE(part.keys(), (QStringList{QStringLiteral("filters"), QStringLiteral("formatters"), QStringLiteral("handlers"), QStringLiteral("sizes")}));
        QCOMPARE(part.value(u"filters").toObject().keys(), (QStringList{QStringLiteral("app"), QStringLiteral("mask")}));
        QCOMPARE(part.value(u"handlers").toObject().value(u"own").toObject().value(u"most").toString(), QStringLiteral("cfg://sizes.most"));
        for (const char *name : {"json", "stream", "mask of plain", "mask of logger app", "formatter unused"})
            QVERIFY2(chain.node(name) && chain.node(name)->type->isUnsupported(), name);
        for (const Wire &wire : {Wire{"logger app", "out", "mask of plain", {}, {}}, Wire{"mask of plain", "out", "plain", {}, {}},
                                 Wire{"logger app", "out", "own", {}, {}}, Wire{"mask of logger app", "out", "logger app", {}, {}}})
            QVERIFY2(std::ranges::find(chain.wires(), wire) != chain.wires().end(), wire.from.c_str());
        QCOMPARE(chain.check().size(), 0u);
    }

    void projectSaysWhatCannotBeRunWithItsPlace()
    {
        const Configuration configuration = read("{'version': 1, 'handlers': {'own': {'class': 'x.Own'}, 'null': {'class': 'logging.NullHandler'}}, 'root': {'handlers': ['own']}}");
        const Configuration project = parseConfiguration(projectText(configuration.chain), "/");
        QVERIFY(project.ok());
        QCOMPARE(project.unsupported, (Problems{{"$.nodes[1]", configuration.unsupported.at(0).text}}));
    }

    void argumentsTakeTheFormThatTheNodeHas()
    {
        const Configuration configuration = read("{'version': 1, 'handlers': {"
            "'s': {'class': 'logging.handlers.SysLogHandler', 'address': ['localhost', 'ext://logging.handlers.SYSLOG_UDP_PORT'], "
            "'facility': 'ext://logging.handlers.SysLogHandler.LOG_LOCAL7', 'socktype': 'ext://socket.SOCK_STREAM', '.': {'ident': 'app: '}}, "
            "'n': {'class': 'logging.handlers.SysLogHandler', 'facility': 15, 'socktype': null}, "
            "'f': {'()': 'logging.FileHandler', 'filename': 'x', 'delay': 1, 'level': 'ext://logging.WARN', 'encoding': null}, "
            "'o': {'class': 'logging.StreamHandler', 'stream': 'ext://sys.__stdout__'}, 'e': {'class': 'logging.StreamHandler', 'stream': null}}}");
        QCOMPARE(places(configuration), std::string());
        const Chain &chain = configuration.chain;
        const QJsonObject syslog = chain.node("s")->params;
        QCOMPARE(syslog.value(u"address"), QJsonValue(QJsonArray{QStringLiteral("localhost"), 514}));
        QCOMPARE(syslog.value(u"facility").toString(), QStringLiteral("local7"));
        QCOMPARE(syslog.value(u"socktype").toString(), QStringLiteral("tcp"));
        QCOMPARE(syslog.value(u"ident").toString(), QStringLiteral("app: "));
        QCOMPARE(chain.node("n")->params.value(u"facility").toString(), QStringLiteral("solaris-cron"));
        QCOMPARE(chain.node("f")->params.value(u"delay"), QJsonValue(true));
        QCOMPARE(chain.node("f")->params.value(u"level").toInt(), 30);
        QCOMPARE(chain.node("o")->params.value(u"stream").toString(), QStringLiteral("stdout"));
        QVERIFY(!chain.node("e")->params.contains(u"stream"));
    }

    void queueHandlerLeadsToTheHandlersBehindIt()
    {
        const Configuration configuration = read("{'version': 1, 'handlers': {"
            "'a': {'class': 'logging.handlers.QueueHandler', 'queue': {'()': 'queue.Queue', 'maxsize': 100}, 'listener': 'logging.handlers.QueueListener', "
            "'handlers': ['b', 'c'], 'respect_handler_level': true}, "
            "'b': {'class': 'logging.NullHandler'}, 'c': {'class': 'logging.NullHandler'}, "
            "'d': {'class': 'logging.handlers.QueueHandler', 'queue': 'app.queue', 'handlers': ['b']}, "
            "'e': {'class': 'logging.handlers.QueueHandler', 'listener': 'app.Listener', 'handlers': ['b']}}, 'root': {'handlers': ['a']}}");
        QCOMPARE(places(configuration), std::string());
        const Chain &chain = configuration.chain;
        QCOMPARE(chain.node("a")->params, (QJsonObject{{QStringLiteral("capacity"), 100}, {QStringLiteral("respect_handler_level"), true}}));
        for (const char *to : {"b", "c"})
            QVERIFY(std::ranges::find(chain.wires(), Wire{"a", "handlers", to, {}, {}}) != chain.wires().end());
        QVERIFY(chain.node("d")->type->isUnsupported() && chain.node("e")->type->isUnsupported());
    }

    void sizesThatNobodyWritesAreRefused()
    {
        std::string filters;
        std::string handlers;
        std::string names;
        for (int i = 0; i < 900; ++i) {
            const std::string comma = i ? "," : "";
            const std::string number = std::to_string(i);
            filters += comma + "'f" + number + "': {'()': 'x.F'}";
            names += comma + "'f" + number + "'";
            handlers += comma + "'h" + number + "': {'class': 'logging.NullHandler'}";
        }
        QCOMPARE(places(read("{'version': 1, 'handlers': {" + handlers + "}, 'filters': {" + filters + "}, 'loggers': {" +
                             std::string("'a': {}, 'b': {}") + "}}")), std::string());
        QCOMPARE(places(read("{'version': 1, 'handlers': {'a': {'class': 'logging.NullHandler', 'filters': [" + names + "]}, "
                             "'b': {'class': 'logging.NullHandler', 'filters': [" + names + "]}, 'c': {'class': 'logging.NullHandler', 'filters': [" + names + "]}, "
                             "'d': {'class': 'logging.NullHandler', 'filters': [" + names + "]}, 'e': {'class': 'logging.NullHandler', 'filters': [" + names + "]}},"
                             "'filters': {" + filters + "}}")), std::string("$.filters "));
        QCOMPARE(places(read("{'version': 1, 'handlers': {" + handlers + "}, 'filters': {" + filters + "}, 'loggers': {" + filters + "}}")), std::string("$ "));
    }

    void referencesIntoTheDictionaryAreFollowed_data()
    {
        QTest::addColumn<QByteArray>("way");
        for (const char *way : {"levels[1].of", "levels [ 1 ] . of ", " levels[1][of]", ".levels[1].of", "[levels][1].of",
                                "stra\xC3\x9F""e.\xF0\x9D\x95\x92_1"})
            QTest::newRow(way) << QByteArray(way);
    }

    void referencesIntoTheDictionaryAreFollowed()
    {
        QFETCH(QByteArray, way);
        const Configuration configuration = read("{'version': 1, 'levels': ['DEBUG', {'of': 'ERROR'}], 'stra\xC3\x9F""e': {'\xF0\x9D\x95\x92_1': 'ERROR'}, "
            "'handlers': {'h': {'class': 'logging.NullHandler', 'level': 'cfg://" + way.toStdString() + "'}}}");
        QCOMPARE(places(configuration), std::string());
        QCOMPARE(configuration.chain.node("h")->params.value(u"level").toString(), QStringLiteral("ERROR"));
    }

    void referencesThatLeadNowhereOrInACircleAreProblems()
    {
        for (const char *json : {"{'version': 1, 'a': 'cfg://b', 'b': 'cfg://a'}", "{'version': 1, 'a': 'cfg://b.c'}",
                                 "{'version': 1, 'a': 'cfg://[['}", "{'version': 1, 'b': {'c': 1}, 'a': 'cfg://b c'}",
                                 "{'version': 1, 'b': {'c': 1}, 'a': 'cfg://b[c'}", "{'version': 1, 'b': {'c': 1}, 'a': 'cfg://b..c'}",
                                 "{'version': 1, 'b': {'c': 1}, 'a': 'cfg://b.'}", "{'version': 1, 'b': {'c': 1}, 'a': 'cfg://b-c'}",
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

    void whatAnImportedChainSendsToUsDoesNotComeRoundToIt()
    {
        const char *config = "{'version': 1, 'handlers': {'h': {'class': 'logging.handlers.SocketHandler', 'host': '%1', 'port': %2}},"
                             " 'root': {'handlers': ['h']}}";
        const auto feedsLoggers = [&](const char *host, int port) {
            Configuration configuration = read(QString::fromLatin1(config).arg(QLatin1String(host)).arg(port).toLatin1().constData());
            addDefaultReceiver(configuration.chain);
            const std::vector<Wire> &wires = configuration.chain.wires();
            return std::ranges::any_of(wires, [](const Wire &wire) { return wire.to == "logger root"; });
        };
        QVERIFY(!feedsLoggers("localhost", 9020));
        QVERIFY(!feedsLoggers("127.0.0.1", 9020));
        QVERIFY(feedsLoggers("localhost", 9021));
        QVERIFY(feedsLoggers("logs.example.org", 9020));
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
