#include "base/Clock.h"
#include "handler/HandlerTrial.h"
#include "handler/Peers.h"
#include "inspector/TrialPanel.h"
#include "look/Appearance.h"
#include "support/Certificate.h"
#include "support/FreePort.h"
#include "ui/InspectorFixture.h"

#include <QFile>
#include <QJsonArray>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <mutex>

using namespace sluice;
using namespace sluice::test;

namespace {

QString text(const char *utf8) { return QString::fromUtf8(utf8); }

QJsonArray address(int port) { return {text("127.0.0.1"), port}; }

QJsonObject mailTo(int port)
{
    return {{text("mailhost"), address(port)}, {text("fromaddr"), text("logs@example.com")},
            {text("toaddrs"), QJsonArray{text("ops@example.com")}}, {text("subject"), text("Test")}};
}

QJsonObject loggingIn(QJsonObject mail, const char *password, const Certificate &certificate)
{
    mail.insert(text("credentials"), QJsonObject{{text("username"), text("user")}, {text("password"), text(password)}});
    mail.insert(text("secure"), QJsonObject());
    mail.insert(text("cafile"), certificate.certFile());
    return mail;
}

} // namespace

/// The inspector's tests of nodes, against real peers.
class TrialTest : public QObject
{
    Q_OBJECT

    struct Trial : InspectorFixture
    {
        explicit Trial(const QString &folder = {}) : InspectorFixture({[folder] { return folder; }, {}, {}}) {}

        TrialPanel *panel() const { return inspector.trial(); }
        QString words() const { return panel()->words()->text(); }
        void press(QPushButton *button) const { QTest::mouseClick(button, Qt::LeftButton); }
        bool isOver() const { return !panel()->cancelButton()->isVisible() && !words().isEmpty(); }
    };

private Q_SLOTS:
    void initTestCase() { Appearance::instance(); }

    void aServerThatListensIsReached()
    {
        Trial t;
        IdleServer server;
        t.show("SocketHandler", {{text("host"), text("127.0.0.1")}, {text("port"), server.port()}});
        QVERIFY(t.open());
        QCOMPARE(t.panel()->tryButton()->text(), text("Test connection"));
        t.press(t.panel()->tryButton());
        QTRY_VERIFY(t.isOver());
        QCOMPARE(t.words(), text("127.0.0.1:%1 takes connections.").arg(server.port()));
        // And nothing was sent.
        const auto connection = server.accept();
        QVERIFY(connection);
        QCOMPARE(IdleServer::readAll(*connection), QByteArray());
    }

