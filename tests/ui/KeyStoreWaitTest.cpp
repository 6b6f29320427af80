#include "ViewFixture.h"
#include "base/KeyStore.h"
#include "chain/Router.h"
#include "shell/Actions.h"
#include "shell/ChainPage.h"
#include "shell/ChainTab.h"
#include "shell/KeyStoreBanner.h"
#include "shell/ProblemBanner.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QPushButton>
#include <QSignalSpy>

#include <csignal>

using namespace sluice;
using sluice::test::ViewFixture;

namespace {

constexpr char tokenName[] = "Waits / token";
constexpr int minute = 60'000; // after which a store that does not answer is given up

} // namespace

/// What happens while the system's key store lets the program wait: a real one (tests/base/key_store.py runs it with that), whose daemon is
/// held meanwhile, as one is that has asked its person for a password.
class KeyStoreWaitTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_f;

    ViewFixture &f() const { return *m_f; }
    static int daemon() { return qEnvironmentVariableIntValue("SLUICE_TEST_KEYRING"); }
    static void hold() { ::kill(daemon(), SIGSTOP); }
    static void letGo() { ::kill(daemon(), SIGCONT); }

    QString waiting() const
    {
        return f().write(QStringLiteral("waits.sluice"), R"({ "sluice": 2, "name": "Waits", "nodes": [
            { "id": "web", "type": "HttpReceiver", "params": { "port": 0, "token": "${keychain:Waits / token}" } }, { "id": "console", "type": "ConsoleHandler", "position": [320, 0] } ],
            "wires": [ { "from": "web", "to": "console" } ] })");
    }
    bool runs(const QString &title) const
    {
        return QTest::qWaitFor([&] { return f().session->project() && f().session->project()->title == title; }, test::patience);
    }
    NodeStatus node(const char *id) const
    {
        for (const NodeStatus &status : f().session->project()->router->status().nodes) {
            if (status.id == id)
                return status;
        }
        return {};
    }
    bool waitForBanner() const
    {
        return QTest::qWaitFor([&] { return f().window->keyStoreBanner()->isVisible(); }, test::patience);
    }

