#include "ShowStrings.h"
#include "chain/CodeSecrets.h"
#include "chain/Configuration.h"
#include "chain/DictConfigWriter.h"
#include "chain/KeptSecrets.h"
#include "chain/ProjectSecrets.h"
#include "chain/PythonHandlers.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <set>

using namespace sluice;

namespace {

std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

QString joined(const std::vector<std::string> &path)
{
    return QString::fromStdString(LiteralSecret{{}, path, {}}.key());
}

/// What a visitor is told, "way=text" each; and what becomes of the text where each has an X for it.
struct Visited
{
    QString found;
    QString replaced;
};

template <typename Visit>
Visited visited(Visit visit)
{
    Visited out;
    out.replaced = visit([&](const std::vector<std::string> &path, const QString &text) -> std::optional<QString> {
        out.found += joined(path) + u'=' + text + u';';
        return QStringLiteral("X");
    });
    return out;
}

std::string withHandler(const std::string &lines)
{
    return "[loggers]\nkeys=root\n[handlers]\nkeys=h\n[formatters]\nkeys=\n[logger_root]\nhandlers=h\n[handler_h]\n" + lines + "\n";
}

bool tells(const Problems &problems, std::string_view words)
{
    return std::ranges::any_of(problems, [&](const Problem &problem) { return (problem.place + ": " + problem.text).find(words) != std::string::npos; });
}

} // namespace

class KeptSecretsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesTellWhatIsASecretInJson_data()
    {
        QTest::addColumn<QByteArray>("handler");
        QTest::addColumn<QString>("found");
        QTest::newRow("a name") << QByteArray("{'class': 'x.Y', 'password': 'p', 'path': 'q'}") << QStringLiteral("password=p;");
        QTest::newRow("a number") << QByteArray("{'pin': 1, 'password': 1234}") << QStringLiteral("password=1234;");
        QTest::newRow("switches") << QByteArray("{'auth': true, 'token': null, 'cookie': ''}") << QString();
        QTest::newRow("a pair") << QByteArray("{'credentials': ['user', 'p']}") << QStringLiteral("credentials.1=p;");
        QTest::newRow("no pair") << QByteArray("{'tokens': ['a', 'b'], 'credentials': ['c', 'd', 'e']}")
                                 << QStringLiteral("credentials.0=c;credentials.1=d;credentials.2=e;tokens.0=a;tokens.1=b;");
        QTest::newRow("nested") << QByteArray("{'client': [{'headers': {'Authorization': 'Bearer t', 'Accept': 'a'}}]}")
                                << QStringLiteral("client.0.headers.Authorization=Bearer t;");
        QTest::newRow("all below") << QByteArray("{'auth': {'()': 'x.Basic', 'user': 'u', 'phrase': 'p', 'more': ['q']}}")
                                   << QStringLiteral("auth.more.0=q;auth.phrase=p;");
        QTest::newRow("attributes") << QByteArray("{'.': {'api_key': 'k'}}") << QStringLiteral("..api_key=k;");
        QTest::newRow("a reference") << QByteArray("{'password': '${env:PW}'}") << QStringLiteral("password=${env:PW};");
        QTest::newRow("of the program") << QByteArray("{'password': 'ext://shop.settings.PASSWORD'}") << QString();
        QTest::newRow("a URL") << QByteArray("{'url': 'redis://:p%40w@host:1/0', 'other': 'amqp://u:p@h', 'dsn': 'https://k@h/1', 'open': 'http://h:80/a@b', "
                                             "'own': 'x://u:$PW@h'}")
                               << QStringLiteral("other=amqp://u:p@h;url=redis://:p%40w@host:1/0;");
        QTest::newRow("not by its place") << QByteArray("{'fmt': 'password=1', 'key': 'k'}") << QString();
    }

    void namesTellWhatIsASecretInJson()
    {
        QFETCH(QByteArray, handler);
        QFETCH(QString, found);
        // A handler's own name tells nothing.
        const QString part = QString::fromStdString(json("{'handlers': {'auth log': " + handler.toStdString() + "}}"));
        const Visited out = visited([&](const SecretVisitor &visit) { return visitKeptSecrets(part, {}, visit); });
        QCOMPARE(QString(out.found).remove(QStringLiteral("handlers.auth log.")), found);
        QCOMPARE(QJsonDocument::fromJson(out.replaced.toUtf8()).isObject(), true);
        if (found.isEmpty())
            QCOMPARE(out.replaced, part);
        // What was found is gone, and all else is as before.
        const Visited again = visited([&](const SecretVisitor &visit) { return visitKeptSecrets(out.replaced, {}, visit); });
        for (const QString &one : again.found.split(u';', Qt::SkipEmptyParts))
            QVERIFY2(one.endsWith(u"=X"), qPrintable(one));
    }

    void whatASecretsReferenceLeadsToIsOneToo()
    {
        const QString part = QString::fromStdString(json("{'handlers': {'h': {'class': 'x.Y', 'credentials': 'cfg://smtp.logins[0]', 'password': 'cfg://a.b'}}, "
                                                         "'smtp': {'logins': [['user', 'one'], ['user', 'two']]}, 'a': {'b': 'cfg://c'}, 'c': 'three'}"));
        const Visited out = visited([&](const SecretVisitor &visit) { return visitKeptSecrets(part, {}, visit); });
        QCOMPARE(out.found, QStringLiteral("c=three;smtp.logins.0.1=one;"));
    }

    void namesTellWhatIsASecretInCode_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("replaced");
        QTest::addColumn<QString>("found");
        const auto row = [](const char *name, const char *code, const char *replaced, const char *found) {
            QTest::newRow(name) << QByteArray(code) << QByteArray(replaced) << QString::fromUtf8(found);
        };
        row("the place in the arguments", "(HOST, 'f', ['t'], 's', ('user', 'pw'), None)", "(HOST, 'f', ['t'], 's', ('user', 'X'), None)", "credentials.1=pw;");
        row("without brackets", "(HOST, 1), 'f', 't', 's', ('user', 'pw')", "(HOST, 1), 'f', 't', 's', ('user', 'X')", "credentials.1=pw;");
        row("a user from elsewhere", "(HOST, 'f', 't', 's', (os.environ['USER'], 'pw',))", "(HOST, 'f', 't', 's', (os.environ['USER'], 'X',))", "credentials.1=pw;");
        row("looked up", "(HOST, 'f', 't', 's', ('u', os.environ['PW']), os.getenv('A', 'b'))", "(HOST, 'f', 't', 's', ('u', os.environ['PW']), os.getenv('A', 'b'))", "");
        row("a default", "dict(password=os.environ.get('PW', 'pw'))", "dict(password=os.environ.get('PW', 'X'))", "mailhost.password.1=pw;");
        row("by keyword", "(x(), Client(token = \"t\", name='n'))", "(x(), Client(token = \"X\", name='n'))", "fromaddr.token=t;");
        row("in a dict", "{'credentials': ('user', 'pw'), 'secure': f()}", "{'credentials': ('user', 'X'), 'secure': f()}", "mailhost.credentials.1=pw;");
        row("wrapped", "x(password=b64decode(b'cHc='))", "x(password=b64decode('X'))", "mailhost.password.0=cHc=;");
        row("a comparison", "x(token=='t', password!='p')", "x(token=='t', password!='p')", "");
        row("quotes inside", "x(password='a\\'b\\\\', z='p')", "x(password='X', z='p')", "mailhost.password=a'b\\;");
        row("three quotes", "x(password='''a'b''', z='p')", "x(password='X', z='p')", "mailhost.password=a'b;");
        row("of the INI file", "x(password='a%%b', token='%(token)s')", "x(password='X', token='%(token)s')", "mailhost.password=a%b;");
        row("two of one name", "x(password='a' + 'b')", "x(password='X' + 'X')", "mailhost.password=a;mailhost.password 2=b;");
        row("without an end", "x(password='pw", "x(password='X'", "mailhost.password=pw;");
        row("a URL", "x('redis://:pw@h')", "x('X')", "mailhost.0=redis://:pw@h;");
    }

    void namesTellWhatIsASecretInCode()
    {
        QFETCH(QByteArray, code);
        QFETCH(QByteArray, replaced);
        QFETCH(QString, found);
        const std::vector<std::string_view> &parameters = pythonHandlerNamed("SMTPHandler")->parameters;
        const Visited out = visited([&](const SecretVisitor &visit) { return visitSecretsInCode(QString::fromUtf8(code), parameters, true, {}, visit); });
        QCOMPARE(out.replaced.toUtf8(), replaced);
        QCOMPARE(out.found, found);
    }

    void eachSecretOfCodeHasAWayOfItsOwn_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<int>("secrets");
        QTest::newRow("the same name") << QByteArray("{'token': 'a', 'token': 'b', 'token': 'c'}") << 3;
        QTest::newRow("a name with the number of another") << QByteArray("{'token': 'a', 'token 2': 'b', 'token': 'c', 'token 3': 'd', 'token': 'e'}") << 5;
        QTest::newRow("the number first") << QByteArray("{'token 2': 'a', 'token': 'b', 'token': 'c'}") << 3;
        QTest::newRow("without a name") << QByteArray("x://u:p@h 'http://u:p@h' 'http://u:p@h' 'http://u:p@h'") << 3;
        QTest::newRow("names that are secrets themselves") << QByteArray("{'http://u:p@h': 'a', 'http://u:p@h': 'http://u:p@h', 'http://u:p@h': 'http://u:q@h'}") << 2;
    }
    void eachSecretOfCodeHasAWayOfItsOwn()
    {
        QFETCH(const QByteArray, code);
        QFETCH(const int, secrets);
        std::set<std::vector<std::string>> paths;
        int found = 0;
        visitSecretsInCode(QString::fromUtf8(code), {}, false, {}, [&](const std::vector<std::string> &path, const QString &) -> std::optional<QString> {
            paths.insert(path);
            ++found;
            return std::nullopt;
        });
        QCOMPARE(found, secrets);
        QCOMPARE(int(paths.size()), secrets);
    }

    void codeOfAnyShapeIsRead()
    {
        for (const char *code : {"", "(", ")))", "'", "\"\"\"", "b'", "x(password=", "password='", "{:}", ",,,=,=", "\\", "#", "((((((('"}) {
            const Visited out = visited([&](const SecretVisitor &visit) { return visitSecretsInCode(QString::fromUtf8(code), {}, false, {}, visit); });
            Q_UNUSED(out);
        }
        const QString deep = QString(100'000, u'(') + QStringLiteral("password='p'") + QString(100'000, u')') + QStringLiteral(", token='t'");
        const Visited out = visited([&](const SecretVisitor &visit) { return visitSecretsInCode(deep, {}, false, {}, visit); });
        QCOMPARE(out.replaced, QString(deep).replace(QStringLiteral("'p'"), QStringLiteral("'X'")).replace(QStringLiteral("'t'"), QStringLiteral("'X'")));
        const Visited many = visited([&](const SecretVisitor &visit) { return visitSecretsInCode(QStringLiteral("password=") + QStringLiteral("'' b'x' ").repeated(50'000), {}, false, {}, visit); });
        QCOMPARE(many.replaced.count(QStringLiteral("'X'")), 50'000);
    }

    void whatIsNoJsonYetIsReadAsCode()
    {
        const Visited out = visited([&](const SecretVisitor &visit) { return visitKeptSecrets(QString::fromUtf8("{\"handlers\": {\"h\": {\"password\": \"a\\\"b\", \"x\": "), {"config"}, visit); });
        QCOMPARE(out.found, QStringLiteral("config.handlers.h.password=a\"b;"));
        QCOMPARE(out.replaced, QString::fromUtf8("{\"handlers\": {\"h\": {\"password\": \"X\", \"x\": "));
    }

    void noSecretOfAnImportedPartReachesAFile_data()
    {
        QTest::addColumn<std::string>("config");
        QTest::addColumn<std::string>("key");
        QTest::newRow("a class of its own") << json("{'version': 1, 'handlers': {'h': {'class': 'shop.Handler', 'api_key': 'sesame', 'path': 'p'}}, 'root': {'handlers': ['h']}}")
                                            << std::string("config.handlers.h.api_key");
        QTest::newRow("mail with a formatter of its own")
            << json("{'version': 1, 'formatters': {'f': {'()': 'shop.Formatter'}}, 'handlers': {'h': {'class': 'logging.handlers.SMTPHandler', 'formatter': 'f', "
                    "'mailhost': 'm', 'fromaddr': 'f@e.org', 'toaddrs': ['t@e.org'], 'subject': 's', 'credentials': ['user', 'sesame']}}, 'root': {'handlers': ['h']}}")
            << std::string("config.handlers.h.credentials.1");
        QTest::newRow("a formatter") << json("{'version': 1, 'formatters': {'f': {'()': 'shop.Formatter', 'hash_secret': 'sesame'}}, 'handlers': {}, 'root': {}}")
                                     << std::string("config.formatters.f.hash_secret");
        QTest::newRow("a filter") << json("{'version': 1, 'filters': {'f': {'()': 'shop.Filter', 'token': 'sesame'}}, 'handlers': {'h': {'class': 'logging.NullHandler', "
                                          "'filters': ['f']}}, 'root': {'handlers': ['h']}}")
                                  << std::string("config.filters.f.token");
        QTest::newRow("arguments that are code") << withHandler("class=handlers.SMTPHandler\nargs=(os.environ['HOST'], 'f@e.org', ['t@e.org'], 's', ('user', 'sesame'))")
                                                 << std::string("config.handlers.h.fileConfig.args.credentials.1");
        QTest::newRow("arguments by keyword") << withHandler("class=handlers.HTTPHandler\nkwargs={'host': HOST, 'url': '/', 'credentials': ('user', 'sesame')}")
                                              << std::string("config.handlers.h.fileConfig.kwargs.credentials.1");
        QTest::newRow("an option of its own") << withHandler("class=shop.Handler\nargs=('x',)\npassword=sesame")
                                              << std::string("config.handlers.h.fileConfig.password");
    }

    void noSecretOfAnImportedPartReachesAFile()
    {
        QFETCH(std::string, config);
        QFETCH(std::string, key);
        const Configuration imported = parseConfiguration(config, "/");
        QVERIFY2(imported.ok(), imported.ok() ? "" : imported.problems[0].text.c_str());
        QVERIFY(!tells(imported.unsupported, "sesame"));
        const std::vector<LiteralSecret> secrets = literalSecrets(imported.chain);
        QCOMPARE(secrets.size(), 1u);
        QCOMPARE(secrets[0].key(), key);
        QCOMPARE(secrets[0].text, std::string("sesame"));
        QVERIFY(tells(toProblems(secrets), secrets[0].node + ": Its " + key + " is a secret"));

        // Saved without a key store, it is left out; to Python too, where it is told.
        const std::string bare = projectText(imported.chain);
        QVERIFY(bare.find("sesame") == std::string::npos);
        QVERIFY(parseConfiguration(bare, "/").ok());
        const WrittenDictConfig literal = dictConfigText(imported.chain);
        QVERIFY(literal.text.find("sesame") == std::string::npos);
        QVERIFY(tells(literal.leftOut, "Its " + key + " is a secret, which is written into no file."));

        // By a reference, with all that a name may have, nothing else changes and nothing is lost.
        const std::string reference = "${keychain:Müller's \"x\" \\ 100%}";
        Chain chain = imported.chain;
        chain.node(secrets[0].node)->params = withReference(chain.node(secrets[0].node)->params, secrets[0].path, reference);
        QVERIFY(literalSecrets(chain).empty());
        const Configuration opened = parseConfiguration(projectText(chain), "/");
        QVERIFY(opened.ok());
        QCOMPARE(opened.unsupported.size(), 1u);
        QCOMPARE(opened.chain.node(secrets[0].node)->params, chain.node(secrets[0].node)->params);
        QVERIFY(literalSecrets(opened.chain).empty());
        const WrittenDictConfig written = dictConfigText(opened.chain);
        QVERIFY(tells(written.remarks, "Python does not follow the reference in " + key));
        QVERIFY(!tells(written.leftOut, "secret, which"));
        QVERIFY(written.text.find("keychain:M") != std::string::npos);

        // Put back, it is what it was.
        Chain back = opened.chain;
        back.node(secrets[0].node)->params = withReference(back.node(secrets[0].node)->params, secrets[0].path, "sesame");
        QCOMPARE(back.node(secrets[0].node)->params, imported.chain.node(secrets[0].node)->params);
    }

    void aPartWithoutSecretsComesOutAsItWentIn()
    {
        const QString part = QString::fromStdString(json("{ 'handlers' : {'auth': {'class':'shop.H', 'max': 12345678901234567890, 'path': 'p'}} }"));
        Chain chain;
        ChainNode node;
        node.id = "auth";
        node.type = parseConfiguration(json("{'version': 1, 'handlers': {'a': {'class': 'x.Y'}}}"), "/").chain.node("a")->type;
        node.params.insert(QStringLiteral("config"), part);
        chain.addNode(node);
        QVERIFY(literalSecrets(chain).empty());
        QCOMPARE(parseConfiguration(projectText(chain), "/").chain.node("auth")->params.value(QStringLiteral("config")).toString(), part);
        const WrittenDictConfig written = dictConfigText(chain);
        QVERIFY(written.remarks.empty());
    }
};

QTEST_GUILESS_MAIN(KeptSecretsTest)
#include "KeptSecretsTest.moc"
