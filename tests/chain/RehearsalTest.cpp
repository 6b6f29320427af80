#include "chain/Rehearsal.h"
#include "ShowStrings.h"
#include "base/NativeFile.h"
#include "chain/NodeRegistry.h"
#include "chain/RehearsalComparison.h"
#include "chain/Router.h"
#include "chain/TestNodes.h"
#include "handler/MailServer.h"
#include "handler/Peers.h"
#include "handler/WebServer.h"
#include "record/Level.h"
#include "support/Patience.h"
#include "wire/JsonWriter.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <filesystem>

using namespace sluice;
using test::HandFedReceiver;

namespace {

constexpr Nanoseconds noon = 1'717'588'800 * nanosecondsPerSecond; // 2024-06-05 12:00 UTC

QJsonObject params(const char *json) { return QJsonDocument::fromJson(json).object(); }

ChainNode node(const std::string &id, const char *type, const QJsonObject &params = {})
{
    ChainNode node;
    node.id = id;
    node.type = NodeRegistry::builtin().find(type);
    node.params = params;
    return node;
}

/// Records a second apart, each tenth of them an error.
std::shared_ptr<LogRecordBatch> records(int count, int errorEach = 10)
{
    auto batch = std::make_shared<LogRecordBatch>();
    for (int i = 0; i < count; ++i) {
        LogRecord &record = batch->add();
        const bool isError = errorEach > 0 && i % errorEach == errorEach - 1;
        record.created = noon + i * nanosecondsPerSecond;
        record.set(Attribute::Name, Value::text(i % 3 == 0 ? "app.db" : "app.web"));
        record.set(Attribute::Levelno, Value::integer(isError ? level::Error : level::Info));
        record.set(Attribute::Levelname, Value::text(isError ? "ERROR" : "INFO"));
        record.set(Attribute::Msg, Value::text(batch->arena().copy("message " + std::to_string(i) + " with an é")));
        record.set(Attribute::Created, Value::real(static_cast<double>(record.created) / 1e9));
        record.set(Attribute::Msecs, Value::real(0));
    }
    return batch;
}

/// in → the nodes, one behind the other.
Chain chainOf(std::initializer_list<ChainNode> nodes)
{
    Chain chain;
    std::string before = chain.addNode(node("in", "SocketReceiver"));
    for (const ChainNode &each : nodes) {
        const auto &outputs = chain.node(before)->type->outputs();
        chain.addWire({before, outputs.front().name, each.id});
        before = chain.addNode(each);
    }
    return chain;
}

RehearsalResult rehearse(const Chain &chain, const LogRecordBatch &batch, const std::string &folder = "/no/such/folder")
{
    Rehearsal rehearsal(chain, folder);
    rehearsal.run(batch, "in");
    return rehearsal.result();
}

const RehearsedOutput &outputOf(const RehearsalResult &result, const char *id) { return *result.node(id)->output; }

/// The files of a folder, from the oldest line on: log.2, log.1, log; or by their stamps.
QByteArray contentOf(const QDir &folder, bool isNumbered, int &files)
{
    QStringList names = folder.entryList(QDir::Files, QDir::Name);
    std::ranges::sort(names, [&](const QString &a, const QString &b) {
        if (a == QStringLiteral("log") || b == QStringLiteral("log"))
            return a != QStringLiteral("log") && b == QStringLiteral("log");
        return isNumbered ? a.mid(4).toInt() > b.mid(4).toInt() : a < b;
    });
    QByteArray all;
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    files = static_cast<int>(names.size());
    return all;
}

std::uint64_t digestOf(const QByteArray &bytes)
{
    RehearsedOutput output;
    output.add(0, 1, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    return output.digest();
}

} // namespace

class RehearsalTest : public QObject
{
    Q_OBJECT

    Certificate m_certificate;

