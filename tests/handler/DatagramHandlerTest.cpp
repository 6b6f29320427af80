#include "handler/HandlerFixtures.h"
#include "handler/JsonRecords.h"
#include "handler/Peers.h"
#include "support/FreePort.h"

#include "handler/DatagramHandler.h"
#include "support/Patience.h"

#include <QElapsedTimer>
#include <QUdpSocket>

using namespace sluice;
using namespace sluice::test;

namespace {

SocketHandler::Options towards(const std::string &host, std::optional<int> port = {})
{
    SocketHandler::Options options;
    options.host = host;
    options.port = port;
    return options;
}

/// Whether a datagram is a frame of the SocketHandler whose pickle holds the text.
bool holds(const QByteArray &datagram, const char *text)
{
    return datagram.size() > 4 && datagram.startsWith(QByteArray(2, '\0')) && datagram.contains(text);
}

} // namespace

class DatagramHandlerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsTheBytesOfPython_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::newRow("UDP") << QByteArray("udp");
        QTest::newRow("Unix datagrams") << QByteArray("unix-datagram");
    }

    void sendsTheBytesOfPython()
    {
        QFETCH(QByteArray, kind);
        QList<QByteArray> frames;
        QByteArray json;
        for (const QByteArray &line : runPython("tests/wire/canonical_records.py").output.trimmed().split('\n')) {
            const qsizetype space = line.indexOf(' ');
            if (line.contains("\"tuple\": [1, 2]")) // which JSON has not
                continue;
            frames += QByteArray::fromHex(line.first(space));
            json += line.mid(space + 1) + '\n';
        }
        QCOMPARE(frames.size(), 44);
        const JsonRecords records(json);
        QTemporaryDir dir;
        BytesPeer peer(kind.constData(), kind == "udp" ? QString() : dir.filePath(QStringLiteral("log.sock")));
        DatagramHandler handler(kind == "udp" ? towards("localhost", peer.port()) : towards(peer.path()));
        Errors errors(handler);
        handler.handle(records.all());
        handler.close();
        QCOMPARE(peer.all(), frames);
        QVERIFY(errors.seen.empty());
    }

    void sendsOverIPv6()
    {
        QUdpSocket probe;
        if (!probe.bind(QHostAddress::LocalHostIPv6))
            QSKIP("this machine has no IPv6");
        BytesPeer peer("udp6");
        DatagramHandler handler(towards("::1", peer.port()));
        handler.handle(Records({"over six"}).all());
        QVERIFY(holds(peer.next(), "over six"));
    }

    void oversizeDatagramIsAnErrorOfItsRecord_data() { sendsTheBytesOfPython_data(); }

    void oversizeDatagramIsAnErrorOfItsRecord()
    {
        QFETCH(QByteArray, kind);
        QTemporaryDir dir;
        BytesPeer peer(kind.constData(), kind == "udp" ? QString() : dir.filePath(QStringLiteral("log.sock")));
        DatagramHandler handler(kind == "udp" ? towards("127.0.0.1", peer.port()) : towards(peer.path()));
        Errors errors(handler);
        handler.handle(Records({"before", std::string(1'000'000, 'x'), "behind"}).all());
        QVERIFY(holds(peer.next(), "before"));
        QVERIFY(holds(peer.next(), "behind"));
        QCOMPARE(errors.seen.size(), 1u);
        QVERIFY2(errors.seen[0].find("x: The record is too large for a datagram: it has 10") != std::string::npos,
                 errors.seen[0].substr(1'000'000).c_str());
    }

    void nobodyNeedsToReadUdp()
    {
        DatagramHandler handler(towards("127.0.0.1", freePort()));
        Errors errors(handler);
        for (int i = 0; i < 10; ++i)
            handler.handle(Records({"into the void"}).all());
        QVERIFY(errors.seen.empty());
    }

    void unixSocketThatComesAndGoes()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("log.sock"));
        DatagramHandler handler(towards(path.toStdString()));
        Errors errors(handler);
        const Records records({"x"});
        handler.handle(records.all());
        QCOMPARE(errors.seen,
                 std::vector<std::string>{"x: " + path.toStdString() + " does not take what is sent: No such file or directory."});
        for (int round = 0; round < 3; ++round) {
            BytesPeer peer("unix-datagram", path);
            handler.handle(records.all());
            QVERIFY(!peer.next().isEmpty());
            QFile::remove(path);
        }
        QCOMPARE(errors.seen.size(), 1u);
    }

    void readerThatIsBehindIsNotWaitedForLong()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("log.sock"));
        // Binds and never reads.
        Program reader(QString::fromLatin1(pythonProgram),
                       {QStringLiteral("-c"),
                        QStringLiteral("import socket, sys\ns = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)\ns.bind(sys.argv[1])\n"
                                       "print('up', flush=True)\nsys.stdin.read()"),
                        path});
        QCOMPARE(reader.readLine(), QByteArray("up"));
        SocketHandler::Options options = towards(path.toStdString());
        options.timeout = {0.02};
        DatagramHandler handler(options);
        Errors errors(handler);
        const Records records({std::string(10'000, 'x')});
        for (int i = 0; i < 10'000 && errors.seen.size() < 3; ++i)
            handler.handle(records.all());
        QCOMPARE(errors.seen.size(), 3u);
        QVERIFY(errors.seen[0].ends_with("does not take what is sent: timed out."));
    }
};

QTEST_GUILESS_MAIN(DatagramHandlerTest)
#include "DatagramHandlerTest.moc"
