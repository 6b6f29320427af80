#include "handler/HandlerFixtures.h"
#include "handler/JsonRecords.h"
#include "handler/Peers.h"
#include "support/FreePort.h"
#include "receiver/RecordingSink.h"

#include "handler/SocketHandler.h"
#include "receiver/SocketReceiver.h"
#include "support/Patience.h"

#include <QElapsedTimer>

#include <deque>

using namespace sluice;
using namespace sluice::test;

namespace {

SocketHandler::Options towards(int port)
{
    SocketHandler::Options options;
    options.host = "127.0.0.1";
    options.port = port;
    return options;
}

/// What Python's SocketHandler makes of ordinary records, and the records as JSON.
struct Canonical
{
    QList<QByteArray> frames;
    QByteArray json;
};

Canonical canonicalRecords()
{
    Canonical out;
    const PythonResult python = runPython("tests/wire/canonical_records.py");
    for (const QByteArray &line : python.output.trimmed().split('\n')) {
        const qsizetype space = line.indexOf(' ');
        // JSON has no tuples.
        if (line.contains("\"tuple\": [1, 2]"))
            continue;
        out.frames += QByteArray::fromHex(line.first(space));
        out.json += line.mid(space + 1) + '\n';
    }
    return out;
}

/// The messages of whole frames of JSON lines; what is behind the last line end was cut off.
std::vector<std::string> messagesOf(const QByteArray &jsonLines)
{
    std::vector<std::string> out;
    QList<QByteArray> lines = jsonLines.split('\n');
    lines.removeLast();
    for (const QByteArray &line : lines)
        out.push_back(QJsonDocument::fromJson(line)[QStringLiteral("msg")].toString().toStdString());
    return out;
}

std::vector<std::string> numbered(int count, std::size_t bytes = 0)
{
    std::vector<std::string> out;
    for (int i = 0; i < count; ++i)
        out.push_back(std::to_string(i) + " " + std::string(bytes, 'x'));
    return out;
}

std::string portText(int port) { return std::to_string(port); }

/// A clock that stands until it is moved.
struct ManualClock
{
    RetryTimer::Clock::time_point time = RetryTimer::Clock::now();

    void advance(double seconds)
    {
        time += std::chrono::duration_cast<RetryTimer::Clock::duration>(std::chrono::duration<double>(seconds));
    }
    std::function<RetryTimer::Clock::time_point()> reader()
    {
        return [this] { return time; };
    }
};

/// Counts the attempts to connect.
class CountingHandler : public SocketHandler
{
public:
    using SocketHandler::SocketHandler;
    ~CountingHandler() override { close(); }
    int attempts = 0;

protected:
    Result<std::unique_ptr<PeerSocket>> makeSocket() override
    {
        ++attempts;
        return SocketHandler::makeSocket();
    }
};

} // namespace

class SocketHandlerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsOrdinaryRecordsToTheByte_data()
    {
        QTest::addColumn<bool>("unix");
        QTest::addColumn<bool>("batch");
        QTest::newRow("TCP, one by one") << false << false;
        QTest::newRow("TCP, a batch") << false << true;
        QTest::newRow("Unix socket, one by one") << true << false;
        QTest::newRow("Unix socket, a batch") << true << true;
    }

    void sendsOrdinaryRecordsToTheByte()
    {
        QFETCH(bool, unix);
        QFETCH(bool, batch);
        const Canonical canonical = canonicalRecords();
        QCOMPARE(canonical.frames.size(), 44);
        const JsonRecords records(canonical.json);
        QTemporaryDir dir;
        BytesPeer peer(unix ? "unix-stream" : "tcp", unix ? dir.filePath(QStringLiteral("log.sock")) : QString());
        SocketHandler::Options options = towards(peer.port());
        if (unix) {
            options.host = peer.path();
            options.port.reset();
        }
        SocketHandler handler(options);
        Errors errors(handler);
        if (batch)
            handler.handle(records.all());
        else
            for (const LogRecord *record : records.all())
                handler.handle(*record);
        handler.close();
        QCOMPARE(peer.next(), canonical.frames.join());
        QVERIFY(errors.seen.empty());
    }

    void pythonReadsTheSameFromUsAsFromPython()
    {
        const QByteArray json = randomRecords(1, 1500);
        QList<QByteArray> received;
        for (const bool ours : {true, false}) {
            Program receiver(QString::fromLatin1(pythonProgram), {testScript("receiver/receive_records.py")});
            const int port = receiver.readLine().toInt();
            QVERIFY(port > 0);
            if (ours) {
                const JsonRecords records(json);
                SocketHandler handler(towards(port));
                const Errors errors(handler);
                handler.handle(records.all());
                handler.close();
            } else {
                const PythonResult sent =
                    sendWithPython({{QStringLiteral("class"), QStringLiteral("SocketHandler")},
                                    {QStringLiteral("arguments"), QJsonObject{{QStringLiteral("host"), QStringLiteral("127.0.0.1")},
                                                                              {QStringLiteral("port"), port}}}},
                                   json);
                QVERIFY2(sent.ok, sent.errors.constData());
            }
            bool ok = false;
            received += receiver.finish(&ok);
            QVERIFY2(ok, receiver.errors().constData());
        }
        const QList<QByteArray> ours = received[0].split('\n');
        const QList<QByteArray> pythons = received[1].split('\n');
        QVERIFY(ours.size() > 1000);
        for (qsizetype i = 0; i < std::min(ours.size(), pythons.size()); ++i)
            QCOMPARE(ours[i], pythons[i]);
        QCOMPARE(ours.size(), pythons.size());
    }

    void ourReceiverReadsBackWhole()
    {
        const JsonRecords records(canonicalRecords().json);
        RecordingSink sink;
        SocketReceiverConfig config;
        config.port = 0;
        SocketReceiver receiver(config);
        QVERIFY(receiver.start(sink).ok());
        SocketHandler handler(towards(receiver.port()));
        handler.handle(records.all());
        handler.close();
        QVERIFY(sink.waitForRecords(records.size()));
        receiver.stop();
        const std::vector<std::string> received = sink.records();
        QCOMPARE(received.size(), records.size());
        for (std::size_t i = 0; i < received.size(); ++i) {
            std::string sent;
            appendJson(*records.all()[i], sent);
            QCOMPARE(received[i], sent);
        }
    }

    void sendsJsonLines()
    {
        LogRecordBatch batch;
        LogRecord &record = batch.add();
        record.set(Attribute::Name, Value::text("app"));
        record.set(Attribute::Msg, Value::text("ärger mit %s\nund %d"));
        const std::array<Value, 2> args{Value::text("\"allem\""), Value::integer(7)};
        record.set(Attribute::Args, Value::sequence(Value::Kind::Tuple, args));
        BytesPeer peer("tcp");
        SocketHandler::Options options = towards(peer.port());
        options.format = SocketHandler::Format::Json;
        SocketHandler handler(options);
        handler.handle(record);
        handler.handle(record);
        handler.close();
        const QList<QByteArray> lines = peer.next().split('\n');
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[0], lines[1]);
        QCOMPARE(lines[2], QByteArray());
        const QJsonObject object = QJsonDocument::fromJson(lines[0]).object();
        QCOMPARE(object[QStringLiteral("msg")].toString(), QStringLiteral("ärger mit \"allem\"\nund 7"));
        QVERIFY(object[QStringLiteral("args")].isNull());
    }

    void waitsLongerWithEachFailureAsPython()
    {
        ManualClock clock;
        SocketHandler::Options options = towards(freePort());
        options.retry.now = clock.reader();
        CountingHandler handler(options);
        Errors errors(handler);
        const Records records({"x"});
        std::vector<double> attempts;
        // Quarters of a second, which are exact.
        for (int quarter = 0; quarter <= 4 * 125; ++quarter) {
            const int before = handler.attempts;
            handler.handle(records.all());
            if (handler.attempts > before)
                attempts.push_back(quarter / 4.0);
            clock.advance(0.25);
        }
        // 1, 2, 4, 8, 16, 30, 30 seconds apart
        QCOMPARE(attempts, (std::vector<double>{0, 1, 3, 7, 15, 31, 61, 91, 121}));
        // Python drops those between without a word.
        QCOMPARE(errors.seen.size(), 501u);
        QCOMPARE(handler.counters().failed, 501u);
        QCOMPARE(errors.seen[200],
                 "x: No connection to 127.0.0.1:" + portText(*options.port) + ": Connection refused.");
    }

    void goesOnOnceThePeerIsThere()
    {
        ManualClock clock;
        const int port = freePort();
        SocketHandler::Options options = towards(port);
        options.retry.now = clock.reader();
        options.format = SocketHandler::Format::Json;
        SocketHandler handler(options);
        Errors errors(handler);
        handler.handle(Records({"lost"}).all());
        IdleServer server(port);
        if (!server.isListening())
            QSKIP("another program has taken the port");
        handler.handle(Records({"too early"}).all());
        clock.advance(1);
        handler.handle(Records({"arrives"}).all());
        handler.close();
        QCOMPARE(errors.seen.size(), 2u);
        QCOMPARE(messagesOf(IdleServer::readAll(*server.accept())), std::vector<std::string>{"arrives"});
    }

    void noticesThatThePeerHasLeft()
    {
        IdleServer server;
        SocketHandler::Options options = towards(server.port());
        options.format = SocketHandler::Format::Json;
        SocketHandler handler(options);
        Errors errors(handler);
        for (int round = 0; round < 5; ++round) {
            const std::string message = "round " + std::to_string(round);
            handler.handle(Records({message}).all());
            auto connection = server.accept();
            QVERIFY(connection);
            QVERIFY(connection->waitForReadyRead(10000));
            QCOMPARE(messagesOf(connection->readAll()), std::vector<std::string>{message});
            // In either way: orderly, or with a reset.
            if (round % 2)
                connection->abort();
            else
                connection->disconnectFromHost();
        }
        QVERIFY(errors.seen.empty());
    }

    void peerThatNeverReadsHoldsUpNothingForLong()
    {
        IdleServer server;
        SocketHandler::Options options = towards(server.port());
        options.format = SocketHandler::Format::Json;
        options.timeout = {0.05};
        SocketHandler handler(options);
        Errors errors(handler);
        const Records records(numbered(400, 100'000));
        QElapsedTimer timer;
        timer.start();
        handler.handle(records.all());
        QVERIFY2(timer.elapsed() < 20000, QByteArray::number(timer.elapsed()).constData());
        handler.close();
        QVERIFY(!errors.seen.empty());
        QVERIFY(errors.seen[0].ends_with("does not take what is sent: timed out."));
        // Each record is either there, whole, or was reported.
        std::vector<std::string> accounted;
        while (auto connection = server.accept(100)) {
            for (const std::string &message : messagesOf(IdleServer::readAll(*connection)))
                accounted.push_back(message);
        }
        QVERIFY(accounted.size() > 10);
        QCOMPARE(accounted.size() + errors.seen.size(), 400u);
    }

    void resendsInOrderWhatItKept()
    {
        IdleServer server;
        SocketHandler::Options options = towards(server.port());
        options.format = SocketHandler::Format::Json;
        options.timeout = {0.5};
        options.keepUnsent = 1'000'000'000;
        options.retry.start = 0.1;
        options.retry.most = 0.1;
        SocketHandler handler(options);
        Errors errors(handler);
        // More than the system's buffers take: connections break in the middle of frames.
        std::vector<std::string> messages = numbered(50, 100'000);
        for (std::string &large : numbered(3, 8'000'000))
            messages.push_back("large " + large);
        auto tracker = std::make_shared<CountingTracker>();
        Records records(messages);
        records.batch().setTracker(tracker);
        handler.handle(records.all());
        QVERIFY(handler.pending() > 0);
        QCOMPARE(static_cast<std::size_t>(tracker->heldInAll()), handler.pending());
        std::vector<std::string> received;
        int cutOff = 0;
        while (received.size() < messages.size()) {
            auto connection = server.accept();
            QVERIFY(connection);
            QByteArray bytes;
            std::size_t whole = received.size();
            // Until it is cut off, or all is there.
            do {
                const QByteArray more = connection->readAll();
                whole += static_cast<std::size_t>(more.count('\n'));
                bytes += more;
            } while (whole < messages.size() && connection->waitForReadyRead(30000));
            bytes += connection->readAll();
            cutOff += !bytes.isEmpty() && !bytes.endsWith('\n');
            for (std::string &message : messagesOf(bytes))
                received.push_back(std::move(message));
        }
        QVERIFY(cutOff > 0);
        QCOMPARE(received.size(), messages.size());
        for (std::size_t i = 0; i < received.size(); ++i)
            QVERIFY2(received[i] == messages[i], received[i].substr(0, 20).c_str());
        QTRY_COMPARE(handler.pending(), 0u);
        handler.close();
        QCOMPARE(tracker->heldInAll(), 0);
        QVERIFY(tracker->drops.empty());
        QVERIFY(errors.seen.empty());
    }

    void sendsWhatItKeptWithoutAFurtherRecord()
    {
        const int port = freePort();
        SocketHandler::Options options = towards(port);
        options.format = SocketHandler::Format::Json;
        options.keepUnsent = 1'000'000;
        options.retry.start = 0.02;
        options.retry.most = 0.02;
        SocketHandler handler(options);
        Errors errors(handler);
        handler.handle(Records({"one", "two"}).all());
        handler.handle(Records({"three"}).all());
        QCOMPARE(handler.pending(), 3u);
        IdleServer server(port);
        if (!server.isListening())
            QSKIP("another program has taken the port");
        auto connection = server.accept();
        QVERIFY(connection);
        QTRY_COMPARE(handler.pending(), 0u);
        handler.handle(Records({"four"}).all());
        handler.close();
        QCOMPARE(messagesOf(IdleServer::readAll(*connection)), (std::vector<std::string>{"one", "two", "three", "four"}));
        QVERIFY(errors.seen.empty());
    }

    void reportsWhatFallsOutOfTheMemory()
    {
        SocketHandler::Options options = towards(freePort());
        options.keepUnsent = 20'000;
        SocketHandler handler(options);
        handler.setName("out");
        Errors errors(handler);
        auto tracker = std::make_shared<CountingTracker>();
        Records records(numbered(100, 100));
        records.batch().setTracker(tracker);
        handler.handle(records.all());
        const std::size_t kept = handler.pending();
        QVERIFY2(kept > 10 && kept < 60, QByteArray::number(static_cast<qulonglong>(kept)).constData());
        QCOMPARE(errors.seen.size(), 100 - kept);
        QVERIFY(errors.seen[0].starts_with("0 x"));
        QVERIFY(errors.seen[0].find("There was no more room to keep it until it could be sent. No connection to ") !=
                std::string::npos);
        QCOMPARE(static_cast<std::size_t>(tracker->heldInAll()), kept);
        handler.close();
        QCOMPARE(handler.pending(), 0u);
        QCOMPARE(errors.seen.size(), 100u);
        QVERIFY(errors.seen[99].find("It had not been sent when the handler was closed.") != std::string::npos);
        QCOMPARE(tracker->heldInAll(), 0);
        QCOMPARE(tracker->drops.size(), 100u);
    }

    void accountsForWhatItStillKeepsAtItsEnd()
    {
        auto tracker = std::make_shared<CountingTracker>();
        {
            SocketHandler::Options options = towards(freePort());
            options.keepUnsent = 20'000;
            SocketHandler handler(options);
            Records records({"x"});
            records.batch().setTracker(tracker);
            handler.handle(records.all());
            QCOMPARE(tracker->heldInAll(), 1);
        }
        QCOMPARE(tracker->heldInAll(), 0);
        QCOMPARE(tracker->drops.size(), 1u);
    }

    void recordThatCannotBeWrittenKeepsBackNoOther()
    {
        for (const bool closeOnError : {false, true}) {
            IdleServer server;
            SocketHandler::Options options = towards(server.port());
            options.format = SocketHandler::Format::Json;
            options.closeOnError = closeOnError;
            SocketHandler handler(options);
            Errors errors(handler);
            Records records({"one", "%d", "two"});
            const std::array<Value, 1> args{Value::text("no number")};
            records.batch().records()[1].set(Attribute::Args, Value::sequence(Value::Kind::Tuple, args));
            handler.handle(records.all());
            handler.close();
            QCOMPARE(errors.seen.size(), 1u);
            QVERIFY(errors.seen[0].starts_with("%d: "));
            std::vector<std::string> messages = messagesOf(IdleServer::readAll(*server.accept()));
            if (closeOnError) {
                QCOMPARE(messages, std::vector<std::string>{"one"});
                messages = messagesOf(IdleServer::readAll(*server.accept()));
                QCOMPARE(messages, std::vector<std::string>{"two"});
            } else {
                QCOMPARE(messages, (std::vector<std::string>{"one", "two"}));
            }
        }
    }

    void unixSocketThatIsMissing()
    {
        ManualClock clock;
        QTemporaryDir dir;
        SocketHandler::Options options;
        options.host = dir.filePath(QStringLiteral("log.sock")).toStdString();
        options.retry.now = clock.reader();
        SocketHandler handler(options);
        Errors errors(handler);
        handler.handle(Records({"lost"}).all());
        QCOMPARE(errors.seen, std::vector<std::string>{"lost: No connection to " + options.host + ": No such file or directory."});
        BytesPeer peer("unix-stream", QString::fromStdString(options.host));
        clock.advance(1);
        handler.handle(Records({"arrives"}).all());
        handler.close();
        QVERIFY(peer.next().contains("arrives"));
        options.host = std::string(200, 'x');
        SocketHandler tooLong(options);
        Errors more(tooLong);
        tooLong.handle(Records({"lost"}).all());
        QCOMPARE(more.seen.size(), 1u);
    }

    void hostThatIsNotKnown()
    {
        SocketHandler::Options options = towards(9020);
        options.host = "no such host.invalid";
        SocketHandler handler(options);
        Errors errors(handler);
        handler.handle(Records({"lost"}).all());
        QCOMPARE(errors.seen.size(), 1u);
        QVERIFY(errors.seen[0].starts_with("lost: The host no such host.invalid is not known: "));
    }

    void connectsOverIPv6()
    {
        QTcpServer server;
        if (!server.listen(QHostAddress::LocalHostIPv6))
            QSKIP("this machine has no IPv6");
        SocketHandler::Options options = towards(server.serverPort());
        options.host = "::1";
        SocketHandler handler(options);
        Errors errors(handler);
        handler.handle(Records({"arrives"}).all());
        handler.close();
        QVERIFY(server.waitForNewConnection(10000));
        const std::unique_ptr<QTcpSocket> connection(server.nextPendingConnection());
        QVERIFY(IdleServer::readAll(*connection).contains("arrives"));
        QVERIFY(errors.seen.empty());
    }
};

QTEST_GUILESS_MAIN(SocketHandlerTest)
#include "SocketHandlerTest.moc"
