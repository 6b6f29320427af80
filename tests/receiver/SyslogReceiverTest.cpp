#include "ShowStrings.h"
#include "receiver/SyslogReceiving.h"
#include "support/Patience.h"
#include "support/Python.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QUdpSocket>

#include <algorithm>
#include <thread>

using namespace sluice;

namespace {

QStringList words(const char *text) { return QString::fromLatin1(text).split(u' '); }

} // namespace

class SyslogReceiverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void receivesEverythingPythonsSysLogHandlerSends_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("pathType");
        QTest::newRow("UDP") << QStringLiteral("udp") << QString();
        QTest::newRow("TCP") << QStringLiteral("tcp") << QString();
        QTest::newRow("Unix datagrams") << QStringLiteral("unix") << QStringLiteral("datagram");
        QTest::newRow("Unix stream") << QStringLiteral("unix") << QStringLiteral("stream");
    }
    void receivesEverythingPythonsSysLogHandlerSends()
    {
        QFETCH(QString, kind);
        QFETCH(QString, pathType);
        SyslogReceiving receiving;
        if (!pathType.isEmpty())
            receiving.usePath(pathType.toLatin1());
        QVERIFY(receiving.start());
        const QString where = pathType.isEmpty() ? receiving.port() : receiving.socketPath();
        const PythonResult python = runPython("tests/receiver/send_syslog.py", {kind, where, QStringLiteral("5000")});
        QVERIFY2(python.ok, python.errors.constData());
        QVERIFY(receiving.sink.waitForRecords(5000));
        receiving.receiver->stop();
        const QList<QByteArray> sent = python.output.trimmed().split('\n');
        const std::vector<std::string> records = receiving.sink.records();
        QCOMPARE(records.size(), 5000u);
        QCOMPARE(sent.size(), 5000);
        for (std::size_t i = 0; i < records.size(); ++i) {
            const QJsonObject record = QJsonDocument::fromJson(QByteArray::fromStdString(records[i])).object();
            const QJsonArray expected = QJsonDocument::fromJson(sent[qsizetype(i)]).array();
            QCOMPARE(record.value(QLatin1String("levelname")), expected[0]);
            QCOMPARE(record.value(QLatin1String("msg")), expected[1]);
            QCOMPARE(record.value(QLatin1String("facility")).toString(), QStringLiteral("local3"));
        }
        QVERIFY(receiving.sink.rejections().empty());
        QCOMPARE(receiving.sink.peers()[0], pathType.isEmpty() ? std::string("127.0.0.1") : where.toStdString());
        QVERIFY(pathType.isEmpty() || !QFile::exists(where));
    }

    void receivesLoggersMessages_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<bool>("isRfc5424");
        QTest::newRow("RFC 3164, UDP") << QStringLiteral("--rfc3164 -d") << false;
        QTest::newRow("RFC 3164, TCP") << QStringLiteral("--rfc3164 -T") << false;
        QTest::newRow("RFC 3164, TCP, octets counted") << QStringLiteral("--rfc3164 -T --octet-count") << false;
        QTest::newRow("RFC 5424, UDP") << QStringLiteral("--rfc5424 -d") << true;
        QTest::newRow("RFC 5424, TCP") << QStringLiteral("--rfc5424 -T") << true;
        QTest::newRow("RFC 5424, TCP, octets counted") << QStringLiteral("--rfc5424 -T --octet-count") << true;
    }
    void receivesLoggersMessages()
    {
        QFETCH(QString, options);
        QFETCH(bool, isRfc5424);
        SyslogReceiving receiving;
        QVERIFY(receiving.start());
        const Nanoseconds before = wallClock();
        QStringList arguments = options.split(u' ') + words("-n 127.0.0.1 -t app --id=4711 -p local3.err -P") +
                                QStringList{receiving.port()};
        if (isRfc5424)
            arguments += words("--msgid ID47 --sd-id zoo@123 --sd-param tiger=\"hungry\"");
        const PythonResult logger =
            runProgram(QStringLiteral("logger"), arguments + QStringList{QStringLiteral("Größe: 日本 it's")});
        QVERIFY2(logger.ok, logger.errors.constData());
        QVERIFY(receiving.sink.waitForRecords(1));
        QCOMPARE(receiving.field(0, "msg"), QStringLiteral("Größe: 日本 it's"));
        QCOMPARE(receiving.field(0, "name"), QStringLiteral("app"));
        QCOMPARE(receiving.field(0, "process"), QStringLiteral("4711"));
        QCOMPARE(receiving.field(0, "levelname"), QStringLiteral("ERROR"));
        QCOMPARE(receiving.field(0, "severity"), QStringLiteral("error"));
        QCOMPARE(receiving.field(0, "facility"), QStringLiteral("local3"));
        QVERIFY(!receiving.field(0, "hostname").isEmpty());
        const double created = receiving.record(0).value(QLatin1String("created")).toDouble();
        QVERIFY2(created > toSeconds(before) - 2 && created < toSeconds(wallClock()) + 2, qPrintable(QString::number(created)));
        if (isRfc5424) {
            QCOMPARE(receiving.field(0, "msgid"), QStringLiteral("ID47"));
            const QJsonObject data = receiving.record(0).value(QLatin1String("structured_data")).toObject();
            QCOMPARE(data.value(QLatin1String("zoo@123")).toObject().value(QLatin1String("tiger")).toString(),
                     QStringLiteral("hungry"));
        }
        QVERIFY(receiving.sink.rejections().empty());
    }

    void receivesLoggersMessagesByAUnixSocket_data()
    {
        QTest::addColumn<QString>("pathType");
        QTest::newRow("datagrams") << QStringLiteral("datagram");
        QTest::newRow("stream") << QStringLiteral("stream");
    }
    void receivesLoggersMessagesByAUnixSocket()
    {
        QFETCH(QString, pathType);
        SyslogReceiving receiving;
        receiving.usePath(pathType.toLatin1());
        QVERIFY(receiving.start());
        // Many lines, as a program whose output is piped into logger.
        QByteArray lines;
        for (int i = 0; i < 3000; ++i)
            lines += "line " + QByteArray::number(i) + "\n";
        const PythonResult result =
            runProgram(QStringLiteral("logger"), words("-t piped -u") + QStringList{receiving.socketPath()}, lines);
        QVERIFY2(result.ok, result.errors.constData());
        QVERIFY(receiving.sink.waitForRecords(3000));
        receiving.receiver->stop();
        const QStringList messages = receiving.messages();
        QCOMPARE(messages.size(), 3000);
        for (int i = 0; i < 3000; ++i)
            QCOMPARE(messages[i], QStringLiteral("line %1").arg(i));
        QCOMPARE(receiving.field(2999, "name"), QStringLiteral("piped"));
    }

    void udpAndTcpShareAPort()
    {
        SyslogReceiving receiving;
        QVERIFY(receiving.start());
        QUdpSocket udp;
        QVERIFY(udp.writeDatagram("<14>by UDP", QHostAddress(QHostAddress::LocalHost), receiving.receiver->port()) > 0);
        QVERIFY(receiving.sink.waitForRecords(1));
        QTcpSocket tcp;
        tcp.connectToHost(QStringLiteral("127.0.0.1"), receiving.receiver->port());
        QVERIFY(tcp.waitForConnected());
        tcp.write("<14>by TCP\n");
        QVERIFY(tcp.waitForBytesWritten());
        QVERIFY(receiving.sink.waitForRecords(2));
        QCOMPARE(receiving.messages(), QStringList({QStringLiteral("by UDP"), QStringLiteral("by TCP")}));
        QCOMPARE(receiving.receiver->endpoint(), "127.0.0.1:" + std::to_string(receiving.receiver->port()));
        // The same source, whatever it comes by and however often it comes again.
        for (const std::string &peer : receiving.sink.peers())
            QCOMPARE(peer, std::string("127.0.0.1"));
    }

    void emptyAndTooLongMessagesAreRejected()
    {
        SyslogReceiving receiving;
        receiving.config.maxMessage = 1024;
        QVERIFY(receiving.start());
        QUdpSocket udp;
        const QHostAddress here(QHostAddress::LocalHost);
        QVERIFY(udp.writeDatagram(QByteArray(3, '\0'), here, receiving.receiver->port()) > 0);
        QVERIFY(receiving.sink.waitForRejections(1));
        QCOMPARE(receiving.sink.rejections()[0], std::string("A datagram holds no message.|'\\x00\\x00\\x00'"));
        QTcpSocket tcp;
        tcp.connectToHost(QStringLiteral("127.0.0.1"), receiving.receiver->port());
        QVERIFY(tcp.waitForConnected());
        tcp.write("<14>" + QByteArray(2000, 'x') + "\n<14>and on\n");
        QVERIFY(tcp.waitForBytesWritten());
        QVERIFY(receiving.sink.waitForRecords(1));
        QCOMPARE(receiving.messages()[0], QStringLiteral("and on"));
        QVERIFY(receiving.sink.rejections()[1].starts_with("A message is longer than the limit of 1024 bytes.|'<14>xxx"));
    }

    void badEncodingsKeepTheText()
    {
        SyslogReceiving receiving;
        QVERIFY(receiving.start());
        QUdpSocket udp;
        QVERIFY(udp.writeDatagram("<14>Gr\xF6\xDF" "e", QHostAddress(QHostAddress::LocalHost), receiving.receiver->port()) > 0);
        QVERIFY(receiving.sink.waitForRecords(1));
        QCOMPARE(receiving.messages()[0], QStringLiteral("Größe"));
    }

    void manyPeersAtOnceLoseNothing()
    {
        SyslogReceiving receiving;
        QVERIFY(receiving.start());
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 50; ++i) {
            sockets.push_back(std::make_unique<QTcpSocket>());
            sockets.back()->connectToHost(QStringLiteral("127.0.0.1"), receiving.receiver->port());
            QVERIFY(sockets.back()->waitForConnected());
        }
        for (int round = 0; round < 20; ++round) {
            for (const auto &socket : sockets)
                socket->write("<14>first\n16 <14>and a second<14>and the ");
            for (const auto &socket : sockets) {
                socket->write("third\n");
                QVERIFY(socket->waitForBytesWritten());
            }
        }
        for (const auto &socket : sockets) {
            socket->disconnectFromHost();
            QVERIFY(socket->state() == QAbstractSocket::UnconnectedState || socket->waitForDisconnected());
        }
        QVERIFY(receiving.sink.waitForRecords(3000));
        const QStringList messages = receiving.messages();
        for (const char *text : {"first", "and a second", "and the third"})
            QCOMPARE(messages.count(QString::fromLatin1(text)), 1000);
        QVERIFY(receiving.sink.rejections().empty());
    }

    void saysWhyItCannotListen()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        SyslogReceiving receiving;
        receiving.config.port = other.serverPort();
        receiving.receiver = std::make_unique<SyslogReceiver>(receiving.config);
        const Status used = receiving.receiver->start(receiving.sink);
        QVERIFY(!used.ok());
        QCOMPARE(used.error().text, "Port " + std::to_string(other.serverPort()) + " on 127.0.0.1 is in use by another program.");

        SyslogReceiving secure;
        secure.config.tls = true;
        secure.config.certfile = {secure.folder.filePath(QStringLiteral("none.pem")).toStdString()};
        const Status noFile = SyslogReceiver(secure.config).start(secure.sink);
        QVERIFY(!noFile.ok());
        QVERIFY(noFile.error().text.starts_with(secure.config.certfile.text + " cannot be read: "));
    }

    void stopsWhileTheSinkIsFull()
    {
        SyslogReceiving receiving;
        receiving.sink.setFull(true);
        QVERIFY(receiving.start());
        QUdpSocket udp;
        for (int i = 0; i < 100; ++i)
            QVERIFY(udp.writeDatagram("<14>x", QHostAddress(QHostAddress::LocalHost), receiving.receiver->port()) > 0);
        QVERIFY(receiving.sink.waitUntilWaiting());
        std::thread owner([&] { receiving.receiver->stop(); });
        receiving.sink.stop();
        owner.join();
        QVERIFY(receiving.sink.records().empty());
    }

    void startsAgainAfterAStop()
    {
        SyslogReceiving receiving;
        for (int round = 0; round < 20; ++round) {
            QVERIFY(receiving.start());
            receiving.receiver->stop();
            receiving.receiver->stop();
        }
    }
};

QTEST_GUILESS_MAIN(SyslogReceiverTest)
#include "SyslogReceiverTest.moc"
