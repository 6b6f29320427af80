#include "ShowStrings.h"
#include "receiver/RecordingSink.h"
#include "support/Certificate.h"

#include "receiver/ConnectionListener.h"
#include "receiver/IoThread.h"
#include "receiver/TlsServer.h"
#include "support/Patience.h"
#include "support/SystemWords.h"

#include <QFile>
#include <QLocalSocket>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

#include <array>

using namespace sluice;

namespace {

/// Answers each line with itself; a line "bye" ends the connection.
class EchoStream final : public ConnectionStream
{
public:
    EchoStream(Connection &connection, RecordSink &sink) : m_connection(connection), m_sink(sink) {}

    std::span<char> space() override { return m_space; }
    bool take(std::size_t bytes) override
    {
        m_pending.append(m_space.data(), bytes);
        for (std::size_t end; (end = m_pending.find('\n')) != std::string::npos;) {
            const std::string line = m_pending.substr(0, end + 1);
            m_pending.erase(0, end + 1);
            completeOne();
            m_connection.write(line);
            if (line == "bye\n")
                m_connection.close();
        }
        return true;
    }
    void end(std::string_view reason) override { m_sink.reject(m_connection.peer(), reason, m_pending); }
    std::size_t held() const override { return m_pending.size(); }

private:
    Connection &m_connection;
    RecordSink &m_sink;
    std::array<char, 65536> m_space;
    std::string m_pending;
};

struct Listening
{
    RecordingSink sink;
    IoThread thread;
    ConnectionListener listener;

    explicit Listening(ConnectionLimits limits = {})
        : listener(thread, sink, limits, [this](Connection &connection) {
              return std::make_unique<EchoStream>(connection, sink);
          })
    {
    }
};

QByteArray readLine(QIODevice &device)
{
    while (!device.canReadLine()) {
        if (!device.waitForReadyRead(30000))
            return "nothing came";
    }
    return device.readLine();
}

std::unique_ptr<QTcpSocket> connected(std::uint16_t port)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QStringLiteral("127.0.0.1"), port);
    if (!socket->waitForConnected())
        qFatal("no connection");
    return socket;
}

bool isClosed(QTcpSocket &socket)
{
    return socket.state() == QAbstractSocket::UnconnectedState || socket.waitForDisconnected();
}

ListenAddress atPath(const QString &path)
{
    ListenAddress address;
    address.path = address.name = path.toStdString();
    return address;
}

} // namespace

class ConnectionListenerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carriesAnswersAndCloses()
    {
        Listening server;
        QVERIFY(server.listener.listen({}).ok());
        QCOMPARE(server.listener.endpoint(), "127.0.0.1:" + std::to_string(server.listener.port()));
        const auto socket = connected(server.listener.port());
        socket->write("hello\n");
        QCOMPARE(readLine(*socket), QByteArray("hello\n"));
        socket->write("bye\n");
        QCOMPARE(readLine(*socket), QByteArray("bye\n"));
        QVERIFY(isClosed(*socket));
    }

    void readsWhatStillComesAfterItsLastAnswer_data()
    {
        // What the peer does after it has read that the server's side has ended; how it goes on
        QTest::addColumn<QString>("after");
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("it sends a little more and ends") << QStringLiteral("connection.sendall(bytes(1_000_000))\n")
                                                         << QByteArray("taken");
        QTest::newRow("it sends without end") << QStringLiteral("while True: connection.sendall(bytes(100_000))\n")
                                              << QByteArray("reset");
        QTest::newRow("it stays") << QStringLiteral("while True: time.sleep(0.1); connection.sendall(b'x')\n")
                                  << QByteArray("reset");
    }

    void readsWhatStillComesAfterItsLastAnswer()
    {
        if (isWindows)
            QSKIP("The peer is a program of Python's");
        QFETCH(QString, after);
        QFETCH(QByteArray, end);
        ConnectionLimits limits;
        limits.stall = std::chrono::seconds(2);
        Listening server(limits);
        QVERIFY(server.listener.listen({}).ok());
        const QString peer = QStringLiteral("import socket, sys, time\n"
                                            "connection = socket.create_connection(('127.0.0.1', int(sys.argv[1])), 30)\n"
                                            "connection.sendall(b'bye\\n' + bytes(1_000_000))\n"
                                            "answer = connection.makefile('rb').read()\n"
                                            "print(answer.decode().strip())\n"
                                            "try:\n"
                                            "    %1"
                                            "    print('taken')\n"
                                            "except ConnectionError:\n"
                                            "    print('reset')\n")
                                 .arg(after);
        const PythonResult result =
            runPythonWith({QStringLiteral("-c"), peer, QString::number(server.listener.port())});
        QVERIFY2(result.ok, result.errors.constData());
        QCOMPARE(result.output.simplified(), "bye " + end);
        QVERIFY(server.sink.rejections().empty());
    }

    void whoIsToldToGoGivesWayToOthers()
    {
        ConnectionLimits limits;
        limits.connections = 1;
        limits.grace = std::chrono::milliseconds(0);
        Listening server(limits);
        QVERIFY(server.listener.listen({}).ok());
        const auto first = connected(server.listener.port());
        first->write("bye\n");
        QVERIFY(first->waitForBytesWritten());
        const auto second = connected(server.listener.port());
        second->write("hello\n");
        QCOMPARE(readLine(*second), QByteArray("hello\n"));
        QVERIFY(server.sink.rejections().empty());
    }

    void aPeerThatDoesNotFetchItsAnswersIsLetGo()
    {
        Listening server;
        QVERIFY(server.listener.listen({}).ok());
        const auto socket = connected(server.listener.port());
        socket->setReadBufferSize(1);
        const QByteArray line = QByteArray(60000, 'x') + '\n';
        for (int i = 0; i < 2000 && socket->state() == QAbstractSocket::ConnectedState; ++i) {
            socket->write(line);
            socket->waitForBytesWritten(10000);
        }
        QTRY_VERIFY(socket->state() != QAbstractSocket::ConnectedState);
    }

    void cutsOffWhatStandsStillInTheMiddle()
    {
        ConnectionLimits limits;
        limits.stall = std::chrono::seconds(1);
        Listening server(limits);
        QVERIFY(server.listener.listen({}).ok());
        const auto stuck = connected(server.listener.port());
        const auto idle = connected(server.listener.port());
        idle->write("done\n");
        QCOMPARE(readLine(*idle), QByteArray("done\n"));
        stuck->write("half a li");
        QVERIFY(isClosed(*stuck));
        QVERIFY(server.sink.waitForRejections(1));
        QCOMPARE(server.sink.rejections()[0], std::string("The connection stood still for 1 s|half a li"));
        // Who has nothing to say may stay.
        idle->write("still here\n");
        QCOMPARE(readLine(*idle), QByteArray("still here\n"));
    }

    void whoSaysNothingGivesWayToOthers()
    {
        ConnectionLimits limits;
        limits.connections = 2;
        limits.grace = std::chrono::milliseconds(0);
        Listening server(limits);
        QVERIFY(server.listener.listen({}).ok());
        const auto silent = connected(server.listener.port());
        const auto useful = connected(server.listener.port());
        useful->write("one\n");
        QCOMPARE(readLine(*useful), QByteArray("one\n"));
        const auto third = connected(server.listener.port());
        third->write("two\n");
        QCOMPARE(readLine(*third), QByteArray("two\n"));
        QVERIFY(isClosed(*silent));
        // Now both are of use, and a fourth is refused.
        const auto fourth = connected(server.listener.port());
        QVERIFY(isClosed(*fourth));
        QVERIFY(server.sink.waitForFaults(1));
        useful->write("three\n");
        QCOMPARE(readLine(*useful), QByteArray("three\n"));
    }

    void boundsWhatOnePeerMakesItKeep()
    {
        ConnectionLimits limits;
        limits.peerMemory = 100'000;
        Listening server(limits);
        QVERIFY(server.listener.listen({}).ok());
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 3; ++i) {
            sockets.push_back(connected(server.listener.port()));
            sockets.back()->write(QByteArray(40'000, 'x'));
            QVERIFY(sockets.back()->waitForBytesWritten());
        }
        QVERIFY(server.sink.waitForRejections(1));
        QVERIFY(server.sink.rejections()[0].starts_with(
            "The peer's unfinished messages took more than 100000 bytes, and the connection was cut off"));
        // The other two are within the limit again.
        QTRY_VERIFY(std::ranges::any_of(sockets, [](const auto &socket) {
            return socket->state() == QAbstractSocket::UnconnectedState || socket->waitForDisconnected(10);
        }));
        for (const auto &socket : sockets) {
            if (socket->state() != QAbstractSocket::ConnectedState)
                continue;
            socket->write("\n");
            QCOMPARE(readLine(*socket).size(), 40'001);
        }
    }

    void listensOnAUnixSocketThatOthersCannotOpen()
    {
        if (isWindows)
            QSKIP("Windows has no Unix sockets that Qt can use");
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("log.sock"));
        {
            Listening server;
            QVERIFY(server.listener.listen(atPath(path)).ok());
            QCOMPARE(server.listener.endpoint(), path.toStdString());
            QCOMPARE(int(QFile::permissions(path) & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther |
                                                     QFile::WriteOther | QFile::ExeOwner)),
                     0);
            QLocalSocket socket;
            socket.connectToServer(path);
            QVERIFY(socket.waitForConnected());
            socket.write("hello\n");
            QCOMPARE(readLine(socket), QByteArray("hello\n"));
            socket.write("half");
            QVERIFY(socket.waitForBytesWritten());
            socket.disconnectFromServer();
            QVERIFY(server.sink.waitForRejections(1));
            QCOMPARE(server.sink.peers().back(), path.toStdString());
        }
        QVERIFY(!QFile::exists(path));
    }

    void givesTheSocketThePermissionsAskedFor()
    {
        if (isWindows)
            QSKIP("Windows has no Unix sockets that Qt can use");
        const QTemporaryDir folder;
        ListenAddress address = atPath(folder.filePath(QStringLiteral("log.sock")));
        address.permissions = 0666;
        Listening server;
        QVERIFY(server.listener.listen(address).ok());
        QVERIFY(QFile::permissions(QString::fromStdString(address.path)) & QFile::WriteOther);
    }

    void replacesASocketOnlyIfNobodyListens()
    {
        if (isWindows)
            QSKIP("Windows has no Unix sockets that Qt can use");
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("log.sock"));
        // A program that is killed leaves its socket behind.
        QVERIFY(runPythonWith({QStringLiteral("-c"),
                               QStringLiteral("import socket, sys; s = socket.socket(socket.AF_UNIX); "
                                              "s.bind(sys.argv[1]); s.listen()"),
                               path})
                    .ok);
        QVERIFY(QFile::exists(path));
        Listening first;
        QVERIFY(first.listener.listen(atPath(path)).ok());
        Listening second;
        const Status status = second.listener.listen(atPath(path));
        QVERIFY(!status.ok());
        QCOMPARE(status.error().text, "The socket " + path.toStdString() + " is in use by another program.");
        QVERIFY(QFile::exists(path));

        const QString fileName = folder.filePath(QStringLiteral("precious"));
        QFile file(fileName);
        QVERIFY(file.open(QFile::WriteOnly));
        file.close();
        Listening third;
        const Status refused = third.listener.listen(atPath(fileName));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().text, fileName.toStdString() + " is there already, and is no socket.");
        QVERIFY(file.exists());
    }

    void saysThatAPathIsTooLong()
    {
        if (isWindows)
            QSKIP("Windows has no Unix sockets that Qt can use");
        Listening server;
        const Status status = server.listener.listen(atPath(QStringLiteral("/tmp/") + QString(200, u'x')));
        QVERIFY(!status.ok());
        QVERIFY2(status.error().text.find("too long for a socket") != std::string::npos, status.error().text.c_str());
    }

    void speaksTls()
    {
        if (isWine())
            QSKIP("Wine's TLS cannot be a server");
        const Certificate certificate;
        QVERIFY(certificate.isMade());
        const auto tls = tlsServer({certificate.certFile().toStdString(), certificate.keyFile().toStdString(), {}});
        QVERIFY2(tls.ok(), tls.ok() ? "" : tls.error().text.c_str());
        Listening server;
        QVERIFY(server.listener.listen({}, *tls).ok());
        QSslSocket socket;
        connectTls(socket, certificate, server.listener.port());
        QVERIFY2(socket.waitForEncrypted(), qPrintable(socket.errorString()));
        const QByteArray line = QByteArray(300'000, 'x') + '\n';
        for (int i = 0; i < 20; ++i) {
            socket.write(line);
            QCOMPARE(readLine(socket).size(), line.size());
        }
        socket.write("bye\n");
        QCOMPARE(readLine(socket), QByteArray("bye\n"));
        QVERIFY(isClosed(socket));
        QVERIFY(server.sink.rejections().empty());
    }

    void readsWhatStillComesOverTlsToo()
    {
        if (isWine())
            QSKIP("Wine's TLS cannot be a server");
        const Certificate certificate;
        const auto tls = tlsServer({certificate.certFile().toStdString(), certificate.keyFile().toStdString(), {}});
        QVERIFY(tls.ok());
        Listening server;
        QVERIFY(server.listener.listen({}, *tls).ok());
        QSslSocket socket;
        connectTls(socket, certificate, server.listener.port());
        QVERIFY2(socket.waitForEncrypted(), qPrintable(socket.errorString()));
        socket.write("bye\n" + QByteArray(1'000'000, 'x'));
        QCOMPARE(readLine(socket), QByteArray("bye\n"));
        while (socket.encryptedBytesToWrite() > 0)
            QVERIFY(socket.waitForBytesWritten());
        QVERIFY(isClosed(socket));
        QVERIFY(server.sink.rejections().empty());
    }

    void rejectsWhoDoesNotSpeakTls()
    {
        const Certificate certificate;
        const auto tls = tlsServer({certificate.certFile().toStdString(), certificate.keyFile().toStdString(), {}});
        QVERIFY(tls.ok());
        ConnectionLimits limits;
        limits.stall = std::chrono::seconds(1);
        Listening server(limits);
        QVERIFY(server.listener.listen({}, *tls).ok());
        const auto plain = connected(server.listener.port());
        plain->write("<14>a plain message, without any TLS\n");
        QVERIFY(isClosed(*plain));
        QVERIFY(server.sink.waitForRejections(1));
        QVERIFY(server.sink.rejections()[0].starts_with("The TLS handshake failed"));
        // And who says nothing does not stay.
        const auto silent = connected(server.listener.port());
        QVERIFY(isClosed(*silent));
    }

    void asksPeersForACertificateWhereAnAuthorityIsNamed()
    {
        if (isWine())
            QSKIP("Wine's TLS cannot be a server");
        const Certificate certificate;
        const std::string file = certificate.certFile().toStdString();
        const auto tls = tlsServer({file, certificate.keyFile().toStdString(), file});
        QVERIFY(tls.ok());
        Listening server;
        QVERIFY(server.listener.listen({}, *tls).ok());

        QSslSocket nobody;
        connectTls(nobody, certificate, server.listener.port());
        nobody.waitForEncrypted();
        QVERIFY(isClosed(nobody));
        QVERIFY(server.sink.waitForRejections(1));

        QSslSocket known;
        known.setLocalCertificate(certificate.certFile());
        QFile key(certificate.keyFile());
        QVERIFY(key.open(QFile::ReadOnly));
        known.setPrivateKey(QSslKey(&key, isWindows ? QSsl::Rsa : QSsl::Ec));
        connectTls(known, certificate, server.listener.port());
        QVERIFY2(known.waitForEncrypted(), qPrintable(known.errorString()));
        known.write("hello\n");
        QCOMPARE(readLine(known), QByteArray("hello\n"));
    }

    void saysWhatIsWrongWithACertificate()
    {
        const Certificate certificate;
        const std::string cert = certificate.certFile().toStdString();
        const std::string key = certificate.keyFile().toStdString();
        QCOMPARE(tlsServer({key, key, {}}).error().text, key + " holds no certificate in PEM.");
        QCOMPARE(tlsServer({cert, cert, {}}).error().text,
                 cert + " holds no private key for the certificate in PEM that can be read without a password.");
        const Certificate curve(Certificate::Curve);
        const auto ofCurve = tlsServer({curve.certFile().toStdString(), curve.keyFile().toStdString(), {}});
        QCOMPARE(ofCurve.ok(), !isWindows);
        if (isWindows)
            QCOMPARE(ofCurve.error().text, curve.keyFile().toStdString() +
                                               " holds a key that the TLS of Windows does not take from here; it takes RSA keys.");
        QVERIFY(tlsServer({"/nowhere/cert.pem", key, {}}).error().text.starts_with("/nowhere/cert.pem cannot be read: "));
    }

private:
    static void connectTls(QSslSocket &socket, const Certificate &certificate, std::uint16_t port)
    {
        QSslConfiguration configuration = socket.sslConfiguration();
        configuration.addCaCertificates(certificate.certFile());
        socket.setSslConfiguration(configuration);
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
    }
};

QTEST_GUILESS_MAIN(ConnectionListenerTest)
#include "ConnectionListenerTest.moc"
