#include "ShowStrings.h"
#include "TestNodes.h"
#include "chain/Configuration.h"
#include "chain/DictConfigWriter.h"
#include "chain/NodeRegistry.h"
#include "chain/Router.h"
#include "chain/UnsupportedNodes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <algorithm>

using namespace sluice;

namespace {

/// JSON with ' for ": moc stumbles over raw strings.
Configuration read(std::string json)
{
    std::ranges::replace(json, '\'', '"');
    return parseConfiguration(json, "/");
}

QJsonObject object(const std::string &text) { return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object(); }

std::string places(const Problems &problems)
{
    std::string all;
    for (const Problem &problem : problems)
        all += problem.place + "; ";
    return all;
}

} // namespace

/// That CPython takes what is written, and does with it what it did before, is seen in tests/conformance/configs.py.
class DictConfigWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void partsThatHandlersShareAreWrittenOnce()
    {
        const Configuration configuration = read("{'version': 1, 'formatters': {'a': {'format': '%(message)s'}, 'b': {'format': '%(message)s'}, 'c': {'format': '%(name)s'}}, "
            "'filters': {'x': {'name': 'app'}, 'y': {'name': 'app'}}, 'handlers': {"
            "'h': {'class': 'logging.NullHandler', 'formatter': 'a', 'filters': ['x']}, 'i': {'class': 'logging.NullHandler', 'formatter': 'b', 'filters': ['y']}, "
            "'j': {'class': 'logging.NullHandler', 'formatter': 'c'}}, 'root': {'handlers': ['h', 'i', 'j']}}");
        QVERIFY(configuration.ok());
        const WrittenDictConfig written = dictConfigText(configuration.chain);
        QCOMPARE(places(written.leftOut), std::string());
        QVERIFY(written.text.starts_with("{\n    \"version\": 1,"));
        const QJsonObject config = object(written.text);
        QCOMPARE(config.value(u"formatters").toObject().size(), 2);
        QCOMPARE(config.value(u"filters").toObject().keys(), QStringList{QStringLiteral("app")});
        const QJsonObject handlers = config.value(u"handlers").toObject();
        QCOMPARE(handlers.value(u"h").toObject().value(u"formatter"), handlers.value(u"i").toObject().value(u"formatter"));
    }

    void filterExpressionIsToldAndLeftOut()
    {
        const Configuration project = read("{'sluice': 1, 'nodes': ["
            "{'id': 'root', 'type': 'Logger'}, {'id': 'file', 'type': 'FileHandler', 'params': {'filename': 'a.log'}}, "
            "{'id': 'errors', 'type': 'ExpressionFilter', 'params': {'expression': 'level >= ERROR'}}], 'wires': ["
            "{'from': 'root', 'to': 'errors'}, {'from': 'errors', 'to': 'file'}]}");
        QCOMPARE(places(project.problems), std::string());
        const WrittenDictConfig written = dictConfigText(project.chain);
        QCOMPARE(places(written.leftOut), std::string("errors; "));
        QVERIFY(!object(written.text).contains(u"filters"));
    }

    void whatPythonDoesNotHaveIsToldAndLeftOut()
    {
        const Configuration project = read("{'sluice': 1, 'nodes': ["
            "{'id': 'python', 'type': 'SocketReceiver'}, {'id': 'console', 'type': 'ConsoleHandler'}, "
            "{'id': 'file', 'type': 'RotatingFileHandler', 'params': {'filename': 'a.log', 'maxBytes': 10, 'terminator': '!'}}, "
            "{'id': 'log', 'type': 'SysLogHandler', 'params': {'format': 'rfc5424', 'facility': 'cron', 'socktype': 'udp'}}, "
            "{'id': 'only', 'type': 'Filter', 'params': {'name': 'app'}}, {'id': 'some', 'type': 'Filter', 'params': {'name': 'db'}}], 'wires': ["
            "{'from': 'python', 'to': 'console'}, {'from': 'python', 'to': 'only'}, {'from': 'only', 'to': 'file'}, "
            "{'from': 'python', 'to': 'log', 'queue': 5}, {'from': 'python', 'to': 'some'}, {'from': 'some', 'to': 'log'}]}");
        QCOMPARE(places(project.problems), std::string());
        const WrittenDictConfig written = dictConfigText(project.chain);
        QCOMPARE(places(written.leftOut), std::string("python; console; log; some; python → log; "));
        const QJsonObject config = object(written.text);
        const QJsonObject handlers = config.value(u"handlers").toObject();
        QCOMPARE(handlers.keys(), (QStringList{QStringLiteral("file"), QStringLiteral("log")}));
        QCOMPARE(handlers.value(u"file").toObject().value(u"filters"), QJsonValue(QJsonArray{QStringLiteral("app")}));
        QCOMPARE(handlers.value(u"file").toObject().value(u".").toObject().value(u"terminator").toString(), QStringLiteral("!"));
        QCOMPARE(handlers.value(u"log").toObject().value(u"socktype").toString(), QStringLiteral("ext://socket.SOCK_DGRAM"));
        QVERIFY(!handlers.value(u"log").toObject().contains(u"format"));
        QCOMPARE(config.value(u"root").toObject().value(u"level").toString(), QStringLiteral("NOTSET"));
        QCOMPARE(config.value(u"root").toObject().value(u"handlers"), QJsonValue(QJsonArray{QStringLiteral("file"), QStringLiteral("log")}));
    }

    void everyHandlerThatPythonHasIsWrittenWithWhatItsConstructorNeeds()
    {
        for (const NodeType *type : NodeRegistry::builtin().types()) {
            if (type->kind() != NodeKind::Handler || type->isUnsupported() || type->name() == "ConsoleHandler")
                continue;
            Chain chain;
            ChainNode node;
            node.id = "h";
            node.type = type;
            for (const ParamSpec &spec : type->params()) {
                if (spec.required)
                    node.params.insert(QString::fromStdString(spec.key), spec.type == ParamSpec::Type::Integer     ? QJsonValue(1)
                                                                         : spec.type == ParamSpec::Type::TextList ? QJsonValue(QJsonArray{QStringLiteral("x")})
                                                                                                                  : QJsonValue(QStringLiteral("x")));
            }
            chain.addNode(node);
            const WrittenDictConfig written = dictConfigText(chain);
            if (!written.leftOut.empty())
                continue; // one that Python does not have
            const Configuration again = parseConfiguration(written.text, "/");
            QVERIFY2(again.ok() && again.unsupported.empty(), (type->name() + ": " + written.text).c_str());
            QCOMPARE(again.chain.node("h")->type, type);
        }
    }

    void comesBackFromAProjectAsItWas_data()
    {
        QTest::addColumn<QByteArray>("handler");
        const auto row = [](const char *name, QByteArray handler) { QTest::newRow(name) << handler.replace('\'', '"'); };
        row("SMTPHandler", "{'class': 'logging.handlers.SMTPHandler', 'mailhost': ['mail.example', 587], 'fromaddr': 'a@b', 'toaddrs': ['c@d', 'e@f'], "
            "'subject': 'Wörter', 'credentials': ['user', '${env:PW}'], 'secure': ['key.pem', 'cert.pem'], 'timeout': 2.5, 'level': 'ERROR'}");
        row("SMTPHandler with little", "{'class': 'logging.handlers.SMTPHandler', 'mailhost': 'localhost', 'fromaddr': 'a@b', 'toaddrs': ['c@d'], 'subject': ''}");
        row("SMTPHandler without a certificate", "{'class': 'logging.handlers.SMTPHandler', 'mailhost': 'localhost', 'fromaddr': 'a@b', 'toaddrs': ['c@d'], "
            "'subject': 's', 'credentials': ['user', '${file:pw}'], 'secure': []}");
        row("HTTPHandler", "{'class': 'logging.handlers.HTTPHandler', 'host': 'web.example:8080', 'url': '/log?a=b', 'method': 'POST', 'secure': true, "
            "'level': 'WARNING'}");
        row("HTTPHandler with little", "{'class': 'logging.handlers.HTTPHandler', 'host': 'web.example', 'url': '/'}");
    }

    void comesBackFromAProjectAsItWas()
    {
        QFETCH(QByteArray, handler);
        const QJsonObject expected = QJsonDocument::fromJson(handler).object();
        const Configuration imported =
            read("{'version': 1, 'handlers': {'h': " + handler.toStdString() + "}, 'root': {'handlers': ['h']}}");
        QCOMPARE(places(imported.problems) + places(imported.unsupported), std::string());
        const Configuration project = parseConfiguration(projectText(imported.chain), "/");
        QCOMPARE(places(project.problems) + places(project.unsupported), std::string());
        QCOMPARE(project.kind, Configuration::Kind::Project);
        const WrittenDictConfig written = dictConfigText(project.chain);
        QCOMPARE(places(written.leftOut), std::string());
        const QJsonObject back = object(written.text).value(u"handlers").toObject().value(u"h").toObject();
        QCOMPARE(QJsonDocument(back).toJson(), QJsonDocument(expected).toJson());
    }

    void credentialsThatPythonTakesFromATupleOnlyAreToldAndLeftOut()
    {
        const std::string web = "'class': 'logging.handlers.HTTPHandler', 'host': 'web.example', 'url': '/'";
        const Configuration imported = read("{'version': 1, 'handlers': {'web': {" + web + ", 'credentials': ['user', '${env:PW}']}}}");
        const Configuration project = parseConfiguration(projectText(imported.chain), "/");
        QCOMPARE(project.chain.node("web")->params.value(u"credentials").toObject().value(u"username").toString(), QStringLiteral("user"));
        const WrittenDictConfig written = dictConfigText(project.chain);
        QCOMPARE(places(written.leftOut), std::string("web; "));
        QVERIFY(!object(written.text).value(u"handlers").toObject().value(u"web").toObject().contains(u"credentials"));
    }

    void namesThatAreTakenAreNotMixedUp()
    {
        Chain chain;
        const QJsonObject one = object(R"({"handlers": {"x": {"class": "p.A", "formatter": "f"}}, "formatters": {"f": {"class": "p.F"}}})");
        const QJsonObject two = object(R"({"handlers": {"x": {"class": "p.B", "formatter": "f"}}, "formatters": {"f": {"class": "p.G"}}})");
        chain.addNode(unsupportedNode("a", false, one, "One."));
        chain.addNode(unsupportedNode("b", false, two, "Two."));
        const QJsonObject config = object(dictConfigText(chain).text);
        const QJsonObject handlers = config.value(u"handlers").toObject();
        const QJsonObject formatters = config.value(u"formatters").toObject();
        for (const auto &[handler, klass] : {std::pair("a", "p.F"), std::pair("b", "p.G")}) {
            const QString formatter = handlers.value(QLatin1String(handler)).toObject().value(u"formatter").toString();
            QCOMPARE(formatters.value(formatter).toObject().value(u"class").toString(), QLatin1String(klass));
        }
    }

    void whatReachesAnUnsupportedHandlerIsDroppedWithItsReasonAndTheRestGoesOn()
    {
        QTemporaryDir folder;
        Configuration configuration = read("{'version': 1, 'filters': {'f': {'()': 'x.F'}}, 'handlers': {'own': {'class': 'x.Own', 'level': 'ERROR'}, "
            "'file': {'class': 'logging.FileHandler', 'filename': 'a.log', 'filters': ['f']}}, 'root': {'level': 'INFO', 'handlers': ['own', 'file']}}");
        QVERIFY(configuration.ok());
        QFile input(folder.filePath(QStringLiteral("in.jsonl")));
        QVERIFY(input.open(QIODevice::WriteOnly));
        for (const int level : {10, 20, 30, 40, 50})
            input.write(QStringLiteral("{\"name\": \"a\", \"levelno\": %1, \"msg\": \"at %1\"}\n").arg(level).toUtf8());
        input.close();
        RouterOptions options;
        options.baseDirectory = folder.path().toStdString();
        options.input = input.fileName().toStdString();
        Router router(configuration.chain, options);
        router.start();
        QVERIFY(router.waitUntilFinished(60000));
        router.stop();
        const RouterStatus status = router.status();
        const SourceStatus total = status.total();
        QCOMPARE(total.accepted, 5u);
        QCOMPARE(total.dropped, 2u);
        QCOMPARE(total.delivered, 3u);
        QCOMPARE(status.sources.at(0).drops.size(), 1u);
        QCOMPARE(status.sources.at(0).drops.at(0).node, std::string("own"));
        QCOMPARE(status.sources.at(0).drops.at(0).reason, configuration.unsupported.at(0).text);
        for (const NodeStatus &node : status.nodes) {
            if (node.id == "own" || node.id == "f of file")
                QVERIFY2(node.state == NodeStatus::State::Failed && !node.reason.empty(), node.id.c_str());
        }
        QFile file(folder.filePath(QStringLiteral("a.log")));
        QVERIFY(file.open(QIODevice::ReadOnly | QIODevice::Text));
        QCOMPARE(file.readAll(), QByteArray("at 20\nat 30\nat 40\nat 50\n"));
    }
};

QTEST_GUILESS_MAIN(DictConfigWriterTest)
#include "DictConfigWriterTest.moc"
