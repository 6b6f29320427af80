#include "handler/SMTPHandler.h"

#include "chain/NodeRegistry.h"
#include "handler/HandlerFixtures.h"
#include "handler/MailServer.h"
#include "handler/MemoryHandler.h"
#include "support/Certificate.h"
#include "support/FreePort.h"
#include "support/Patience.h"
#include "support/Program.h"
#include "support/Python.h"
#include "support/TestPaths.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace sluice;
using sluice::test::freePort;
using sluice::test::MailServer;

namespace {

constexpr auto password = "sec:ret";

std::string dataOf(const QJsonObject &mail)
{
    return QByteArray::fromHex(mail.value(u"data").toString().toLatin1()).toStdString();
}

std::string headerOf(const QJsonObject &mail, const std::string &name)
{
    const std::string data = dataOf(mail);
    const std::size_t begin = data.find("\r\n" + name + ": ") + name.size() + 4;
    return data.substr(begin, data.find("\r\n", begin) - begin);
}

std::string bodyOf(const QJsonObject &mail)
{
    const std::string data = dataOf(mail);
    return data.substr(data.find("\r\n\r\n") + 4);
}

/// The mail without the line that tells the time.
QJsonObject withoutDate(QJsonObject mail)
{
    std::string data = dataOf(mail);
    const std::size_t begin = data.find("\r\nDate: ") + 2;
    data.erase(begin, data.find("\r\n", begin) + 2 - begin);
    mail.insert(u"data", QString::fromLatin1(QByteArray::fromStdString(data).toHex()));
    // The length of Date never changes, so the announced size needs no care; libcurl writes SIZE, Python size.
    QJsonArray options;
    for (const QJsonValue option : mail.value(u"options").toArray())
        options.append(option.toString().toUpper());
    mail.insert(u"options", options);
    return mail;
}

SMTPHandler::Options optionsFor(int port)
{
    SMTPHandler::Options options;
    options.server.host = "127.0.0.1";
    options.server.port = port;
    options.server.timeout = std::chrono::seconds(20);
    options.fromaddr = "Logs <logs@example.com>";
    options.toaddrs = {"ops@example.com", "Jörg <j@example.com>"};
    options.subject = "Störung: disk is full";
    return options;
}

SMTPHandler::Options withLogin(SMTPHandler::Options options)
{
    options.server.username = "user";
    options.server.password = password;
    return options;
}

} // namespace

