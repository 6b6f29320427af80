#include "ShowStrings.h"
#include "chain/Configuration.h"
#include "support/TestPaths.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace sluice;

namespace {

std::string places(const Problems &problems)
{
    std::string all;
    for (const Problem &problem : problems)
        all += problem.place + "; ";
    return all;
}

/// The least that fileConfig takes, with these lines for its one handler.
std::string withHandler(const std::string &lines)
{
    return "[loggers]\nkeys=root\n[handlers]\nkeys=h\n[formatters]\nkeys=\n[logger_root]\nhandlers=h\n[handler_h]\n" + lines + "\n";
}

QJsonObject paramsOf(const std::string &lines)
{
    const Configuration configuration = parseConfiguration(withHandler(lines), "/srv");
    for (const Problem &problem : configuration.problems)
        qWarning("%s: %s", problem.place.c_str(), problem.text.c_str());
    const ChainNode *node = configuration.chain.node("h");
    return node && !node->type->isUnsupported() ? node->params : QJsonObject();
}

} // namespace

/// What fileConfig's handlers do is compared with CPython by tests/conformance/configs.py; this is what it cannot see.
class FileConfigTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theExampleOfPythonsDocumentationComesInWhole()
    {
        const Configuration configuration = loadConfiguration(test::inSource("tests/chain/data/documentation.ini").toStdString());
        QCOMPARE(places(configuration.problems), std::string());
        QVERIFY(configuration.kind == Configuration::Kind::FileConfig);
        const Chain &chain = configuration.chain;
        for (const char *name : {"hand01", "hand02", "hand03", "hand04", "hand05", "hand06", "hand07", "hand08", "hand09"})
            QVERIFY2(chain.node(name), name);
        QCOMPARE(chain.node("hand03")->params.value(u"host").toString(), QStringLiteral("localhost"));
        QCOMPARE(chain.node("hand03")->params.value(u"port").toInt(), 9020);
        QCOMPARE(chain.node("hand05")->params.value(u"address"), QJsonValue(QJsonArray{QStringLiteral("localhost"), 514}));
        QCOMPARE(chain.node("hand05")->params.value(u"facility").toString(), QStringLiteral("user"));
        QVERIFY(std::ranges::find(chain.wires(), Wire{"hand08", "target", "hand01", {}, {}}) != chain.wires().end());
        QCOMPARE(chain.node("logger compiler.parser")->params.value(u"propagate"), QJsonValue(false));
    }

    void argumentsAreNamedByTheSignatureOfTheClass()
    {
        QCOMPARE(paramsOf("class=handlers.RotatingFileHandler\nargs=('a.log', 'w', 5*1024, 7)\nkwargs={'delay': 1}"),
                 (QJsonObject{{QStringLiteral("filename"), QStringLiteral("a.log")}, {QStringLiteral("mode"), QStringLiteral("w")},
                              {QStringLiteral("maxBytes"), 5120}, {QStringLiteral("backupCount"), 7}, {QStringLiteral("delay"), true}}));
        QCOMPARE(paramsOf("class=StreamHandler\nargs=(sys.stdout,)").value(u"stream").toString(), QStringLiteral("stdout"));
        QCOMPARE(paramsOf("class=handlers.SysLogHandler\nargs=('/dev/log', handlers.SysLogHandler.LOG_LOCAL1, socket.SOCK_DGRAM)"),
                 (QJsonObject{{QStringLiteral("address"), QStringLiteral("/dev/log")}, {QStringLiteral("facility"), QStringLiteral("local1")},
                              {QStringLiteral("socktype"), QStringLiteral("udp")}}));
        QCOMPARE(paramsOf("class=handlers.TimedRotatingFileHandler\nargs=('a', 'midnight', 1, 0, None, False, False, datetime.time(4, 30))")
                     .value(u"atTime").toString(), QStringLiteral("04:30:00"));
    }

    void defaultsOfPasteStandForTheFilesFolder()
    {
        QCOMPARE(paramsOf("class=FileHandler\nargs=('%(here)s/a.log',)").value(u"filename").toString(), QStringLiteral("/srv/a.log"));
    }

    void problemsAreSaidWithLineAndSection_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("no class") << QByteArray("args=()") << QByteArray("line 9, [handler_h]; ");
        QTest::newRow("level") << QByteArray("class=NullHandler\nlevel=LOUD") << QByteArray("line 11, [handler_h]; ");
        QTest::newRow("formatter") << QByteArray("class=NullHandler\n\nformatter=gone") << QByteArray("line 12, [handler_h]; ");
        QTest::newRow("no tuple") << QByteArray("class=FileHandler\nargs=('a.log')") << QByteArray("line 11, [handler_h]; ");
        QTest::newRow("too many") << QByteArray("class=StreamHandler\nargs=(sys.stdout, 1)") << QByteArray("line 11, [handler_h]; ");
        QTest::newRow("twice") << QByteArray("class=FileHandler\nargs=('a',)\nkwargs={'filename': 'b'}") << QByteArray("line 12, [handler_h]; ");
        QTest::newRow("no such class") << QByteArray("class=handlers.RotatingFilHandler\nargs=('a',)") << QByteArray("line 10, [handler_h]; ");
        QTest::newRow("percent") << QByteArray("class=FileHandler\nargs=('%d',)") << QByteArray("line 11, [handler_h]; ");
        QTest::newRow("target") << QByteArray("class=handlers.MemoryHandler\nargs=(1,)\ntarget=gone") << QByteArray("line 12, [handler_h]; ");
        QTest::newRow("argument") << QByteArray("class=FileHandler\nargs=(1,)") << QByteArray("line 9, [handler_h]; ");
    }

    void problemsAreSaidWithLineAndSection()
    {
        QFETCH(QByteArray, lines);
        QFETCH(QByteArray, place);
        QCOMPARE(places(parseConfiguration(withHandler(lines.toStdString()), "/").problems), place.toStdString());
    }

    void sectionsThatAreMissingAreProblems()
    {
        QCOMPARE(places(parseConfiguration("[loggers]\nkeys=root\n", "/").problems), std::string("line 1; line 1; line 2, [loggers]; line 2, [loggers]; "));
        QCOMPARE(places(parseConfiguration("[handlers]\nkeys=\n", "/").problems), std::string("line 1; line 1; "));
        QVERIFY(!parseConfiguration("[loggers]\nkeys=x\n[logger_x]\nhandlers=\nqualname=x\n[handlers]\nkeys=\n[formatters]\nkeys=\n", "/").ok());
    }

    void codeIsKeptAsItsTextAndNotRun_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::newRow("args") << QByteArray("class=FileHandler\nargs=(os.environ['HOME'],)");
        QTest::newRow("kwargs") << QByteArray("class=FileHandler\nkwargs={'filename': open('x')}");
        QTest::newRow("class") << QByteArray("class=__import__('os').system\nargs=('true',)");
        QTest::newRow("own class") << QByteArray("class=shop.Handler\nargs=('x',)");
    }

    void codeIsKeptAsItsTextAndNotRun()
    {
        QFETCH(QByteArray, lines);
        const Configuration configuration = parseConfiguration(withHandler(lines.toStdString() + "\nlevel=ERROR"), "/");
        QCOMPARE(places(configuration.problems), std::string());
        QCOMPARE(places(configuration.unsupported), std::string("line 9, [handler_h]; "));
        const ChainNode *node = configuration.chain.node("h");
        QVERIFY(node && node->type->isUnsupported());
        QCOMPARE(node->params.value(u"level").toString(), QStringLiteral("ERROR"));
        const QJsonObject text = QJsonDocument::fromJson(node->params.value(u"config").toString().toUtf8())
                                     .object().value(u"handlers").toObject().value(u"h").toObject().value(u"fileConfig").toObject();
        for (const QByteArray &line : lines.split('\n'))
            QCOMPARE(text.value(QString::fromUtf8(line.left(line.indexOf('=')))).toString().toUtf8(), line.mid(line.indexOf('=') + 1));
        // It comes out of a project as it went in.
        const Configuration again = parseConfiguration(projectText(configuration.chain), "/");
        QVERIFY(again.ok());
        QCOMPARE(again.unsupported.size(), 1u);
        QCOMPARE(again.chain.node("h")->params, node->params);
    }

    void anOwnClassWithNamedArgumentsNeedsNoIniText()
    {
        const Configuration configuration = parseConfiguration(withHandler("class=shop.Handler\nkwargs={'path': 'x'}"), "/");
        QVERIFY(configuration.chain.node("h")->params.value(u"config").toString().contains(QStringLiteral("\"path\":\"x\"")));
        QVERIFY(!configuration.chain.node("h")->params.value(u"config").toString().contains(QStringLiteral("fileConfig")));
    }

    void theSecondOfTwoSectionsForALoggerHasTheSay()
    {
        const Configuration configuration = parseConfiguration(
            "[loggers]\nkeys=root,a,b\n[handlers]\nkeys=h,i\n[formatters]\nkeys=\n[handler_h]\nclass=NullHandler\n[handler_i]\nclass=NullHandler\n"
            "[logger_root]\nhandlers=\n[logger_a]\nqualname=x\nlevel=ERROR\nhandlers=h\npropagate=0\n[logger_b]\nqualname=x\nhandlers=i\n", "/");
        QCOMPARE(places(configuration.problems), std::string());
        QCOMPARE(configuration.chain.node("logger x")->params.value(u"level").toString(), QStringLiteral("ERROR"));
        QCOMPARE(configuration.chain.node("logger x")->params.value(u"propagate"), QJsonValue(true));
        QCOMPARE(configuration.chain.wires().size(), 1u);
        QCOMPARE(configuration.chain.wires()[0].to, std::string("i"));
    }
};

QTEST_GUILESS_MAIN(FileConfigTest)
#include "FileConfigTest.moc"