    /// What really comes of a chain by the records' clock.
    static void runReally(const Chain &chain, const LogRecordBatch &batch, const std::string &folder)
    {
        const QTemporaryDir input;
        QFile lines(input.filePath(QStringLiteral("in.jsonl")));
        QVERIFY(lines.open(QIODevice::WriteOnly));
        std::string text;
        for (const LogRecord &record : batch.records()) {
            appendJson(record, text);
            text += '\n';
        }
        lines.write(text.data(), static_cast<qint64>(text.size()));
        lines.close();
        RouterOptions options;
        options.baseDirectory = folder;
        options.recordClock = true;
        options.input = lines.fileName().toStdString();
        Router router(chain, options);
        router.start();
        QVERIFY(router.waitUntilFinished(30'000));
        router.stop();
        QCOMPARE(router.status().total().dropped, 0u);
    }

    /// What comes of a chain whose receiver gives a batch as it is, all of it at a time, by the records' clock.
    static void runAtOnce(Chain chain, const std::shared_ptr<LogRecordBatch> &batch)
    {
        const auto receiver = std::make_shared<HandFedReceiver>();
        const Node<test::NoConfig> type = test::nodeOf(receiver);
        chain.node("in")->type = &type;
        RouterOptions options;
        options.baseDirectory = "/";
        options.recordClock = true;
        Router router(chain, options);
        router.start();
        QVERIFY(receiver->sink().accept(batch, "peer"));
        receiver->finish();
        QVERIFY(router.waitUntilFinished(test::patience));
        router.stop();
        QCOMPARE(router.status().total().dropped, 0u);
    }

    /// What comes of a handler that is given records together.
    static void handleTogether(const ChainNode &node, const LogRecordBatch &batch)
    {
        NodeContext context;
        context.baseDirectory = "/";
        context.recordClock = true;
        auto made = node.type->create(node.params, context);
        QVERIFY2(made.ok(), made.ok() ? "" : made.error().text.c_str());
        const auto handler = std::get<std::shared_ptr<Handler>>(*made);
        std::vector<const LogRecord *> together;
        for (const LogRecord &record : batch.records())
            together.push_back(&record);
        handler->handle(together);
        handler->close();
        QCOMPARE(handler->counters().failed, 0u);
    }

    /// Compares what a rehearsal would send with what a peer got, piece by piece as far as it keeps them, and all bytes.
    static void compare(const RehearsedOutput &output, const std::vector<std::string> &sent)
    {
        for (std::size_t i = 0; i < std::min(sent.size(), output.firstSamples().size()); ++i) {
            const RehearsedOutput::Sample &sample = output.firstSamples()[i];
            QCOMPARE(QByteArray::fromStdString(sample.bytes), QByteArray::fromStdString(sample.isCut ? sent[i].substr(0, sample.bytes.size()) : sent[i]));
        }
        QCOMPARE(output.pieces(), static_cast<std::uint64_t>(sent.size()));
        QByteArray all;
        for (const std::string &piece : sent)
            all += QByteArray::fromStdString(piece);
        QCOMPARE(output.bytes(), static_cast<std::uint64_t>(all.size()));
        QVERIFY(output.digest() == digestOf(all));
    }

    /// Records with what mails and requests may trip over.
    static std::shared_ptr<LogRecordBatch> oddRecords(int count)
    {
        static constexpr const char *texts[] = {"plain", "", ".a dot\n.\n..two\n", "line ends\r\nof all\rkinds\n", "Ümläute and \xE2\x82\xAC \xF0\x9F\x98\x80", "a&b=c d+e/%2F?#\t\"\\",
                                                "From here\nFrom there", "tail  \n  "};
        auto batch = records(count);
        std::size_t i = 0;
        for (LogRecord &record : batch->records()) {
            if (i % std::size(texts) != 0)
                record.set(Attribute::Msg, Value::text(texts[i % std::size(texts)]));
            if (i == 9)
                record.set(Attribute::Msg, Value::text(batch->arena().copy(std::string(3000, 'x') + " " + std::string(2000, 'y'))));
            ++i;
        }
        return batch;
    }

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void mailsAreThoseOfARun_data()
    {
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<int>("capacity");
        QTest::newRow("one recipient") << QByteArray(R"({"toaddrs": ["ops@example.org"], "subject": "Trouble"})") << 0;
        QTest::newRow("several, with names") << QByteArray(R"({"toaddrs": ["ops@example.org", "Night <night@example.org>", "third@example.org"], "subject": ""})") << 0;
        QTest::newRow("a subject in other letters") << QByteArray(R"({"toaddrs": ["ops@example.org"], "subject": "Störung: die Platte ist voll, und das schon seit heute Mittag, und keiner hat es gesehen"})") << 0;
        QTest::newRow("a formatter") << QByteArray(R"({"toaddrs": ["ops@example.org"], "subject": "x", "formatter": {"format": "%(asctime)s %(levelname)-8s %(name)s: %(message)s"}})") << 0;
        QTest::newRow("a digest") << QByteArray(R"({"toaddrs": ["ops@example.org", "b@example.org"], "subject": "Trouble", "digest": true})") << 100;
        QTest::newRow("a limit of mails") << QByteArray(R"({"toaddrs": ["ops@example.org"], "subject": "Trouble", "rateLimit": 3, "ratePeriod": 20})") << 0;
    }

    void mailsAreThoseOfARun()
    {
        QFETCH(QByteArray, more);
        QFETCH(int, capacity);
        test::MailServer server("plain", m_certificate);
        QJsonObject given = params(more.constData());
        given.insert(u"mailhost", QJsonArray{QStringLiteral("127.0.0.1"), server.port()});
        given.insert(u"fromaddr", QStringLiteral("Logs <logs@example.org>"));
        given.insert(u"timeout", 60);
        const ChainNode mail = node("mail", "SMTPHandler", given);
        const Chain chain = capacity == 0 ? chainOf({mail}) : chainOf({node("buffer", "MemoryHandler", {{QStringLiteral("capacity"), capacity}, {QStringLiteral("flushLevel"), 100}}), mail});
        QVERIFY(chain.check().empty());
        constexpr int count = 100;
        const RehearsalResult rehearsed = rehearse(chain, *oddRecords(count));
        const RehearsedOutput &output = outputOf(rehearsed, "mail");
        runAtOnce(chain, oddRecords(count));
        std::vector<std::string> sent;
        for (std::uint64_t i = 0; i < output.pieces(); ++i) {
            const QJsonObject got = server.nextMail();
            QCOMPARE(got.value(u"from").toString(), QStringLiteral("logs@example.org"));
            sent.push_back(QByteArray::fromHex(got.value(u"data").toString().toLatin1()).toStdString());
        }
        compare(output, sent);
        // What is still held in a rehearsal goes out when a run ends.
        QCOMPARE(server.rest().trimmed().isEmpty(), rehearsed.node("mail")->status.pending == 0);
    }

    void requestsAreThoseOfARun_data()
    {
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<bool>("together");
        QTest::newRow("GET") << QByteArray(R"({"url": "/log"})") << false;
        QTest::newRow("GET with a query") << QByteArray(R"({"url": "/a/../b?x=1&y=%20"})") << false;
        QTest::newRow("POST") << QByteArray(R"({"url": "/log?x", "method": "POST"})") << false;
        QTest::newRow("connections that are kept") << QByteArray(R"({"url": "/log", "method": "POST", "keepAlive": true})") << false;
        QTest::newRow("JSON") << QByteArray(R"({"url": "/log", "method": "POST", "body": "json"})") << false;
        QTest::newRow("JSON in batches") << QByteArray(R"({"url": "/log", "method": "POST", "body": "json", "batch": 10})") << true;
        QTest::newRow("NDJSON in batches") << QByteArray(R"({"url": "/log", "method": "POST", "body": "ndjson", "batch": 7})") << true;
        QTest::newRow("OTLP in batches") << QByteArray(R"({"url": "/v1/logs", "method": "POST", "body": "otlp", "batch": 50, "serviceName": "shöp"})") << true;
        QTest::newRow("batches of bytes") << QByteArray(R"({"url": "/log", "method": "POST", "body": "json", "batch": 100, "batchBytes": 4096})") << true;
        QTest::newRow("packed") << QByteArray(R"({"url": "/log", "method": "POST", "body": "json", "batch": 10, "gzip": true})") << true;
        QTest::newRow("headers") << QByteArray(R"({"url": "/log", "method": "POST", "body": "json", "headers": {"X-Team": "logs", "X-None": ""}})") << false;
        QTest::newRow("a password") << QByteArray(R"({"url": "/log", "method": "POST", "credentials": {"username": "me", "password": "secret"}})") << false;
    }

    void requestsAreThoseOfARun()
    {
        QFETCH(QByteArray, more);
        QFETCH(bool, together);
        test::WebServer server;
        QJsonObject given = params(more.constData());
        given.insert(u"host", QString::fromStdString(server.host()));
        given.insert(u"timeout", 60);
        const ChainNode web = node("web", "HTTPHandler", given);
        const Chain chain = chainOf({web});
        QVERIFY(chain.check().empty());
        constexpr int count = 100;
        const RehearsalResult rehearsed = rehearse(chain, *oddRecords(count));
        const RehearsedOutput &output = outputOf(rehearsed, "web");
        // How many go into a request in a run, the queue before the handler decides; what it is given together is one here as there.
        if (together)
            handleTogether(web, *oddRecords(count));
        else
            runAtOnce(chain, oddRecords(count));
        std::vector<std::string> sent;
        for (std::uint64_t i = 0; i < output.pieces(); ++i) {
            QByteArray request = QByteArray::fromStdString(server.nextRequest());
            // What may be a secret is the only thing that a rehearsal says otherwise.
            request.replace("X-Team: logs\r\n", "X-Team: (hidden)\r\n");
            request.replace("Authorization: Basic " + QByteArray("me:secret").toBase64(), "Authorization: Basic " + QByteArray("me:…").toBase64());
            sent.push_back(request.toStdString());
        }
        compare(output, sent);
        QCOMPARE(server.rest(), QByteArray());
    }

    /// The bytes, and where new files begin, are those of a real run.
    void filesWouldGetWhatARunWrites_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("isNumbered");
        const QByteArray format = R"("filename": "log", "encoding": "utf-8", "formatter": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"})";
        QTest::newRow("plain") << QByteArray("FileHandler") << "{" + format + "}" << true;
        QTest::newRow("utf-16") << QByteArray("FileHandler") << QByteArray(R"({"filename": "log", "encoding": "utf-16"})") << true;
        QTest::newRow("by size") << QByteArray("RotatingFileHandler") << "{" + format + R"(, "maxBytes": 5000, "backupCount": 1000})" << true;
        QTest::newRow("without backups") << QByteArray("RotatingFileHandler") << "{" + format + R"(, "maxBytes": 5000, "backupCount": 0})" << true;
        QTest::newRow("by time") << QByteArray("TimedRotatingFileHandler") << "{" + format + R"(, "when": "M", "interval": 7})" << false;
        QTest::newRow("by time and size") << QByteArray("TimedRotatingFileHandler") << "{" + format + R"(, "when": "M", "interval": 7, "maxBytes": 9000})" << false;
    }

