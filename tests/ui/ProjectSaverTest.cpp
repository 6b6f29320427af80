#include "ShowStrings.h"
#include "ViewFixture.h"
#include "base/KeyStore.h"
#include "base/Secret.h"
#include "chain/ChainDifference.h"
#include "chain/Configuration.h"
#include "shell/Actions.h"
#include "shell/ChainPage.h"
#include "shell/ChainTab.h"
#include "shell/ProblemBanner.h"

#include <QAction>
#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>

using namespace sluice;
using sluice::test::ViewFixture;

/// Saving a project from the window: what becomes of secrets that were typed, with a key store (tests/base/key_store.py runs it with one)
/// and without.
class ProjectSaverTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_f;

    ViewFixture &f() const { return *m_f; }
    QString path() const { return f().folder.filePath(QStringLiteral("mine.sluice")); }
    QByteArray text() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static bool hasStore() { return qEnvironmentVariableIsSet("SLUICE_TEST_KEYRING"); }
    const Chain &drawn() const { return f().window->chainTab()->page()->editor().chain(); }

    void openAndType(const char *secret)
    {
        f().session->open({f().write(QStringLiteral("mine.sluice"), R"({ "sluice": 1, "name": "Mine", "nodes": [
            { "id": "web", "type": "HttpReceiver", "params": { "port": 0 } }, { "id": "console", "type": "ConsoleHandler", "position": [320, 0] } ],
            "wires": [ { "from": "web", "to": "console" } ] })")});
        QTRY_VERIFY(f().session->project() && !f().session->isBusy());
        f().window->chainTab()->open();
        QVERIFY(f().window->chainTab()->page()->editor().setParam("web", "token", QString::fromUtf8(secret)));
        f().window->chainTab()->page()->apply();
        QTRY_VERIFY(f().session->project()->chain.node("web")->params.contains(QStringLiteral("token")));
    }

