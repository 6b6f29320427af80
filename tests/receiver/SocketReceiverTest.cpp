#include "ShowStrings.h"
#include "receiver/RecordingSink.h"
#include "support/Patience.h"
#include "support/Python.h"

#include "receiver/SocketReceiver.h"
#include "support/SystemWords.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

#include <thread>

using namespace sluice;

namespace {

QByteArray frame(const QByteArray &pickle)
{
    QByteArray out;
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(pickle.size() >> shift);
    return out + pickle;
}

QByteArray record(int number) { return frame("(dS'msg'\nI" + QByteArray::number(number) + "\ns."); }

SocketReceiverConfig anyPort()
{
    SocketReceiverConfig config;
    config.port = 0;
    return config;
}

} // namespace

class SocketReceiverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void receivesEverythingAPythonProgramLogs_data()
    {
        QTest::addColumn<bool>("overUnixSocket");
        QTest::newRow("TCP") << false;
        QTest::newRow("Unix socket") << true;
    }

    void receivesEverythingAPythonProgramLogs()
    {
        QFETCH(bool, overUnixSocket);
        if (isWindows && overUnixSocket)
            QSKIP("Windows has no Unix sockets that Qt can use");
        const QTemporaryDir folder;
        SocketReceiverConfig config = anyPort();
        if (overUnixSocket)
            config.path = {folder.filePath(QStringLiteral("log.sock")).toStdString()};
        RecordingSink sink;
        SocketReceiver receiver(config);
        const Status started = receiver.start(sink);
        QVERIFY2(started.ok(), started.ok() ? "" : started.error().text.c_str());
        const QString where = overUnixSocket ? QString::fromStdString(config.path.text) : QString::number(receiver.port());
        const PythonResult python =
            runPython("tests/receiver/send_records.py", {where, QStringLiteral("10000")});
        QVERIFY2(python.ok, python.errors.constData());
        QVERIFY(sink.waitForRecords(10000));
        receiver.stop();
        const std::vector<std::string> records = sink.records();
        const QList<QByteArray> sent = python.output.trimmed().split('\n');
        QCOMPARE(records.size(), 10000u);
        QCOMPARE(sent.size(), 10000);
        for (std::size_t i = 0; i < records.size(); ++i) {
            const QByteArray &line = sent[static_cast<qsizetype>(i)];
            QCOMPARE(std::string_view(records[i]),
                     std::string_view(line.constData(), static_cast<std::size_t>(line.size())));
        }
        QVERIFY(sink.rejections().empty());
        QCOMPARE(sink.peers()[0], overUnixSocket ? config.path.text : std::string("127.0.0.1"));
    }

    void goesOnAfterBadFrames()
    {
        RecordingSink sink;
        SocketReceiver receiver(anyPort());
        QVERIFY(receiver.start(sink).ok());
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), receiver.port());
        QVERIFY(socket.waitForConnected());
        socket.write(record(1) + frame("cos\nsystem\n(S'touch pwned'\ntR.") + record(2) + frame("junk") +
                     QByteArray("\xFF\xFF\xFF\xFF", 4));
        QVERIFY(socket.waitForBytesWritten());
        QVERIFY(sink.waitForRecords(2));
        QVERIFY(sink.waitForRejections(3));
        socket.disconnectFromHost();
        QVERIFY(sink.waitForRejections(4));
        receiver.stop();
        QCOMPARE(sink.records().size(), 2u);
        QVERIFY(sink.rejections()[3].starts_with("The connection was closed in the middle of a frame."));
    }

    void recordsBeforeTheEndArrive()
    {
        RecordingSink sink;
        SocketReceiver receiver(anyPort());
        QVERIFY(receiver.start(sink).ok());
        QByteArray bytes;
        for (int i = 0; i < 5000; ++i)
            bytes += record(i);
        for (int connection = 0; connection < 20; ++connection) {
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), receiver.port());
            QVERIFY(socket.waitForConnected());
            socket.write(bytes);
            socket.disconnectFromHost();
            QVERIFY(socket.state() == QAbstractSocket::UnconnectedState || socket.waitForDisconnected());
        }
        QVERIFY(sink.waitForRecords(100000));
        QVERIFY(sink.rejections().empty());
    }

    void saysThatAPortIsInUse()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        SocketReceiverConfig config;
        config.port = other.serverPort();
        RecordingSink sink;
        SocketReceiver receiver(config);
        const Status status = receiver.start(sink);
        QVERIFY(!status.ok());
        QCOMPARE(status.error().text, "Port " + std::to_string(other.serverPort()) +
                                          " on 127.0.0.1 is in use by another program.");
        other.close();
        QVERIFY(receiver.start(sink).ok());
        QCOMPARE(receiver.endpoint(), "127.0.0.1:" + std::to_string(config.port));
    }

    void saysThatAnAddressIsNotHere()
    {
        SocketReceiverConfig config = anyPort();
        config.host = "192.0.2.1"; // for documentation only, RFC 5737
        RecordingSink sink;
        const Status status = SocketReceiver(config).start(sink);
        QVERIFY(!status.ok());
        QCOMPARE(status.error().text, std::string("192.0.2.1 is no address of this machine."));
    }

    void listensOnIPv6()
    {
        QTcpServer probe;
        if (!probe.listen(QHostAddress::LocalHostIPv6))
            QSKIP("this machine has no IPv6");
        SocketReceiverConfig config = anyPort();
        config.host = "::1";
        RecordingSink sink;
        SocketReceiver receiver(config);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(receiver.endpoint().starts_with("[::1]:"));
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHostIPv6), receiver.port());
        QVERIFY(socket.waitForConnected());
        socket.write(record(1));
        QVERIFY(socket.waitForBytesWritten());
        QVERIFY(sink.waitForRecords(1));
        QCOMPARE(sink.peers()[0], std::string("::1"));
    }

    void refusesConnectionsAboveItsLimit()
    {
        SocketReceiverConfig config = anyPort();
        config.maxConnections = 3;
        RecordingSink sink;
        SocketReceiver receiver(config);
        QVERIFY(receiver.start(sink).ok());
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 3; ++i) {
            sockets.push_back(std::make_unique<QTcpSocket>());
            sockets.back()->connectToHost(QStringLiteral("127.0.0.1"), receiver.port());
            QVERIFY(sockets.back()->waitForConnected());
            sockets.back()->write(record(i));
            QVERIFY(sockets.back()->waitForBytesWritten());
        }
        QVERIFY(sink.waitForRecords(3));
        QTcpSocket fourth;
        fourth.connectToHost(QStringLiteral("127.0.0.1"), receiver.port());
        QVERIFY(fourth.waitForConnected());
        QVERIFY(fourth.state() == QAbstractSocket::UnconnectedState || fourth.waitForDisconnected());
        QVERIFY(sink.waitForFaults(1));
        QCOMPARE(sink.faults()[0],
                 std::string("A connection from 127.0.0.1 was refused, since 3 are open already."));
        // One leaves, and there is room again.
        sockets[0].reset();
        QVERIFY(sink.waitForFaults(2));
        QCOMPARE(sink.faults()[1], std::string());
        QTcpSocket fifth;
        fifth.connectToHost(QStringLiteral("127.0.0.1"), receiver.port());
        QVERIFY(fifth.waitForConnected());
        fifth.write(record(9));
        QVERIFY(fifth.waitForBytesWritten());
        QVERIFY(sink.waitForRecords(4));
    }

    void aFullSinkHoldsBackTheSender()
    {
        RecordingSink sink;
        sink.setFull(true);
        SocketReceiver receiver(anyPort());
        QVERIFY(receiver.start(sink).ok());
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), receiver.port());
        QVERIFY(socket.waitForConnected());
        const QByteArray big = frame("(dS'msg'\nS'" + QByteArray(1'000'000, 'x') + "'\ns.");
        for (int i = 0; i < 40; ++i)
            socket.write(big);
        QTRY_VERIFY(sink.isWaiting());
        QTest::qWait(500);
        QVERIFY(socket.bytesToWrite() > 10'000'000);
        sink.setFull(false);
        while (socket.bytesToWrite() > 0)
            QVERIFY(socket.waitForBytesWritten());
        QVERIFY(sink.waitForRecords(40));
    }

    void stopsWhileTheSinkIsFull()
    {
        RecordingSink sink;
        sink.setFull(true);
        SocketReceiver receiver(anyPort());
        QVERIFY(receiver.start(sink).ok());
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), receiver.port());
        QVERIFY(socket.waitForConnected());
        socket.write(record(1));
        QVERIFY(socket.waitForBytesWritten());
        QVERIFY(sink.waitUntilWaiting());
        std::thread owner([&] { receiver.stop(); });
        sink.stop();
        owner.join();
        QVERIFY(sink.records().empty());
    }

    void startsAgainAfterAStop()
    {
        RecordingSink sink;
        SocketReceiver receiver(anyPort());
        for (int round = 0; round < 50; ++round) {
            QVERIFY(receiver.start(sink).ok());
            receiver.stop();
            receiver.stop();
        }
    }
};

QTEST_GUILESS_MAIN(SocketReceiverTest)
#include "SocketReceiverTest.moc"