    void filesWouldGetWhatARunWrites()
    {
        QFETCH(const QByteArray, type);
        QFETCH(const QByteArray, json);
        QFETCH(const bool, isNumbered);
        const QTemporaryDir folder;
        Chain chain = chainOf({node("log", type.constData(), params(json.constData()))});
        const auto batch = records(2000);
        const RehearsalResult rehearsed = rehearse(chain, *batch);
        runReally(chain, *batch, folder.path().toStdString());
        int files = 0;
        const QByteArray content = contentOf(QDir(folder.path()), isNumbered, files);
        const RehearsedOutput &output = outputOf(rehearsed, "log");
        QCOMPARE(output.bytes(), static_cast<std::uint64_t>(content.size()));
        QVERIFY(output.digest() == digestOf(content));
        QCOMPARE(output.eventCount() + 1, static_cast<std::uint64_t>(files));
        QCOMPARE(output.records(), 2000u);
        QCOMPARE(output.piecesInWords(), std::string("2,000 lines"));
        QCOMPARE(output.firstTime(), noon);
        QCOMPARE(output.lastTime(), noon + 1999 * nanosecondsPerSecond);
    }

    void newFilesBearTheNamesThatARunGives()
    {
        const Chain chain = chainOf({node("log", "TimedRotatingFileHandler", params(R"({"filename": "app.log", "when": "M", "utc": true})"))});
        const RehearsalResult result = rehearse(chain, *records(130));
        const auto &events = outputOf(result, "log").events();
        QCOMPARE(events.size(), 2u);
        QCOMPARE(events[0].words, std::string("app.log becomes app.log.2024-06-05_12-00"));
        QCOMPARE(events[0].time, noon + 60 * nanosecondsPerSecond);
        QCOMPARE(events[1].words, std::string("app.log becomes app.log.2024-06-05_12-01"));
    }