private Q_SLOTS:
    void init()
    {
        m_f = std::make_unique<ViewFixture>();
        QVERIFY(f().open());
    }

    void aTypedSecretGoesIntoTheKeyStoreAndItsNameIntoTheFile()
    {
        if (!hasStore())
            QSKIP("There is no key store: tests/base/key_store.py has one.");
        openAndType("öpen sesame");
        QTRY_VERIFY(f().window->actions()->saveProject->isEnabled());
        f().window->actions()->saveProject->trigger();
        QTRY_VERIFY(text().contains("${keychain:Mine / web.token / "));
        QVERIFY(!text().contains("sesame"));
        QVERIFY(text().contains("\"sluice\": 2"));
        QVERIFY(!f().window->banner()->isVisible());
        // Drawn, running and saved are the same.
        const Secret reference{drawn().node("web")->params.value(QStringLiteral("token")).toString().toStdString()};
        QVERIFY(reference.isReference());
        QVERIFY(!f().window->chainTab()->page()->editor().isModified());
        QCOMPARE(differencesThatRun(f().session->project()->chain, drawn()), std::size_t(0));
        const auto revealed = reference.reveal("/");
        QVERIFY2(revealed.ok(), revealed.ok() ? "" : revealed.error().text.c_str());
        QCOMPARE(*revealed, std::string("öpen sesame"));
        // Saved again, nothing is put there again.
        const QByteArray before = text();
        f().window->actions()->saveProject->trigger();
        QTRY_VERIFY(!f().session->isBusy());
        QCOMPARE(text(), before);
        const std::string name = reference.text.substr(11, reference.text.size() - 12);
        QVERIFY(keystore::remove(name).ok());
        QVERIFY(!reference.reveal("/").ok());
    }

    void withoutAKeyStoreItSaysWhatIsLeftOut()
    {
        if (hasStore())
            QSKIP("There is a key store.");
        openAndType("open sesame");
        QTRY_VERIFY(f().window->actions()->saveProject->isEnabled());
        f().window->actions()->saveProject->trigger();
        QTRY_VERIFY(f().window->banner()->isVisible());
        const QString said = f().window->banner()->text();
        QVERIFY2(said.contains(QStringLiteral("web: Its token is a secret")) && said.contains(QStringLiteral("key store")), qPrintable(said));
        QVERIFY(!said.contains(QStringLiteral("sesame")));
        QVERIFY(!text().contains("sesame"));
        QVERIFY(text().contains("\"sluice\": 2"));
        // It is still what runs.
        QCOMPARE(drawn().node("web")->params.value(QStringLiteral("token")).toString(), QStringLiteral("open sesame"));
    }

    void aTypedHeaderIsASecretByItsName()
    {
        f().session->open({f().write(QStringLiteral("mine.sluice"), R"({ "sluice": 1, "name": "Mine", "nodes": [
            { "id": "post", "type": "HTTPHandler", "params": { "host": "localhost:1", "url": "/" } } ], "wires": [] })")});
        QTRY_VERIFY(f().session->project() && !f().session->isBusy());
        f().window->chainTab()->open();
        const QJsonObject headers{{QStringLiteral("Authorization"), QStringLiteral("Bearer sesame")}, {QStringLiteral("X-Team"), QStringLiteral("logs")}};
        QVERIFY(f().window->chainTab()->page()->editor().setParam("post", "headers", headers));
        QTRY_VERIFY(f().window->actions()->saveProject->isEnabled());
        f().window->actions()->saveProject->trigger();
        QTRY_VERIFY(text().contains("X-Team"));
        QVERIFY(!text().contains("sesame"));
        if (!hasStore()) {
            QTRY_VERIFY(f().window->banner()->isVisible());
            QVERIFY2(f().window->banner()->text().contains(QStringLiteral("post: Its headers.Authorization is a secret")), qPrintable(f().window->banner()->text()));
            return;
        }
        QTRY_VERIFY(text().contains("${keychain:Mine / post.headers.Authorization / "));
        const Secret reference{drawn().node("post")->params.value(QStringLiteral("headers")).toObject().value(QStringLiteral("Authorization")).toString().toStdString()};
        const auto revealed = reference.reveal("/");
        QVERIFY(revealed.ok());
        QCOMPARE(*revealed, std::string("Bearer sesame"));
        QVERIFY(keystore::remove(reference.text.substr(11, reference.text.size() - 12)).ok());
    }

    void secretsOfAPartOfAPythonConfigurationAreKeptToo()
    {
        // Two handlers refer to one section: it has one secret.
        QJsonArray nodes;
        for (const char *id : {"own", "too"}) {
            const QJsonObject handler{{QStringLiteral("class"), QStringLiteral("shop.H")}, {QStringLiteral("credentials"), QStringLiteral("cfg://smtp.login")}};
            const QJsonObject part{{QStringLiteral("handlers"), QJsonObject{{QLatin1String(id), handler}}},
                                   {QStringLiteral("smtp"), QJsonObject{{QStringLiteral("login"), QJsonArray{QStringLiteral("user"), QStringLiteral("sesame")}}}}};
            const QJsonObject params{{QStringLiteral("config"), QString::fromUtf8(QJsonDocument(part).toJson(QJsonDocument::Compact))}};
            nodes.append(QJsonObject{{QStringLiteral("id"), QLatin1String(id)}, {QStringLiteral("type"), QStringLiteral("Unsupported")}, {QStringLiteral("params"), params}});
        }
        const QJsonObject project{{QStringLiteral("sluice"), 2}, {QStringLiteral("name"), QStringLiteral("Mine")}, {QStringLiteral("nodes"), nodes}, {QStringLiteral("wires"), QJsonArray()}};
        f().session->open({f().write(QStringLiteral("mine.sluice"), QJsonDocument(project).toJson())});
        QTRY_VERIFY(f().session->project() && !f().session->isBusy());
        f().window->chainTab()->open();
        QTRY_VERIFY(f().window->actions()->saveProject->isEnabled());
        QVERIFY(text().contains("sesame"));
        f().window->actions()->saveProject->trigger();
        QTRY_VERIFY(!text().contains("sesame"));
        QVERIFY(text().contains("cfg://smtp.login"));
        if (!hasStore()) {
            QTRY_VERIFY(f().window->banner()->isVisible());
            QVERIFY2(f().window->banner()->text().contains(QStringLiteral("own: Its config.smtp.login.1 is a secret")), qPrintable(f().window->banner()->text()));
            QVERIFY(!f().window->banner()->text().contains(QStringLiteral("sesame")));
            return;
        }
        QTRY_VERIFY(text().contains("${keychain:Mine / own.config.smtp.login.1 / "));
        const auto login = [&](const char *id) {
            const QByteArray config = drawn().node(id)->params.value(QStringLiteral("config")).toString().toUtf8();
            return QJsonDocument::fromJson(config).object().value(QStringLiteral("smtp")).toObject().value(QStringLiteral("login")).toArray();
        };
        QCOMPARE(login("own"), login("too"));
        QCOMPARE(login("own").at(0).toString(), QStringLiteral("user"));
        const Secret reference{login("own").at(1).toString().toStdString()};
        const auto revealed = reference.reveal("/");
        QVERIFY(revealed.ok());
        QCOMPARE(*revealed, std::string("sesame"));
        QVERIFY(keystore::remove(reference.text.substr(11, reference.text.size() - 12)).ok());
    }
};

int main(int argc, char *argv[])
{
    // Nobody's own key store gets secrets of a test.
    if (!qEnvironmentVariableIsSet("SLUICE_TEST_KEYRING"))
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    QApplication application(argc, argv);
    ProjectSaverTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "ProjectSaverTest.moc"