    void aPortWhereNobodyListensIsToldInASentence_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QJsonObject>("params");
        const int port = freePort();
        QTest::newRow("socket") << text("SocketHandler") << QJsonObject{{text("host"), text("127.0.0.1")}, {text("port"), port}};
        QTest::newRow("mail") << text("SMTPHandler") << mailTo(port);
        QTest::newRow("web") << text("HTTPHandler") << QJsonObject{{text("host"), text("127.0.0.1:%1").arg(port)}, {text("url"), text("/log")}};
        QTest::newRow("syslog") << text("SysLogHandler") << QJsonObject{{text("address"), address(port)}, {text("socktype"), text("tcp")}};
    }
    void aPortWhereNobodyListensIsToldInASentence()
    {
        QFETCH(QString, type);
        QFETCH(QJsonObject, params);
        Trial t;
        t.show(type.toStdString(), params);
        QVERIFY(t.open());
        for (QPushButton *button : {t.panel()->tryButton(), t.panel()->sendButton()}) {
            t.press(button);
            QTRY_VERIFY(t.isOver());
            QVERIFY2(t.words().contains(text("127.0.0.1")) && t.words().endsWith(QLatin1Char('.')), qPrintable(t.words()));
            QVERIFY2(!t.words().contains(text("takes")) && !t.words().contains(text("was sent")), qPrintable(t.words()));
        }
    }

    void aTestRecordReallyGoesOut()
    {
        Trial t;
        IdleServer server;
        t.show("SocketHandler", {{text("host"), text("127.0.0.1")}, {text("port"), server.port()}, {text("format"), text("json")}});
        QVERIFY(t.open());
        t.press(t.panel()->sendButton());
        QTRY_VERIFY(t.isOver());
        QVERIFY2(t.words().startsWith(text("One test record was sent")), qPrintable(t.words()));
        const auto connection = server.accept();
        QVERIFY(connection);
        const QByteArray bytes = IdleServer::readAll(*connection);
        QVERIFY2(bytes.contains("\"sluice.test\"") && bytes.contains("A test of SocketHandler by Sluice"), bytes.constData());
    }

    void aMailServerIsGreetedAndLoggedInToWithoutAMail()
    {
        const Certificate certificate;
        Program server(QString::fromLatin1(pythonProgram),
                       {testScript("handler/mail_server.py"), text("starttls"), certificate.certFile(), certificate.keyFile()});
        const int port = server.readLine().toInt();
        const auto params = [&](const char *password) { return loggingIn(mailTo(port), password, certificate); };
        Trial t;
        t.show("SMTPHandler", params("sec:ret"));
        QVERIFY(t.open());
        t.press(t.panel()->tryButton());
        QTRY_VERIFY(t.isOver());
        QCOMPARE(t.words(), text("The mail server 127.0.0.1 answers over TLS, and the log-in is accepted."));
        t.show("SMTPHandler", params("wrong"));
        QVERIFY(t.words().isEmpty());
        t.press(t.panel()->tryButton());
        QTRY_VERIFY(t.isOver());
        QCOMPARE(t.words(), text("The mail server 127.0.0.1 refused the user name or the password."));
        QCOMPARE(server.finish(), QByteArray());
    }

    void aFileIsLookedAtAndNotMade()
    {
        const QTemporaryDir folder;
        Trial t(folder.path());
        t.show("FileHandler", {{text("filename"), text("app.log")}});
        QVERIFY(t.open());
        QVERIFY(!t.panel()->sendButton()->isVisible());
        t.press(t.panel()->tryButton());
        QTRY_VERIFY(t.isOver());
        QVERIFY2(t.words().startsWith(text("app.log can be made in ")) && t.words().contains(text("free")), qPrintable(t.words()));
        QVERIFY(!QFile::exists(folder.filePath(text("app.log"))));
        t.show("FileHandler", {{text("filename"), text("gone/app.log")}});
        t.press(t.panel()->tryButton());
        QTRY_VERIFY(t.isOver());
        QVERIFY2(t.words().endsWith(text("gone does not exist.")), qPrintable(t.words()));
        t.show("FileHandler", {{text("filename"), text(".")}});
        t.press(t.panel()->tryButton());
        QTRY_VERIFY(t.isOver());
        QVERIFY2(t.words().endsWith(text("is a folder.")), qPrintable(t.words()));
    }

    void aReceiversAddressIsTriedByItsButton()
    {
        Trial t;
        const int port = freePort();
        t.show("SocketReceiver", {{text("port"), port}});
        QVERIFY(t.open());
        QCOMPARE(t.panel()->tryButton()->text(), text("Test the address"));
        QVERIFY(t.panel()->tryButton()->isVisible() && !t.panel()->sendButton()->isVisible());
        t.press(t.panel()->tryButton());
        QTRY_VERIFY(t.isOver());
        QCOMPARE(t.words(), text("Free: 127.0.0.1:%1.").arg(port));
        IdleServer server;
        t.show("SocketReceiver", {{text("port"), server.port()}});
        t.press(t.panel()->tryButton());
        QTRY_VERIFY(t.isOver());
        QCOMPARE(t.words(), text("In use by another program: 127.0.0.1:%1.").arg(server.port()));
    }

    void whatIsWrongInTheFormIsNotTried()
    {
        Trial t;
        t.show("SocketHandler");
        QVERIFY(t.open());
        t.press(t.panel()->tryButton());
        QVERIFY(t.isOver());
        QVERIFY2(t.words().contains(text("host is missing")), qPrintable(t.words()));
    }

    void aNodeWithNothingToTryHasNoButtons()
    {
        Trial t;
        t.show("Filter");
        QVERIFY(t.open());
        QVERIFY(!t.panel()->isVisible());
    }

    void whoWaitsTooLongOrCancelsHearsNoMore()
    {
        TrialRunner runner;
        runner.setPatience(std::chrono::milliseconds(50));
        QSignalSpy finished(&runner, &TrialRunner::finished);
        const auto held = std::make_shared<std::mutex>();
        std::unique_lock lock(*held);
        const auto work = [held]() -> Result<std::string> {
            const std::lock_guard wait(*held);
            return std::string("late");
        };
        runner.start(work);
        QVERIFY(runner.isRunning());
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(finished[0][0].toBool(), false);
        QVERIFY(!runner.isRunning());
        runner.start(work);
        runner.cancel();
        QVERIFY(!runner.isRunning());
        lock.unlock();
        // A third one is not disturbed by the two that end late.
        runner.setPatience(std::chrono::seconds(20));
        runner.start([]() -> Result<std::string> { return std::string("in time"); });
        QTRY_COMPARE(finished.size(), 2);
        QCOMPARE(finished[1][1].toString(), text("in time"));
    }
};

QTEST_MAIN(TrialTest)
#include "TrialTest.moc"
