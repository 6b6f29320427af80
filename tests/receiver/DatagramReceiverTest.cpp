#include "ShowStrings.h"
#include "receiver/RecordingSink.h"
#include "support/Patience.h"
#include "support/Python.h"

#include "receiver/DatagramReceiver.h"
#include "support/SystemWords.h"

#include <QFile>
#include <QTemporaryDir>
#include <QUdpSocket>

#include <algorithm>
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

DatagramReceiverConfig anyPort()
{
    DatagramReceiverConfig config;
    config.port = 0;
    return config;
}

void send(const QByteArray &datagram, std::uint16_t port, const QHostAddress &host = QHostAddress(QHostAddress::LocalHost))
{
    QUdpSocket socket;
    QCOMPARE(socket.writeDatagram(datagram, host, port), datagram.size());
}

} // namespace

class DatagramReceiverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void receivesEverythingAPythonProgramLogs_data()
    {
        QTest::addColumn<bool>("overUnixSocket");
        QTest::newRow("UDP") << false;
        QTest::newRow("Unix socket") << true;
    }

    void receivesEverythingAPythonProgramLogs()
    {
        QFETCH(bool, overUnixSocket);
        if (isWindows && overUnixSocket)
            QSKIP("Windows has no Unix sockets that Qt can use");
        const QTemporaryDir folder;
        DatagramReceiverConfig config = anyPort();
        if (overUnixSocket)
            config.path = {folder.filePath(QStringLiteral("log.sock")).toStdString()};
        RecordingSink sink;
        DatagramReceiver receiver(config);
        const Status started = receiver.start(sink);
        QVERIFY2(started.ok(), started.ok() ? "" : started.error().text.c_str());
        const QString where = overUnixSocket ? QString::fromStdString(config.path.text) : QString::number(receiver.port());
        const PythonResult python = runPython("tests/receiver/send_datagrams.py", {where, QStringLiteral("5000")});
        QVERIFY2(python.ok, python.errors.constData());
        // What the system has taken is there, however soon it ends.
        receiver.stop();
        const std::vector<std::string> records = sink.records();
        const QList<QByteArray> sent = python.output.trimmed().split('\n');
        QCOMPARE(sent.size(), 5000);
        QVERIFY2(sink.rejections().empty(), sink.rejections().empty() ? "" : sink.rejections()[0].c_str());
        QCOMPARE(records.size(), 5000u);
        for (std::size_t i = 0; i < records.size(); ++i)
            QCOMPARE(QByteArray::fromStdString(records[i]), sent[static_cast<qsizetype>(i)]);
        QCOMPARE(sink.peers()[0], overUnixSocket ? config.path.text : std::string("127.0.0.1"));
        QVERIFY(!overUnixSocket || !QFile::exists(QString::fromStdString(config.path.text)));
    }

    void rejectsWhatIsNoRecordWithItsReason()
    {
        RecordingSink sink;
        DatagramReceiver receiver(anyPort());
        QVERIFY(receiver.start(sink).ok());
        QCOMPARE(receiver.endpoint(), "127.0.0.1:" + std::to_string(receiver.port()));
        send(record(1), receiver.port());
        send("abc", receiver.port());
        send(record(1) + "more", receiver.port());
        send(record(1).chopped(1), receiver.port());
        send(QByteArray(4, '\0'), receiver.port());
        send(frame("junk"), receiver.port());
        send(frame("cos\nsystem\n(S'touch pwned'\ntR."), receiver.port());
        send(record(2), receiver.port());
        QVERIFY(sink.waitForRecords(2));
        QVERIFY(sink.waitForRejections(6));
        receiver.stop();
        const std::vector<std::string> rejections = sink.rejections();
        QCOMPARE(rejections.size(), 6u);
        const auto has = [&](const char *beginning) {
            return std::ranges::any_of(rejections, [&](const std::string &text) { return text.starts_with(beginning); });
        };
        QVERIFY(has("A datagram of 3 bytes is too short for a length and a pickle.|b'abc'"));
        QVERIFY(has("A datagram says that 14 bytes follow its length, and 18 did.|"));
        QVERIFY(has("A datagram says that 14 bytes follow its length, and 13 did.|"));
        QVERIFY(has("A datagram holds no pickle.|"));
        QCOMPARE(sink.records().size(), 2u);
    }

    void whatTheSystemDropsIsCounted()
    {
#ifndef Q_OS_LINUX
        QSKIP("only Linux says what it has dropped");
#endif
        DatagramReceiverConfig config = anyPort();
        config.receiveBuffer = 4096;
        RecordingSink sink;
        sink.setFull(true);
        DatagramReceiver receiver(config);
        QVERIFY(receiver.start(sink).ok());
        constexpr int sent = 500;
        // The sink takes nothing, so few get into the buffers.
        QUdpSocket socket;
        const QByteArray datagram = frame("(dS'msg'\nS'" + QByteArray(30'000, 'x') + "'\ns.");
        for (int i = 0; i < sent; ++i)
            QCOMPARE(socket.writeDatagram(datagram, QHostAddress(QHostAddress::LocalHost), receiver.port()), datagram.size());
        sink.setFull(false);
        receiver.stop();
        QVERIFY(!sink.rejections().empty());
        QCOMPARE(sink.rejections()[0],
                 std::string("The system dropped datagrams, since they came faster than they were taken.|"));
        const std::vector<std::string> peers = sink.peers();
        QVERIFY(std::ranges::find(peers, "unknown senders") != peers.end());
        QCOMPARE(sink.records().size() + sink.rejections().size(), std::size_t(sent));
    }

    void listensOnIPv6()
    {
        QUdpSocket probe;
        if (!probe.bind(QHostAddress(QHostAddress::LocalHostIPv6)))
            QSKIP("this machine has no IPv6");
        DatagramReceiverConfig config = anyPort();
        config.host = "::1";
        RecordingSink sink;
        DatagramReceiver receiver(config);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(receiver.endpoint().starts_with("[::1]:"));
        send(record(1), receiver.port(), QHostAddress(QHostAddress::LocalHostIPv6));
        QVERIFY(sink.waitForRecords(1));
        QCOMPARE(sink.peers()[0], std::string("::1"));
    }

    void saysWhyItCannotListen()
    {
        QUdpSocket other;
        QVERIFY(other.bind(QHostAddress(QHostAddress::LocalHost), 0, QAbstractSocket::DontShareAddress));
        DatagramReceiverConfig config;
        config.port = other.localPort();
        RecordingSink sink;
        DatagramReceiver receiver(config);
        const Status used = receiver.start(sink);
        QVERIFY(!used.ok());
        QCOMPARE(used.error().text, "Port " + std::to_string(other.localPort()) + " on 127.0.0.1 is in use by another program.");
        other.close();
        QVERIFY(receiver.start(sink).ok());

        if (isWindows)
            QSKIP("Wine takes any address for one of this machine");
        DatagramReceiverConfig elsewhere = anyPort();
        elsewhere.host = "192.0.2.1"; // for documentation only, RFC 5737
        const Status away = DatagramReceiver(elsewhere).start(sink);
        QVERIFY(!away.ok());
        QCOMPARE(away.error().text, std::string("192.0.2.1 is no address of this machine."));
    }

    void stopsWhileTheSinkIsFull()
    {
        RecordingSink sink;
        sink.setFull(true);
        DatagramReceiver receiver(anyPort());
        QVERIFY(receiver.start(sink).ok());
        for (int i = 0; i < 100; ++i)
            send(record(i), receiver.port());
        QVERIFY(sink.waitUntilWaiting());
        std::thread owner([&] { receiver.stop(); });
        sink.stop();
        owner.join();
        QVERIFY(sink.records().empty());
    }

    void startsAgainAfterAStop()
    {
        RecordingSink sink;
        DatagramReceiver receiver(anyPort());
        for (int round = 0; round < 50; ++round) {
            QVERIFY(receiver.start(sink).ok());
            receiver.stop();
            receiver.stop();
        }
    }
};

QTEST_GUILESS_MAIN(DatagramReceiverTest)
#include "DatagramReceiverTest.moc"