    void socketsWouldSendWhatARunSends()
    {
        test::BytesPeer peer("tcp");
        QJsonObject given = params(R"({"host": "127.0.0.1"})");
        given.insert(u"port", peer.port());
        Chain chain = chainOf({node("peer", "SocketHandler", given)});
        const auto batch = records(300);
        const RehearsalResult rehearsed = rehearse(chain, *batch);
        QCOMPARE(outputOf(rehearsed, "peer").piecesInWords(), std::string("300 frames"));
        runReally(chain, *batch, "/");
        const QByteArray sent = peer.next();
        QCOMPARE(outputOf(rehearsed, "peer").bytes(), static_cast<std::uint64_t>(sent.size()));
        QVERIFY(outputOf(rehearsed, "peer").digest() == digestOf(sent));
    }

    void syslogWouldSendWhatARunSends()
    {
        test::BytesPeer peer("tcp");
        QJsonObject given = params(R"({"socktype": "tcp", "format": "rfc5424", "hostname": "here", "framing": "octet-counted"})");
        given.insert(u"address", QJsonArray{QStringLiteral("127.0.0.1"), peer.port()});
        Chain chain = chainOf({node("peer", "SysLogHandler", given)});
        const auto batch = records(100);
        const RehearsalResult rehearsed = rehearse(chain, *batch);
        QCOMPARE(outputOf(rehearsed, "peer").piecesInWords(), std::string("100 messages"));
        QVERIFY(outputOf(rehearsed, "peer").firstSamples().front().bytes.find("<14>1 2024-06-05T12:00:00") != std::string::npos);
        runReally(chain, *batch, "/");
        QVERIFY(outputOf(rehearsed, "peer").digest() == digestOf(peer.next()));
    }

