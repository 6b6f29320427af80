#include "ShowStrings.h"
#include "chain/NodeRegistry.h"
#include "receiver/RecordingSink.h"
#include "support/FreePort.h"
#include "support/Patience.h"
#include "support/SystemWords.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QUdpSocket>

using namespace sluice;
using test::freePort;

namespace {

QJsonObject at(int port) { return {{QStringLiteral("port"), port}}; }

std::string endpoint(int port) { return "127.0.0.1:" + std::to_string(port); }

} // namespace

/// What receivers find when they are tried out, beside real listeners.
class ReceiverTrialTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    Result<std::string> tryOut(const char *type, const QJsonObject &params) const
    {
        NodeContext context;
        context.baseDirectory = m_folder->path().toStdString();
        return NodeRegistry::builtin().find(type)->tryOut(params, context);
    }
    std::string said(const char *type, const QJsonObject &params) const
    {
        const auto result = tryOut(type, params);
        return result ? *result : "error: " + result.error().text;
    }
    std::shared_ptr<Receiver> make(const char *type, const QJsonObject &params) const
    {
        NodeContext context;
        context.baseDirectory = m_folder->path().toStdString();
        auto made = NodeRegistry::builtin().find(type)->create(params, context);
        return made ? std::get<std::shared_ptr<Receiver>>(*made) : nullptr;
    }
    void write(const char *name, const QByteArray &bytes) const
    {
        QFile file(m_folder->filePath(QString::fromUtf8(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

private Q_SLOTS:
    void initTestCase() { QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); } // as tests/support/FreePort.h
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void everyReceiverCanBeTried()
    {
        for (const NodeType *type : NodeRegistry::builtin().types())
            QVERIFY2(type->kind() != NodeKind::Receiver || type->trialWords().starts_with("Test the "), type->name().c_str());
    }

    void anAddressIsFreeThenOursThenFreeAgain_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("SocketReceiver") << QStringLiteral("%1");
        QTest::newRow("DatagramReceiver") << QStringLiteral("%1");
        QTest::newRow("CutelogReceiver") << QStringLiteral("%1");
        QTest::newRow("HttpReceiver") << QStringLiteral("%1");
        QTest::newRow("SyslogReceiver") << QStringLiteral("UDP %1 and TCP %1");
    }
    void anAddressIsFreeThenOursThenFreeAgain()
    {
        QFETCH(QString, words);
        const char *type = QTest::currentDataTag();
        const int port = freePort();
        const std::string where = words.arg(QString::fromStdString(endpoint(port))).toStdString();
        QCOMPARE(said(type, at(port)), "Free: " + where + ".");
        // It is not left open.
        RecordingSink sink;
        const auto receiver = make(type, at(port));
        QVERIFY(receiver && receiver->start(sink).ok());
        QCOMPARE(said(type, at(port)), "In use by this project, which is running: " + where + ".");
        receiver->stop();
        QCOMPARE(said(type, at(port)), "Free: " + where + ".");
    }

    void anotherProgramsAddressIsInUse()
    {
        // In this process, but not of a receiver of ours.
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost, static_cast<quint16>(freePort())));
        QCOMPARE(said("SocketReceiver", at(server.serverPort())), "error: In use by another program: " + endpoint(server.serverPort()) + ".");
        QUdpSocket udp;
        QVERIFY(udp.bind(QHostAddress::LocalHost, static_cast<quint16>(freePort()), QUdpSocket::DontShareAddress));
        QCOMPARE(said("DatagramReceiver", at(udp.localPort())), "error: In use by another program: " + endpoint(udp.localPort()) + ".");
        // One of two is enough.
        QCOMPARE(said("SyslogReceiver", at(server.serverPort())), "error: In use by another program: TCP " + endpoint(server.serverPort()) + ".");
        QVERIFY(!server.hasPendingConnections());
    }

    void aReceiverThatRunsIsNotDisturbed()
    {
        RecordingSink sink;
        const auto receiver = make("SocketReceiver", at(0));
        QVERIFY(receiver->start(sink).ok());
        const int port = std::stoi(receiver->endpoint().substr(receiver->endpoint().rfind(':') + 1));
        QTcpSocket client;
        client.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(port));
        QVERIFY(client.waitForConnected());
        const QByteArray pickle("(dS'msg'\nS'held'\ns.");
        const QByteArray frame = QByteArray(3, '\0') + static_cast<char>(pickle.size()) + pickle;
        client.write(frame.left(10));
        QVERIFY(client.waitForBytesWritten());
        QCOMPARE(said("SocketReceiver", at(port)), "In use by this project, which is running: " + endpoint(port) + ".");
        client.write(frame.mid(10));
        QVERIFY(client.waitForBytesWritten());
        QTRY_COMPARE(sink.messages().size(), 1u);
        QCOMPARE(sink.messages()[0], std::string("held"));
        receiver->stop();
    }

    void whatCannotBeAnAddressIsTold()
    {
        QCOMPARE(said("SocketReceiver", {{QStringLiteral("host"), QStringLiteral("192.0.2.1")}, {QStringLiteral("port"), freePort()}}),
                 std::string("error: 192.0.2.1 is no address of this machine."));
        const auto noCertificate = tryOut("HttpReceiver", {{QStringLiteral("port"), freePort()}, {QStringLiteral("certfile"), QStringLiteral("none.pem")}});
        QVERIFY(!noCertificate.ok() && noCertificate.error().text.find("none.pem") != std::string::npos);
        QCOMPARE(said("HttpReceiver", {{QStringLiteral("port"), freePort()}, {QStringLiteral("token"), QStringLiteral("${env:SLUICE_NO_SUCH}")}}),
                 std::string("error: The environment variable SLUICE_NO_SUCH is not set."));
    }

    void aUnixSocketIsLookedAtAndNotMade()
    {
        if (isWindows)
            QSKIP("Windows has no Unix sockets.");
        const QJsonObject params{{QStringLiteral("path"), QStringLiteral("log.sock")}};
        QCOMPARE(said("SocketReceiver", params), std::string("Free: log.sock."));
        QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("log.sock"))));
        RecordingSink sink;
        const auto receiver = make("SocketReceiver", params);
        QVERIFY(receiver->start(sink).ok());
        QCOMPARE(said("SocketReceiver", params), std::string("In use by this project, which is running: log.sock."));
        receiver->stop();
        write("log.sock", "no socket");
        QCOMPARE(said("SocketReceiver", params), std::string("error: log.sock is there already, and is no socket."));
        QCOMPARE(said("SocketReceiver", {{QStringLiteral("path"), QStringLiteral("gone/log.sock")}}).substr(0, 48),
                 std::string("error: The socket gone/log.sock cannot be made: ").substr(0, 48));
    }

    void filesAreCounted()
    {
        const auto paths = [](std::initializer_list<const char *> names) {
            QJsonArray list;
            for (const char *name : names)
                list.append(QString::fromUtf8(name));
            return QJsonObject{{QStringLiteral("paths"), list}};
        };
        NodeContext context;
        context.baseDirectory = m_folder->path().toStdString();
        QCOMPARE(said("FileReceiver", paths({"*.log"})), "error: No file matches " + context.resolve("*.log") + " yet. What comes there is read.");
        write("a.log", "INFO:a:1\n");
        QCOMPARE(said("FileReceiver", paths({"*.log"})), std::string("1 file matches, and can be read."));
        write("b.log", "INFO:b:1\n");
        write("b.log.gz", "packed");
        QCOMPARE(said("FileReceiver", paths({"*.log*"})), std::string("2 files match, and can be read."));
        QCOMPARE(said("FileReceiver", paths({"a.log", "c.log"})), "1 file matches, and can be read. No file matches " + context.resolve("c.log") + " yet.");
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("d.log")));
        const std::string withFolder = said("FileReceiver", paths({"*.log"}));
        QVERIFY2(withFolder.starts_with("error: 1 of 3 files cannot be read. ") && withFolder.ends_with("d.log is no file that could be followed."), withFolder.c_str());
        QCOMPARE(said("JsonLinesReceiver", {{QStringLiteral("filename"), QStringLiteral("a.log")}}), std::string("a.log is there and can be read."));
        QCOMPARE(said("JsonLinesReceiver", {{QStringLiteral("filename"), QStringLiteral("c.log")}}), std::string("error: There is no file c.log."));
        QCOMPARE(said("TextReceiver", {}), std::string("Standard input is read once the chain runs."));
    }

    void aProgramIsLookedForAndNotRun()
    {
        const auto program = [](const QString &name) { return QJsonObject{{QStringLiteral("program"), name}}; };
        QCOMPARE(said("ProgramReceiver", program(QStringLiteral("no-such-program-anywhere"))), std::string("error: There is no program no-such-program-anywhere in PATH."));
        QVERIFY2(said("ProgramReceiver", program(isWindows ? QStringLiteral("cmd") : QStringLiteral("sh"))).ends_with(". It was not run."), "");
        QVERIFY2(said("ProgramReceiver", program(QStringLiteral("./gone"))).starts_with("error: There is no program "), "");
        QJsonObject elsewhere = program(QStringLiteral("sh"));
        elsewhere.insert(QStringLiteral("directory"), QStringLiteral("gone"));
        QVERIFY2(said("ProgramReceiver", elsewhere).ends_with("gone does not exist."), "");
    }
};

QTEST_GUILESS_MAIN(ReceiverTrialTest)
#include "ReceiverTrialTest.moc"