class SMTPHandlerTest : public QObject
{
    Q_OBJECT

private:
    Certificate m_certificate;
    std::string m_ca = m_certificate.certFile().toStdString();

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_certificate.isMade()); }

    void serverGetsWhatPythonSends_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::newRow("plain") << QByteArray("plain");
        QTest::newRow("with login") << QByteArray("login");
        QTest::newRow("STARTTLS and login") << QByteArray("starttls");
    }

    void serverGetsWhatPythonSends()
    {
        QFETCH(QByteArray, kind);
        const std::vector<std::string> texts{
            "plain", "", ".", ".dot\n..two\n.", "From here\nFrom there", "ümläut", "ends in CRLF\r\n", "a\rb\nc\r\n.\r\nd",
            std::string(1200, 'x'), "long " + std::string(90, 'y') + " \n.\nFrom z=", "日本語" + std::string(80, '.'),
            std::string(3000, '.') + "\n.", "tab\t\x01\x7F", std::string(200'000, 'z') + "\n.", "\n\n\n"};
        MailServer server(kind.constData(), m_certificate);
        SMTPHandler::Options options = optionsFor(server.port());
        if (kind != "plain")
            options = withLogin(std::move(options));
        if (kind == "starttls") {
            options.server.security = MailTransport::Security::StartTls;
            options.tls.caFile = m_ca;
        }
        SMTPHandler handler(options);
        test::Errors errors(handler);
        QJsonArray list;
        std::vector<QJsonObject> ours;
        for (const std::string &text : texts) {
            handler.handle(test::Records({text}).all());
            QCOMPARE(errors.seen, std::vector<std::string>());
            ours.push_back(withoutDate(server.nextMail()));
            if (text.size() < 100'000)
                list.append(QString::fromStdString(text));
            else
                ours.pop_back(); // too long for a command line
        }
        const PythonResult python =
            runPython("tests/handler/mail_peer.py",
                      {QString::fromLatin1(kind), QString::number(server.port()),
                       QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact))});
        QVERIFY2(python.ok && python.errors.isEmpty(), python.errors.constData());
        for (const QJsonObject &mail : ours)
            QCOMPARE(mail, withoutDate(server.nextMail()));
        QCOMPARE(ours[0].value(u"tls").toBool(), kind == "starttls");
        QCOMPARE(ours[0].value(u"user").toString(), kind == "plain" ? QString() : QStringLiteral("user"));
    }

    void sendsOverImplicitTls()
    {
        MailServer server("implicit", m_certificate);
        SMTPHandler::Options options = withLogin(optionsFor(server.port()));
        options.server.security = MailTransport::Security::Implicit;
        options.tls.caFile = m_ca;
        SMTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"secret message"}).all());
        QCOMPARE(errors.seen, std::vector<std::string>());
        QCOMPARE(bodyOf(server.nextMail()), std::string("secret message\r\n"));
    }

    void trustsNobodyUnknown()
    {
        MailServer server("starttls", m_certificate);
        SMTPHandler::Options options = withLogin(optionsFor(server.port()));
        options.server.security = MailTransport::Security::StartTls;
        {
            SMTPHandler handler(options);
            test::Errors errors(handler);
            handler.handle(test::Records({"a"}).all());
            QCOMPARE(errors.seen.size(), 1u);
            QVERIFY2(errors.seen[0].find("certificate") != std::string::npos, errors.seen[0].c_str());
        }
        options.tls.verify = false; // Python's way
        SMTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"b"}).all());
        QCOMPARE(errors.seen, std::vector<std::string>());
        QCOMPARE(bodyOf(server.nextMail()), std::string("b\r\n"));
    }

    void saysNothingToAServerWithoutTlsOrLogin_data()
    {
        QTest::addColumn<bool>("tls");
        QTest::newRow("no TLS") << true;
        QTest::newRow("no login") << false;
    }

    void saysNothingToAServerWithoutTlsOrLogin()
    {
        QFETCH(bool, tls);
        MailServer server("plain", m_certificate);
        SMTPHandler::Options options = withLogin(optionsFor(server.port()));
        if (tls)
            options.server.security = MailTransport::Security::StartTls;
        SMTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"a"}).all());
        QCOMPARE(errors.seen, (std::vector<std::string>{tls ? "a: The mail server 127.0.0.1 offers no TLS."
                                                            : "a: The mail server 127.0.0.1 offers no way to log in."}));
        QCOMPARE(server.rest(), QByteArray());
    }

    void wrongPasswordIsNotRepeated()
    {
        MailServer server("login", m_certificate);
        SMTPHandler::Options options = withLogin(optionsFor(server.port()));
        options.server.password = "hunter2";
        SMTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"a"}).all());
        QCOMPARE(errors.seen,
                 (std::vector<std::string>{"a: The mail server 127.0.0.1 refused the user name or the password."}));
    }

    void failuresAreCountedAndLaterMailsGoOn()
    {
        SMTPHandler handler(optionsFor(freePort()));
        test::Errors errors(handler);
        handler.handle(test::Records({"a", "b"}).all());
        QCOMPARE(errors.seen.size(), 2u);
        QVERIFY2(errors.seen[1].starts_with("b: The mail server 127.0.0.1 cannot be used: "), errors.seen[1].c_str());
        QCOMPARE(handler.counters().failed, 2u);

        MailServer server("plain", m_certificate);
        SMTPHandler good(optionsFor(server.port()));
        test::Errors more(good);
        good.handle(test::Records({"lone \xED\xA0\x80", "fine"}).all());
        QCOMPARE(more.seen, (std::vector<std::string>{
                                "lone \xED\xA0\x80: The text has lone surrogates, which mail cannot carry."}));
        QCOMPARE(bodyOf(server.nextMail()), std::string("fine\r\n"));
    }

    void rejectedMailSaysWhy()
    {
        MailServer server("rejecting", m_certificate);
        SMTPHandler handler(optionsFor(server.port()));
        test::Errors errors(handler);
        handler.handle(test::Records({"a"}).all());
        QCOMPARE(errors.seen, (std::vector<std::string>{
                                  "a: The mail server 127.0.0.1 refused the mail: 554 we do not want that "}));
    }

    void refusedRecipientDoesNotKeepTheMailFromOthers()
    {
        MailServer server("refusing", m_certificate);
        SMTPHandler::Options options = optionsFor(server.port());
        options.toaddrs = {"bad@example.com", "good@example.com"};
        SMTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"a"}).all());
        QCOMPARE(server.nextMail().value(u"to").toArray(), (QJsonArray{QStringLiteral("good@example.com")}));
        QCOMPARE(handler.counters().failed, 0u);
        QCOMPARE(errors.seen, (std::vector<std::string>{": The mail server did not take the mail for every recipient: 550 no such user here"}));

        options.toaddrs = {"bad@example.com", "worse@example.com"};
        SMTPHandler none(options);
        test::Errors refused(none);
        none.handle(test::Records({"b"}).all());
        QCOMPARE(refused.seen, (std::vector<std::string>{
                                   "b: The mail server 127.0.0.1 refused the mail: 550 no such user here"}));
    }

    void silentServerCostsNoMoreThanTheTimeout()
    {
        MailServer server("silent", m_certificate);
        SMTPHandler::Options options = optionsFor(server.port());
        options.server.timeout = std::chrono::milliseconds(200);
        SMTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"a"}).all());
        QCOMPARE(errors.seen, (std::vector<std::string>{"a: The mail server 127.0.0.1 did not answer in time."}));
    }

    void subjectMayDependOnTheRecord()
    {
        class Mine : public SMTPHandler
        {
        public:
            using SMTPHandler::SMTPHandler;

        protected:
            std::string getSubject(const LogRecord &record) const override
            {
                return "About " + std::string(record.text(Attribute::Msg));
            }
        };
        MailServer server("plain", m_certificate);
        Mine handler(optionsFor(server.port()));
        test::Errors errors(handler);
        handler.handle(test::Records({"disks", "two\nlines"}).all());
        QCOMPARE(headerOf(server.nextMail(), "Subject"), std::string("About disks"));
        QCOMPARE(errors.seen.size(), 1u);
        QVERIFY(errors.seen[0].ends_with("Header values may not contain linefeed or carriage return characters."));
    }

    void wholeFlushOfAMemoryHandlerIsOneMail()
    {
        MailServer server("plain", m_certificate);
        SMTPHandler::Options options = optionsFor(server.port());
        options.digest = true;
        options.subject = "Log";
        const auto mail = std::make_shared<SMTPHandler>(options);
        test::Errors errors(*mail);
        MemoryHandler memory(100, level::Error, mail);
        memory.handle(test::Records({"one", "two"}).all());
        memory.handle(test::Records({"bad"}, level::Error).all());
        const QJsonObject together = server.nextMail();
        QCOMPARE(headerOf(together, "Subject"), std::string("Log (3 records, up to ERROR)"));
        QCOMPARE(bodyOf(together), std::string("one\r\ntwo\r\nbad\r\n"));
        memory.handle(test::Records({"alone"}, level::Error).all());
        QCOMPARE(headerOf(server.nextMail(), "Subject"), std::string("Log"));
        QCOMPARE(server.rest(), QByteArray());
        QVERIFY(errors.seen.empty());
    }

    void lostDigestLosesEachOfItsRecords()
    {
        SMTPHandler::Options options = optionsFor(freePort());
        options.digest = true;
        SMTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"a", "b", "c"}).all());
        QCOMPARE(errors.seen.size(), 3u);
        QCOMPARE(handler.counters().failed, 3u);
    }

    void errorStormIsNoMailStorm()
    {
        MailServer server("plain", m_certificate);
        SMTPHandler::Options options = optionsFor(server.port());
        options.subject = "Log";
        options.rateLimit = 2;
        options.ratePeriod = std::chrono::hours(1);
        options.maxHeld = 3;
        SMTPHandler handler(options);
        test::Errors errors(handler);
        const auto tracker = std::make_shared<test::CountingTracker>();
        test::Records records({"1", "2", "3", "4", "5", "6", "7"}, level::Critical);
        records.batch().setTracker(tracker);
        handler.handle(records.all());
        QCOMPARE(bodyOf(server.nextMail()), std::string("1\r\n"));
        QCOMPARE(bodyOf(server.nextMail()), std::string("2\r\n"));
        QCOMPARE(handler.pending(), 3u);
        QCOMPARE(tracker->heldInAll(), 3);
        QCOMPARE(tracker->drops.size(), 2u); // 6 and 7
        QCOMPARE(errors.seen.size(), 2u);
        handler.close();
        const QJsonObject rest = server.nextMail();
        QCOMPARE(headerOf(rest, "Subject"), std::string("Log (3 records, up to CRITICAL)"));
        QCOMPARE(bodyOf(rest), std::string("3\r\n4\r\n5\r\n(2 more had no room here.)\r\n"));
        QCOMPARE(handler.pending(), 0u);
        QCOMPARE(tracker->heldInAll(), 0);
    }

    void heldRecordsGoOutWhenThePeriodIsOver()
    {
        MailServer server("plain", m_certificate);
        SMTPHandler::Options options = optionsFor(server.port());
        options.rateLimit = 1;
        options.ratePeriod = std::chrono::milliseconds(300);
        SMTPHandler handler(options);
        test::Errors errors(handler);
        // Whatever the machine's speed: every record arrives once and in order, without a close().
        handler.handle(test::Records({"a", "b", "c"}).all());
        std::string all;
        while (all.size() < 9)
            all += bodyOf(server.nextMail());
        QCOMPARE(all, std::string("a\r\nb\r\nc\r\n"));
        QTRY_COMPARE(handler.pending(), 0u);
        handler.handle(test::Records({"d"}).all());
        QCOMPARE(bodyOf(server.nextMail()), std::string("d\r\n"));
        QVERIFY(errors.seen.empty());
    }

    void handlerThatEndsUnclosedKeepsTheAccountRight()
    {
        const auto tracker = std::make_shared<test::CountingTracker>();
        {
            SMTPHandler::Options options = optionsFor(freePort());
            options.rateLimit = 1;
            options.ratePeriod = std::chrono::hours(1);
            SMTPHandler handler(options);
            test::Errors errors(handler);
            test::Records records({"a", "b"});
            records.batch().setTracker(tracker);
            handler.handle(records.all());
            QCOMPARE(tracker->heldInAll(), 1);
        }
        QCOMPARE(tracker->heldInAll(), 0);
        QCOMPARE(tracker->drops.size(), 2u);
    }

    void internationalAddressesAreSentAsTheyAre()
    {
        MailServer server("plain", m_certificate);
        SMTPHandler::Options options = optionsFor(server.port());
        options.toaddrs = {"jörg@example.com"};
        SMTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"From ü"}).all());
        QCOMPARE(errors.seen, std::vector<std::string>());
        const QJsonObject mail = server.nextMail();
        QCOMPARE(mail.value(u"to").toArray(), (QJsonArray{QStringLiteral("jörg@example.com")}));
        QCOMPARE(headerOf(mail, "To"), std::string("jörg@example.com"));
        QCOMPARE(headerOf(mail, "Subject"), std::string("Störung: disk is full"));
    }

    void projectsAreChecked_data()
    {
        QTest::addColumn<QJsonObject>("change");
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("no recipient") << QJsonObject{{QStringLiteral("toaddrs"), QJsonArray()}} << QByteArray("$.toaddrs");
        QTest::newRow("no address") << QJsonObject{{QStringLiteral("fromaddr"), QStringLiteral("a b")}} << QByteArray("$.fromaddr");
        QTest::newRow("no host") << QJsonObject{{QStringLiteral("mailhost"), QJsonArray{QString(), 25}}} << QByteArray("$.mailhost");
    }

    void projectsAreChecked()
    {
        QFETCH(QJsonObject, change);
        QFETCH(QByteArray, place);
        QJsonObject params{{QStringLiteral("mailhost"), QStringLiteral("localhost")},
                           {QStringLiteral("fromaddr"), QStringLiteral("a@b")},
                           {QStringLiteral("toaddrs"), QJsonArray{QStringLiteral("c@d")}}};
        const NodeType *const type = NodeRegistry::builtin().find("SMTPHandler");
        QVERIFY(type && type->waitsForOthers());
        QVERIFY(type->check(params, "$").empty());
        params.insert(change.begin().key(), change.begin().value());
        const Problems problems = type->check(params, "$");
        QCOMPARE(problems.size(), 1u);
        QCOMPARE(problems[0].place, place.toStdString());
    }
};

QTEST_GUILESS_MAIN(SMTPHandlerTest)
#include "SMTPHandlerTest.moc"