private Q_SLOTS:
    void init()
    {
        m_f = std::make_unique<ViewFixture>();
        QVERIFY(f().open());
        f().session->startNew();
        QVERIFY(runs(QStringLiteral("New project")));
        if (daemon())
            QVERIFY(keystore::write(tokenName, "sesame").ok());
    }

    void cleanup()
    {
        // Not at the end of the last one, which has let its session go.
        if (daemon() && m_f)
            letGo();
        m_f.reset();
    }

    void whereThereIsNoStoreTheRestOfTheProjectRuns()
    {
        if (daemon())
            QSKIP("There is a key store.");
        f().session->open({waiting()});
        QVERIFY(runs(QStringLiteral("Waits")));
        QCOMPARE(node("web").state, NodeStatus::State::Failed);
        QVERIFY2(node("web").reason.find("key store") != std::string::npos, node("web").reason.c_str());
        QCOMPARE(node("console").state, NodeStatus::State::Running);
    }

    void aProjectWaitsForItsSecretsAndNothingElseDoes()
    {
        if (!daemon())
            QSKIP("There is no key store: tests/base/key_store.py has one.");
        hold();
        f().session->open({waiting()});
        QVERIFY(waitForBanner());
        // What is opened meanwhile is there at once, and what ran before goes on.
        QSignalSpy logs(f().session.get(), &Session::storeOpened);
        f().session->open({f().write(QStringLiteral("app.log"), sluice::test::threeLines)});
        QTRY_COMPARE(logs.count(), 1);
        QCOMPARE(f().session->project()->title, QStringLiteral("New project"));
        QVERIFY(f().session->isRunning() && f().session->project()->router->isRunning());
        QVERIFY(f().session->isBusy());
        letGo();
        QVERIFY(runs(QStringLiteral("Waits")));
        QCOMPARE(node("web").state, NodeStatus::State::Running);
        QVERIFY(!f().window->keyStoreBanner()->isVisible());
    }

    void whoGoesOnWithoutHasAllThatNeedsNone()
    {
        if (!daemon())
            QSKIP("There is no key store.");
        hold();
        f().session->open({waiting()});
        QVERIFY(waitForBanner());
        QTest::mouseClick(f().window->keyStoreBanner()->goOnButton(), Qt::LeftButton);
        QVERIFY(!f().window->keyStoreBanner()->isVisible());
        QVERIFY(runs(QStringLiteral("Waits")));
        QCOMPARE(node("web").state, NodeStatus::State::Failed);
        QVERIFY2(node("web").reason.find("nobody waited for it") != std::string::npos, node("web").reason.c_str());
        QCOMPARE(node("console").state, NodeStatus::State::Running);
        letGo();
        f().session->restart();
        QTRY_COMPARE(node("web").state, NodeStatus::State::Running);
    }

    void aProjectThatIsWantedLaterIsNotReplacedByOneThatWaited()
    {
        if (!daemon())
            QSKIP("There is no key store.");
        hold();
        f().session->open({waiting()});
        QVERIFY(waitForBanner());
        f().session->open({f().write(QStringLiteral("later.sluice"), R"({ "sluice": 1, "name": "Later", "nodes": [ { "id": "console", "type": "ConsoleHandler" } ], "wires": [] })")});
        QVERIFY(runs(QStringLiteral("Later")));
        QVERIFY(!f().window->keyStoreBanner()->isVisible());
        letGo();
        QVERIFY(keystore::read(tokenName).ok()); // behind what waited
        QTRY_VERIFY(!f().session->isBusy());
        QCOMPARE(f().session->project()->title, QStringLiteral("Later"));
    }

    void aProjectThatIsStoppedMeanwhileDoesNotStart()
    {
        if (!daemon())
            QSKIP("There is no key store.");
        f().session->open({waiting()});
        QVERIFY(runs(QStringLiteral("Waits")));
        hold();
        f().session->restart();
        QVERIFY(waitForBanner());
        f().session->setRunning(false);
        QTRY_VERIFY(!f().session->isRunning());
        letGo();
        QVERIFY(keystore::read(tokenName).ok());
        QTRY_VERIFY(!f().session->isBusy());
        QVERIFY(!f().session->isRunning() && !f().session->project()->router->isRunning());
    }

    void anEditedChainIsAppliedOnceItsSecretsAreThere()
    {
        if (!daemon())
            QSKIP("There is no key store.");
        f().session->open({f().write(QStringLiteral("mine.sluice"), R"({ "sluice": 1, "name": "Mine", "nodes": [
            { "id": "web", "type": "HttpReceiver", "params": { "port": 0 } }, { "id": "console", "type": "ConsoleHandler", "position": [320, 0] } ],
            "wires": [ { "from": "web", "to": "console" } ] })")});
        QVERIFY(runs(QStringLiteral("Mine")));
        f().window->chainTab()->open();
        ChainPage *page = f().window->chainTab()->page();
        QVERIFY(page->editor().setParam("web", "token", QStringLiteral("${keychain:Waits / token}")));
        hold();
        page->apply();
        QVERIFY(waitForBanner());
        QVERIFY(!f().session->project()->chain.node("web")->params.contains(QStringLiteral("token")));
        QCOMPARE(node("web").state, NodeStatus::State::Running);
        letGo();
        QTRY_VERIFY(f().session->project()->chain.node("web")->params.contains(QStringLiteral("token")));
        QCOMPARE(node("web").state, NodeStatus::State::Running);
        // What needs nothing new is applied without the store.
        hold();
        QVERIFY(page->editor().setParam("console", "level", QStringLiteral("ERROR")));
        page->apply();
        QTRY_VERIFY(f().session->project()->chain.node("console")->params.contains(QStringLiteral("level")));
    }

    void aProjectIsSavedWithoutSecretsByWhoGoesOn()
    {
        if (!daemon())
            QSKIP("There is no key store.");
        const QString path = f().write(QStringLiteral("mine.sluice"), R"({ "sluice": 1, "name": "Mine", "nodes": [ { "id": "web", "type": "HttpReceiver", "params": { "port": 0 } } ], "wires": [] })");
        f().session->open({path});
        QVERIFY(runs(QStringLiteral("Mine")));
        f().window->chainTab()->open();
        QVERIFY(f().window->chainTab()->page()->editor().setParam("web", "token", QStringLiteral("open sesame")));
        QTRY_VERIFY(f().window->actions()->saveProject->isEnabled());
        hold();
        f().window->actions()->saveProject->trigger();
        QVERIFY(waitForBanner());
        f().window->keyStoreBanner()->goOnButton()->click();
        QTRY_VERIFY(f().window->banner()->isVisible());
        QVERIFY2(f().window->banner()->text().contains(QStringLiteral("web: Its token is a secret")), qPrintable(f().window->banner()->text()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY2(text.contains("\"sluice\": 2") && !text.contains("sesame") && !text.contains("keychain"), text.constData());
    }

    void theSessionEndsWhileTheStoreStillWaits()
    {
        if (!daemon())
            QSKIP("There is no key store.");
        hold();
        QElapsedTimer held;
        held.start();
        f().session->open({waiting()});
        QVERIFY(waitForBanner());
        m_f.reset();
        QVERIFY2(held.elapsed() < minute, qPrintable(QString::number(held.elapsed())));
        letGo();
    }

    void theProgramEndsWithAQuestionUnanswered()
    {
        if (!daemon())
            QSKIP("There is no key store.");
        hold();
        f().session->open({waiting()});
        QVERIFY(waitForBanner());
        // The last of all: main() returns next, which is seen by the program's status.
        m_f.reset();
    }
};

int main(int argc, char *argv[])
{
    // Nobody's own key store gets secrets of a test.
    if (!qEnvironmentVariableIsSet("SLUICE_TEST_KEYRING"))
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    QApplication application(argc, argv);
    KeyStoreWaitTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "KeyStoreWaitTest.moc"
