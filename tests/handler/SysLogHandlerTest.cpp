#include "handler/HandlerFixtures.h"
#include "handler/JsonRecords.h"
#include "handler/Peers.h"
#include "support/FreePort.h"
#include "support/Patience.h"
#include "support/Rsyslog.h"

#include "chain/NodeRegistry.h"
#include "handler/HandlerNode.h"
#include "handler/SysLogHandler.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QRegularExpression>

using namespace sluice;
using namespace sluice::test;

namespace {

using SocketType = SysLogHandler::SocketType;

SysLogHandler::Options towards(const std::string &host, std::optional<int> port, std::optional<SocketType> type = {})
{
    SysLogHandler::Options options;
    options.host = host;
    options.port = port;
    options.socktype = type;
    return options;
}

/// As a project's node makes it.
std::shared_ptr<Handler> fromNode(const QJsonObject &params)
{
    const NodeType *type = NodeRegistry::builtin().find("SysLogHandler");
    if (const Problems problems = type->check(params, "$"); !problems.empty())
        qFatal("%s", problems[0].text.c_str());
    NodeContext context;
    context.baseDirectory = "/";
    auto made = type->create(params, context);
    return made ? std::get<std::shared_ptr<Handler>>(*made) : nullptr;
}

QJsonArray at(const char *host, int port) { return {QLatin1String(host), port}; }

/// Records with levels and extras, as JSON lines.
QByteArray threeRecords()
{
    return "{'name': 'shop.cart', 'msg': 'hello %s', 'args': 'wörld', 'levelname': 'INFO', 'levelno': 20, 'created': 1700000000.25, "
           "'process': 42, 'user': 'a\\\"]\\\\b', 'n': 7, 'two words=': true}\n"
           "{'name': 'shop', 'msg': 'plain', 'levelname': 'ERROR', 'levelno': 40, 'created': 1700000001.0, 'process': 42}\n"
           "{'name': 'shop', 'msg': 'two\\nlines', 'levelname': 'CRITICAL', 'levelno': 50, 'created': 1700000002.000001, 'process': 42, "
           "'exc_text': 'Traceback'}";
}

/// JSON with quotes that are easier on the eye.
JsonRecords recordsOf(QByteArray lines) { return JsonRecords(lines.replace('\'', '"')); }

QString fromUtf8(const char *text) { return QString::fromUtf8(text); }

} // namespace

class SysLogHandlerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsTheBytesOfPython_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QString>("socktype"); // for Python
        QTest::addColumn<int>("facility");
        QTest::addColumn<QString>("ident");
        QTest::addColumn<bool>("appendNul");
        QTest::addColumn<QString>("format");
        QTest::newRow("UDP") << QByteArray("udp") << QString() << 1 << QString() << true << QString();
        QTest::newRow("UDP, all set") << QByteArray("udp") << fromUtf8("SOCK_DGRAM") << 19 << fromUtf8("äpp: ") << false
                                      << fromUtf8("%(asctime)s %(levelname)s %(message)s");
        QTest::newRow("TCP") << QByteArray("tcp") << fromUtf8("SOCK_STREAM") << 16 << QString() << true << QString();
        QTest::newRow("TCP without NUL") << QByteArray("tcp") << fromUtf8("SOCK_STREAM") << 0 << fromUtf8("x") << false << QString();
        QTest::newRow("Unix datagrams") << QByteArray("unix-datagram") << QString() << 1 << QString() << true << QString();
        QTest::newRow("Unix stream, found out") << QByteArray("unix-stream") << QString() << 3 << fromUtf8("i") << true
                                                << fromUtf8("%(name)s: %(message)s");
        QTest::newRow("Unix stream, told") << QByteArray("unix-stream") << fromUtf8("SOCK_STREAM") << 23 << QString() << true << QString();
    }

    void sendsTheBytesOfPython()
    {
        QFETCH(QByteArray, kind);
        QFETCH(QString, socktype);
        QFETCH(int, facility);
        QFETCH(QString, ident);
        QFETCH(bool, appendNul);
        QFETCH(QString, format);
        const bool unix = kind.startsWith("unix");
        const QByteArray json = randomRecords(2, 400);
        const JsonRecords records(json);
        QList<QList<QByteArray>> received;
        for (const bool ours : {true, false}) {
            QTemporaryDir dir;
            BytesPeer peer(kind.constData(), unix ? dir.filePath(QStringLiteral("log")) : QString());
            if (ours) {
                SysLogHandler::Options options = towards(unix ? peer.path() : "127.0.0.1", {});
                if (!unix)
                    options.port = peer.port();
                if (!socktype.isEmpty())
                    options.socktype = socktype == QStringLiteral("SOCK_STREAM") ? SocketType::Stream : SocketType::Datagram;
                options.facility = facility;
                options.ident = ident.toStdString();
                options.writer.appendNul = appendNul;
                SysLogHandler handler(options);
                const Errors errors(handler);
                if (!format.isEmpty()) {
                    Formatter::Options formatter;
                    formatter.format = format.toStdString();
                    handler.setFormatter(*Formatter::create(formatter));
                }
                handler.handle(records.all());
                handler.close();
            } else {
                QJsonObject arguments{{QStringLiteral("facility"), facility}};
                if (unix)
                    arguments.insert(QStringLiteral("address"), QString::fromStdString(peer.path()));
                else
                    arguments.insert(QStringLiteral("address"), at("127.0.0.1", peer.port()));
                if (!socktype.isEmpty())
                    arguments.insert(QStringLiteral("socktype"), socktype);
                QJsonObject what{{QStringLiteral("class"), QStringLiteral("SysLogHandler")},
                                 {QStringLiteral("arguments"), arguments},
                                 {QStringLiteral("attributes"), QJsonObject{{QStringLiteral("ident"), ident},
                                                                            {QStringLiteral("append_nul"), appendNul}}}};
                if (!format.isEmpty())
                    what.insert(QStringLiteral("formatter"), format);
                const PythonResult sent = sendWithPython(what, json);
                QVERIFY2(sent.ok, sent.errors.constData());
            }
            received += peer.all();
        }
        QVERIFY(received[1].join().size() > 5000);
        QCOMPARE(received[0].size(), received[1].size());
        for (qsizetype i = 0; i < received[0].size(); ++i)
            QCOMPARE(received[0][i], received[1][i]);
    }

    void knowsTheNamesOfPython()
    {
        const PythonResult python =
            runPythonWith({QStringLiteral("-c"),
                           QStringLiteral("from logging.handlers import SysLogHandler as S\n"
                                          "for f, n in S.facility_names.items(): print('facility', f, n)\n"
                                          "for p, n in S.priority_names.items(): print('priority', p, n)\n"
                                          "for l in ('DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL', 'WARN', 'x', ''): "
                                          "print('level', l or '-', S.mapPriority(S, l))")});
        QVERIFY(python.ok);
        const SysLogHandler handler(towards("127.0.0.1", 514));
        int names = 0;
        for (const QByteArray &line : python.output.trimmed().split('\n')) {
            const QList<QByteArray> parts = line.split(' ');
            const std::string name = parts[1].toStdString();
            if (parts[0] == "facility")
                QCOMPARE(*handler.encodePriority(name, 0), parts[2].toInt() << 3);
            else if (parts[0] == "priority")
                QCOMPARE(*handler.encodePriority(0, name), parts[2].toInt());
            else
                QCOMPARE(handler.mapPriority(name == "-" ? "" : name), std::string_view(parts[2].toStdString()));
            ++names;
        }
        QCOMPARE(names, 24 + 12 + 8);
        QCOMPARE(*handler.encodePriority(20, 3), 163);
        QVERIFY(!handler.encodePriority("no such", 3));
        QVERIFY(!handler.encodePriority(1, "no such"));
    }

    void levelsOfOnesOwnCanBeMapped()
    {
        class Handler : public SysLogHandler
        {
        public:
            using SysLogHandler::SysLogHandler;
            std::string_view mapPriority(std::string_view levelName) const override
            {
                return levelName == "NOTICE" ? "notice" : levelName == "BROKEN" ? "none" : SysLogHandler::mapPriority(levelName);
            }
        };
        BytesPeer peer("udp");
        Handler handler(towards("127.0.0.1", peer.port()));
        Errors errors(handler);
        const JsonRecords records = recordsOf("{'msg': 'one', 'levelname': 'NOTICE'}\n{'msg': 'two', 'levelname': 'BROKEN'}\n"
                                              "{'msg': 'three', 'levelname': 'DEBUG'}");
        handler.handle(records.all());
        QCOMPARE(peer.all(), (QList<QByteArray>{QByteArray("<13>one\0", 8), QByteArray("<15>three\0", 10)}));
        QCOMPARE(errors.seen, std::vector<std::string>{"two: There is no priority none in syslog."});
    }

    void exceptionsAreLeftOutIfToldSo()
    {
        for (const bool send : {true, false}) {
            BytesPeer peer("udp");
            const auto handler = fromNode({{QStringLiteral("address"), at("127.0.0.1", peer.port())},
                                           {QStringLiteral("sendExceptions"), send}});
            const JsonRecords records = recordsOf("{'msg': 'failed', 'levelname': 'ERROR', 'exc_text': 'Traceback\\nE: x'}");
            handler->handle(records.all());
            QCOMPARE(peer.next(), send ? QByteArray("<11>failed\nTraceback\nE: x\0", 26) : QByteArray("<11>failed\0", 11));
        }
    }

    void rsyslogReceives_data()
    {
        QTest::addColumn<QString>("socktype");
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("framing");
        for (const char *format : {"rfc3164", "rfc5424"}) {
            const auto row = [&](const char *name, const char *socktype, const char *framing) {
                QTest::newRow((std::string(name) + ", " + format).c_str()) << fromUtf8(socktype) << fromUtf8(format) << fromUtf8(framing);
            };
            row("UDP", "udp", "none");
            row("TCP, lines", "tcp", "newline");
            row("TCP, octets counted", "tcp", "octet-counted");
            row("Unix socket", "unix", "none");
            row("TLS", "tls", "");
        }
    }

    void rsyslogReceives()
    {
        if (!Rsyslog::isInstalled())
            QSKIP("rsyslog is not installed");
        QFETCH(QString, socktype);
        QFETCH(QString, format);
        QFETCH(QString, framing);
        const bool is5424 = format == QStringLiteral("rfc5424");
        Rsyslog rsyslog("%pri%|%timegenerated:::date-year%|%hostname%|%app-name%|%procid%|%msgid%|%structured-data%|%msg%");
        QVERIFY2(rsyslog.isUp(), rsyslog.errors().constData());
        QJsonObject params{{QStringLiteral("format"), format},
                           {QStringLiteral("facility"), QStringLiteral("local3")},
                           {QStringLiteral("hostname"), QStringLiteral("here")},
                           {QStringLiteral("enterpriseId"), QStringLiteral("32473")}};
        if (socktype == QStringLiteral("unix")) {
            params.insert(QStringLiteral("address"), QString::fromStdString(rsyslog.unixSocket()));
        } else {
            params.insert(QStringLiteral("socktype"), socktype);
            params.insert(QStringLiteral("address"), at("localhost", socktype == QStringLiteral("udp")   ? rsyslog.udpPort()
                                                                     : socktype == QStringLiteral("tcp") ? rsyslog.tcpPort()
                                                                                                         : rsyslog.tlsPort()));
            // It listens on IPv4 alone.
            if (socktype == QStringLiteral("udp"))
                params.insert(QStringLiteral("address"), at("127.0.0.1", rsyslog.udpPort()));
        }
        if (!framing.isEmpty() && framing != QStringLiteral("none"))
            params.insert(QStringLiteral("framing"), framing);
        if (socktype == QStringLiteral("tls"))
            params.insert(QStringLiteral("tls"), QJsonObject{{QStringLiteral("cafile"), QString::fromStdString(rsyslog.certificate())}});
        const auto handler = fromNode(params);
        QVERIFY(handler);
        Errors errors(*handler);
        const JsonRecords records = recordsOf(threeRecords());
        handler->handle(records.all());
        handler->handle(*records.all()[1]);
        handler->close();
        const QList<QByteArray> lines = rsyslog.lines(4);
        QVERIFY2(errors.seen.empty(), errors.seen.empty() ? "" : errors.seen[0].c_str());
        QCOMPARE(lines.size(), 4);
        QList<QByteArray> fields = lines[0].split('|');
        QCOMPARE(fields[0], QByteArray("158")); // local3, info
        QCOMPARE(fields[2], QByteArray("here"));
        QCOMPARE(fields[3], QByteArray("shop"));
        QCOMPARE(fields[4], QByteArray("42"));
        if (is5424) {
            QCOMPARE(fields[5], QByteArray("shop.cart"));
            QCOMPARE(fields[6], QByteArray("[extra@32473 user=\"a\\\"\\]\\\\b\" n=\"7\" two_words_=\"True\"]"));
            QCOMPARE(fields[7], QByteArray("\xEF\xBB\xBFhello wörld"));
            QCOMPARE(lines[1], QByteArray("155|" + fields[1] + "|here|shop|42|shop|-|plain"));
        } else {
            QCOMPARE(fields[7].trimmed(), QByteArray("hello wörld"));
            QCOMPARE(lines[1].split('|')[7].trimmed(), QByteArray("plain"));
        }
        QVERIFY2(lines[2].startsWith("154|") && lines[2].endsWith("two#012lines#012Traceback"), lines[2].constData());
        QCOMPARE(lines[3], lines[1]);
    }

    void rsyslogReceivesWhatPythonWouldSend()
    {
        if (!Rsyslog::isInstalled())
            QSKIP("rsyslog is not installed");
        Rsyslog rsyslog;
        QVERIFY2(rsyslog.isUp(), rsyslog.errors().constData());
        SysLogHandler udp(towards("127.0.0.1", rsyslog.udpPort()));
        SysLogHandler unixSocket(towards(rsyslog.unixSocket(), {}));
        udp.handle(Records({"over UDP"}).all());
        QCOMPARE(rsyslog.lines(1).value(0), QByteArray("<12>over UDP"));
        unixSocket.handle(Records({"to the socket"}).all());
        QVERIFY2(rsyslog.lines(2).value(1).endsWith("to the socket"), rsyslog.lines(2).value(1).constData());
    }

    void certificateThatIsNotTrustedIsRefused()
    {
        if (!Rsyslog::isInstalled())
            QSKIP("rsyslog is not installed");
        Rsyslog rsyslog;
        QVERIFY2(rsyslog.isUp(), rsyslog.errors().constData());
        const Records records({"secret"});
        SysLogHandler::Options options = towards("localhost", rsyslog.tlsPort(), SocketType::Tls);
        options.writer.framing = SyslogWriter::Framing::OctetCounted;
        SysLogHandler suspicious(options);
        Errors errors(suspicious);
        suspicious.handle(records.all());
        QCOMPARE(errors.seen.size(), 1u);
        QVERIFY2(errors.seen[0].starts_with("secret: No connection to localhost:") && errors.seen[0].find("certificate") != std::string::npos,
                 errors.seen[0].c_str());
        // Trusted, but for another name.
        options.tls.caFile = rsyslog.certificate();
        options.host = "127.0.0.2";
        SysLogHandler misled(options);
        Errors more(misled);
        misled.handle(records.all());
        QCOMPARE(more.seen.size(), 1u);
        // Only if told so.
        options.host = "localhost";
        options.tls = {};
        options.tls.verify = false;
        options.ident = "unverified ";
        SysLogHandler careless(options);
        Errors none(careless);
        careless.handle(records.all());
        careless.close();
        QVERIFY(none.seen.empty());
        QCOMPARE(rsyslog.lines(1), (QList<QByteArray>{"<12>unverified secret"}));
    }

    void connectsAgainAfterABreak()
    {
        IdleServer server;
        SysLogHandler handler(towards("127.0.0.1", server.port(), SocketType::Stream));
        Errors errors(handler);
        for (int round = 0; round < 4; ++round) {
            handler.handle(Records({"round " + std::to_string(round)}).all());
            auto connection = server.accept();
            QVERIFY(connection);
            QVERIFY(connection->waitForReadyRead(10000));
            QCOMPARE(connection->readAll(), QByteArray("<12>round ") + QByteArray::number(round) + QByteArray(1, '\0'));
            if (round % 2)
                connection->abort();
            else
                connection->disconnectFromHost();
        }
        QVERIFY(errors.seen.empty());
    }

    void refusedConnectionIsTriedAgainLater()
    {
        auto time = RetryTimer::Clock::now();
        const int port = freePort();
        SysLogHandler::Options options = towards("127.0.0.1", port, SocketType::Stream);
        options.retry.now = [&] { return time; };
        SysLogHandler handler(options);
        Errors errors(handler);
        handler.handle(Records({"one", "two"}).all());
        QCOMPARE(errors.seen.size(), 2u);
        QCOMPARE(errors.seen[1], "two: No connection to 127.0.0.1:" + std::to_string(port) + ": Connection refused.");
        IdleServer server(port);
        if (!server.isListening())
            QSKIP("another program has taken the port");
        handler.handle(Records({"too early"}).all());
        time += std::chrono::seconds(1);
        handler.handle(Records({"arrives"}).all());
        handler.close();
        QCOMPARE(errors.seen.size(), 3u);
        QCOMPARE(IdleServer::readAll(*server.accept()), QByteArray("<12>arrives\0", 12));
    }

    void peerThatNeverReadsHoldsUpNothingForLong()
    {
        IdleServer server;
        SysLogHandler::Options options = towards("127.0.0.1", server.port(), SocketType::Stream);
        options.timeout = {0.05};
        options.retry.now = [time = RetryTimer::Clock::now()] { return time; }; // it stands, however slow the machine is
        options.writer.framing = SyslogWriter::Framing::Newline;
        SysLogHandler handler(options);
        Errors errors(handler);
        std::vector<std::string> messages(10, "small");
        // More than the system's buffers take.
        messages.insert(messages.end(), 3, std::string(30'000'000, 'x'));
        messages.insert(messages.end(), 5, "late");
        const Records records(messages);
        QElapsedTimer timer;
        timer.start();
        handler.handle(records.all());
        QVERIFY2(timer.elapsed() < 20000, QByteArray::number(timer.elapsed()).constData());
        QCOMPARE(errors.seen.size(), 8u);
        QVERIFY(errors.seen[0].ends_with("does not take what is sent: timed out."));
        handler.close();
        QByteArray first = IdleServer::readAll(*server.accept());
        QVERIFY(first.startsWith(QByteArray("<12>small\n").repeated(10)));
    }

    void unixSocketThatComesAndGoes()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("log"));
        SysLogHandler handler(towards(path.toStdString(), {}));
        Errors errors(handler);
        const Records records({"x"});
        handler.handle(records.all());
        QCOMPARE(errors.seen, std::vector<std::string>{"x: No connection to " + path.toStdString() + ": No such file or directory."});
        for (int round = 0; round < 3; ++round) {
            BytesPeer peer("unix-datagram", path);
            handler.handle(records.all());
            QCOMPARE(peer.next(), QByteArray("<12>x\0", 6));
            QFile::remove(path);
        }
        QCOMPARE(errors.seen.size(), 1u);
    }

    void oversizeDatagramIsAnErrorOfItsRecord()
    {
        BytesPeer peer("udp");
        SysLogHandler handler(towards("127.0.0.1", peer.port()));
        Errors errors(handler);
        handler.handle(Records({"before", std::string(70'000, 'x'), "behind"}).all());
        QCOMPARE(peer.all(), (QList<QByteArray>{QByteArray("<12>before\0", 11), QByteArray("<12>behind\0", 11)}));
        QCOMPARE(errors.seen.size(), 1u);
        QVERIFY(errors.seen[0].ends_with("The record is too large for a datagram: it has 70005 bytes."));
    }

    void refusesSettingsThatDoNotFit_data()
    {
        QTest::addColumn<QJsonObject>("params");
        QTest::addColumn<QString>("place");
        QTest::newRow("framing of datagrams") << QJsonObject{{fromUtf8("framing"), fromUtf8("newline")}} << fromUtf8("$.framing");
        QTest::newRow("TLS without TLS") << QJsonObject{{fromUtf8("tls"), QJsonObject{}}} << fromUtf8("$.tls");
        QTest::newRow("enterprise") << QJsonObject{{fromUtf8("enterpriseId"), fromUtf8("me")}} << fromUtf8("$.enterpriseId");
        QTest::newRow("facility") << QJsonObject{{fromUtf8("facility"), fromUtf8("local8")}} << fromUtf8("$.facility");
        QTest::newRow("address") << QJsonObject{{fromUtf8("address"), fromUtf8("")}} << fromUtf8("$.address");
    }

    void refusesSettingsThatDoNotFit()
    {
        QFETCH(QJsonObject, params);
        QFETCH(QString, place);
        const Problems problems = NodeRegistry::builtin().find("SysLogHandler")->check(params, "$");
        QCOMPARE(problems.size(), 1u);
        QCOMPARE(problems[0].place, place.toStdString());
    }
};

QTEST_GUILESS_MAIN(SysLogHandlerTest)
#include "SysLogHandlerTest.moc"