    void aBufferMailsWhatLedToAnError()
    {
        const Chain chain = chainOf({node("buffer", "MemoryHandler", params(R"({"capacity": 50})")),
                                     node("mail", "SMTPHandler", params(R"({"mailhost": "mail.example.org", "fromaddr": "a@example.org",
                                          "toaddrs": ["ops@example.org"], "subject": "Trouble", "digest": true})"))});
        QVERIFY(chain.check().empty());
        // Errors at 100, 200, 300: the buffer is passed on when it is full, and then with what led to the error.
        const RehearsalResult result = rehearse(chain, *records(325, 100));
        const RehearsedOutput &mails = outputOf(result, "mail");
        QCOMPARE(mails.piecesInWords(), std::string("6 mails"));
        QCOMPARE(mails.records(), 300u);
        QCOMPARE(mails.firstSamples()[1].title, std::string("Trouble (50 records, up to ERROR)"));
        QVERIFY(mails.firstSamples()[1].bytes.find("To: ops@example.org") != std::string::npos);
        QCOMPARE(result.node("buffer")->status.pending, 25u);
        QCOMPARE(result.node("buffer")->status.received, 325u);
    }

    void limitsOfTimeGoByTheRecords()
    {
        // 1 a second for 200 s, and 3 mails a minute: three at once in each period, and one with the rest when it is over.
        const Chain chain = chainOf({node("mail", "SMTPHandler", params(R"({"mailhost": "m", "fromaddr": "a@b", "toaddrs": ["c@d"], "rateLimit": 3, "ratePeriod": 60})"))});
        const RehearsalResult result = rehearse(chain, *records(200));
        const RehearsedOutput &mails = outputOf(result, "mail");
        QVERIFY2(mails.pieces() >= 9 && mails.pieces() <= 12, mails.piecesInWords().c_str());
        QCOMPARE(mails.records() + result.node("mail")->status.pending, 200u);

        const Chain desktop = chainOf({node("bell", "NotificationHandler", params(R"({"interval": 60})"))});
        const RehearsalResult shown = rehearse(desktop, *records(200));
        QVERIFY2(outputOf(shown, "bell").pieces() <= 5 && outputOf(shown, "bell").pieces() >= 4, outputOf(shown, "bell").piecesInWords().c_str());
    }

    void requestsShowNoSecret()
    {
        qputenv("SLUICE_TEST_TOKEN", "hunter2");
        const Chain chain = chainOf({node("web", "HTTPHandler", params(R"({"host": "h:1", "url": "/log", "method": "POST", "body": "json",
            "headers": {"X-Token": "${env:SLUICE_TEST_TOKEN}", "X-Other": "hunter3"}, "credentials": {"username": "me", "password": "hunter4"}})"))});
        const RehearsalResult result = rehearse(chain, *records(3));
        const RehearsedOutput &output = outputOf(result, "web");
        QCOMPARE(output.piecesInWords(), std::string("3 requests"));
        const std::string &request = output.firstSamples().front().bytes;
        QVERIFY2(request.starts_with("POST /log HTTP/1.1\r\n") && request.find("X-Token: (hidden)") != std::string::npos, request.c_str());
        QVERIFY(request.find("\"message 0") != std::string::npos);
        QVERIFY2(request.find("hunter") == std::string::npos, request.c_str());
        QVERIFY(request.find("aHVudGVy") == std::string::npos); // in Base64
    }

    void theWorldOutsideIsLeftAlone()
    {
        const QTemporaryDir folder;
        QFile there(folder.filePath(QStringLiteral("there.log")));
        QVERIFY(there.open(QIODevice::WriteOnly) && there.write("as it was\n") > 0);
        there.close();
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        Chain chain;
        chain.addNode(node("in", "SocketReceiver", {{QStringLiteral("port"), server.serverPort()}})); // would fail to listen
        QJsonObject peer = params(R"({"host": "127.0.0.1"})");
        peer.insert(u"port", server.serverPort());
        const QString address = QStringLiteral("127.0.0.1:%1").arg(server.serverPort());
        chain.addNode(node("new", "FileHandler", params(R"({"filename": "new.log"})")));
        chain.addNode(node("emptied", "FileHandler", params(R"({"filename": "there.log", "mode": "w"})")));
        chain.addNode(node("rotated", "RotatingFileHandler", params(R"({"filename": "there.log", "maxBytes": 20, "backupCount": 3})")));
        chain.addNode(node("peer", "SocketHandler", peer));
        chain.addNode(node("web", "HTTPHandler", {{QStringLiteral("host"), address}, {QStringLiteral("url"), QStringLiteral("/")}}));
        chain.addNode(node("mail", "SMTPHandler", {{QStringLiteral("mailhost"), QJsonArray{QStringLiteral("127.0.0.1"), server.serverPort()}},
                                                    {QStringLiteral("fromaddr"), QStringLiteral("a@b")}, {QStringLiteral("toaddrs"), QJsonArray{QStringLiteral("c@d")}}}));
        chain.addNode(node("bell", "NotificationHandler"));
        chain.addNode(node("events", "NTEventLogHandler", params(R"({"appname": "x"})")));
        chain.addNode(node("screen", "StreamHandler"));
        std::vector<std::string> ids;
        for (const ChainNode &each : chain.nodes())
            ids.push_back(each.id);
        for (std::size_t i = 1; i < ids.size(); ++i)
            chain.addWire({"in", "out", ids[i]});
        const RehearsalResult result = rehearse(chain, *records(500), folder.path().toStdString());
        for (std::size_t i = 1; i < ids.size(); ++i) {
            QVERIFY2(result.node(ids[i])->output && result.node(ids[i])->output->records() > 0, ids[i].c_str());
            QCOMPARE(result.node(ids[i])->status.dropped, 0u);
        }
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("there.log")});
        QVERIFY(there.open(QIODevice::ReadOnly));
        QCOMPARE(there.readAll(), QByteArray("as it was\n"));
        QVERIFY(!server.waitForNewConnection(50));
    }

    void loggersFiltersAndQueuesAreTheRealOnes()
    {
        Chain chain;
        chain.addNode(node("in", "SocketReceiver"));
        chain.addNode(node("root", "Logger", params(R"({"level": "ERROR"})")));
        chain.addNode(node("db", "Logger", params(R"({"name": "app.db", "level": "DEBUG"})")));
        chain.addNode(node("queue", "QueueHandler", params(R"({"capacity": 5, "formatter": {"format": "%(name)s: %(message)s"}})")));
        chain.addNode(node("only", "ExpressionFilter", {{QStringLiteral("expression"), QStringLiteral("message ~ 'message 1'")}}));
        chain.addNode(node("a", "StreamHandler"));
        chain.addNode(node("b", "StreamHandler"));
        chain.addWire({"in", "out", "root"});
        chain.addWire({"in", "out", "only"});
        chain.addWire({"root", "out", "queue"});
        chain.addWire({"queue", "handlers", "a"});
        chain.addWire({"only", "out", "b"});
        QVERIFY(chain.check().empty());
        const RehearsalResult result = rehearse(chain, *records(300));
        // app.db logs all of its 100; of the other 200 come the errors alone.
        QCOMPARE(result.node("queue")->status.received, outputOf(result, "a").records());
        QCOMPARE(result.node("queue")->status.dropped, 0u); // 5 would not do at this speed
        QCOMPARE(outputOf(result, "a").records(), 120u);
        QCOMPARE(outputOf(result, "a").firstSamples().front().bytes, std::string("app.db: message 0 with an é\n"));
        QCOMPARE(result.node("only")->status.received, 300u);
        QCOMPARE(result.node("only")->passed(), outputOf(result, "b").records());
        QCOMPARE(result.node("only")->passed(), 111u);
    }

    void recordsOfUnknownReceiversEnterAsAReplay()
    {
        const Chain chain = chainOf({node("out", "StreamHandler")});
        Rehearsal rehearsal(chain, "/");
        const auto batch = records(7);
        rehearsal.run(*batch, "elsewhere");
        const RehearsalResult result = rehearsal.result();
        QCOMPARE(outputOf(result, "out").records(), 7u);
        QCOMPARE(result.node("in")->status.received, 0u);
        QCOMPARE(result.records, 7u);
    }

    void memoryIsBounded()
    {
        const Chain chain = chainOf({node("log", "RotatingFileHandler", params(R"({"filename": "x", "maxBytes": 60, "backupCount": 1})"))});
        const RehearsalResult result = rehearse(chain, *records(5000));
        const RehearsedOutput &output = outputOf(result, "log");
        QCOMPARE(output.firstSamples().size(), RehearsedOutput::maxSamples);
        QCOMPARE(output.lastSamples().size(), RehearsedOutput::maxSamples);
        QCOMPARE(output.lastSamples().back().bytes, "message 4999 with an é" + std::string(NativeFile::newline));
        QCOMPARE(output.events().size(), RehearsedOutput::maxEvents);
        QVERIFY(output.eventCount() > RehearsedOutput::maxEvents);

        RehearsedOutput large;
        large.add(0, 1, std::string(1'000'000, 'x'));
        QCOMPARE(large.firstSamples().front().bytes.size(), RehearsedOutput::maxSampleBytes);
        QVERIFY(large.firstSamples().front().isCut);
        QCOMPARE(large.bytes(), 1'000'000u);
    }

    void comparesByWhatWouldHaveGoneOut()
    {
        const auto batch = records(100);
        const Chain before = chainOf({node("log", "FileHandler", params(R"({"filename": "x"})"))});
        Chain other = chainOf({node("log", "FileHandler", params(R"({"filename": "x", "formatter": {"format": "%(message)s!"}})"))});
        other.addNode(node("errors", "FileHandler", params(R"({"filename": "y", "level": "ERROR"})")));
        other.addWire({"in", "out", "errors"});
        const RehearsalResult running = rehearse(before, *batch);
        const std::vector<NodeComparison> same = compareRehearsals(running, rehearse(before, *batch));
        QVERIFY(std::ranges::none_of(same, &NodeComparison::differs));
        const std::vector<NodeComparison> nodes = compareRehearsals(running, rehearse(other, *batch));
        QCOMPARE(nodes.size(), 3u);
        QVERIFY(!nodes[0].differs());
        QVERIFY(nodes[1].differs());
        QCOMPARE(NodeComparison::inWords(*nodes[1].running), std::string("100 lines, 2,190 bytes"));
        QVERIFY(nodes[2].differs() && !nodes[2].running);
        QCOMPARE(NodeComparison::inWords(*nodes[2].edited), std::string("10 lines, 219 bytes, 90 held back"));
        const std::vector<NodeComparison> back = compareRehearsals(rehearse(other, *batch), running);
        QCOMPARE(back.back().id, std::string("errors"));
        QVERIFY(!back.back().edited);
    }
};

QTEST_GUILESS_MAIN(RehearsalTest)
#include "RehearsalTest.moc"
