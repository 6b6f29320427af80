#include "ShowStrings.h"
#include "receiver/RecordingSink.h"
#include "support/Certificate.h"
#include "support/Patience.h"
#include "support/Python.h"

#include "handler/HTTPHandler.h"
#include "receiver/HttpReceiver.h"
#include "record/Level.h"
#include "record/LogRecordBatch.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTemporaryDir>

#include <thread>

using namespace sluice;

namespace {

struct Listening
{
    RecordingSink sink;
    HttpReceiver receiver;

    explicit Listening(HttpReceiverConfig config = {}, HttpReceiver::Secrets secrets = {})
        : receiver(anyPort(std::move(config)), std::move(secrets))
    {
        const Status status = receiver.start(sink);
        if (!status)
            qFatal("%s", status.error().text.c_str());
    }

    static HttpReceiverConfig anyPort(HttpReceiverConfig config)
    {
        config.port = 0;
        return config;
    }

    QString host() const { return QStringLiteral("127.0.0.1:%1").arg(receiver.port()); }

    /// Runs curl and gives what it printed: the statuses, one behind the other, and the bodies.
    QByteArray curl(const QStringList &arguments, const QByteArray &input = {}) const
    {
        const PythonResult result = runProgram(
            QStringLiteral("curl"), QStringList{QStringLiteral("-sS"), QStringLiteral("-q"), QStringLiteral("--noproxy"),
                                                QStringLiteral("*"), QStringLiteral("-w"), QStringLiteral("%{http_code} ")} +
                                        arguments,
            input);
        return result.ok ? result.output : "curl failed: " + result.errors + result.output;
    }
};

QStringList words(const char *text) { return QString::fromUtf8(text).split(QLatin1Char(' ')); }

/// A client of few words.
class RawClient
{
public:
    explicit RawClient(std::uint16_t port)
    {
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        if (!m_socket.waitForConnected())
            qFatal("no connection");
    }

    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.waitForBytesWritten();
    }

    /// The next answer's status line, with its body, if it has one.
    QByteArray answer()
    {
        qsizetype end = 0;
        m_came += m_socket.readAll(); // what came while it was sending, which waitForReadyRead() does not tell of
        while ((end = m_came.indexOf("\r\n\r\n")) < 0) {
            if (!m_socket.waitForReadyRead(30000))
                return "closed";
            m_came += m_socket.readAll();
        }
        const QByteArray head = m_came.left(end);
        m_came.remove(0, end + 4);
        qsizetype length = 0;
        for (const QByteArray &line : head.split('\n')) {
            if (line.startsWith("Content-Length: "))
                length = line.mid(16).trimmed().toLongLong();
        }
        while (m_came.size() < length && m_socket.waitForReadyRead(30000))
            m_came += m_socket.readAll();
        const QByteArray body = m_came.left(length);
        m_came.remove(0, length);
        m_lastHead = head;
        return head.mid(9, 3) + (length ? " " + body.trimmed() : QByteArray());
    }

    bool isClosed()
    {
        return m_socket.state() == QAbstractSocket::UnconnectedState || m_socket.waitForDisconnected(30000);
    }

    const QByteArray &lastHead() const { return m_lastHead; }

private:
    QTcpSocket m_socket;
    QByteArray m_came;
    QByteArray m_lastHead;
};

QByteArray post(const QByteArray &body, const QByteArray &headers = "Content-Type: application/json\r\n",
                const QByteArray &path = "/")
{
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}


} // namespace

class HttpReceiverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void receivesWhatPythonsHTTPHandlerSends_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<int>("count");
        QTest::newRow("GET") << QStringLiteral("GET") << 200;
        QTest::newRow("GET behind a query") << QStringLiteral("GET") << 21;
        QTest::newRow("POST") << QStringLiteral("POST") << 200;
    }

    void receivesWhatPythonsHTTPHandlerSends()
    {
        QFETCH(QString, method);
        QFETCH(int, count);
        Listening server;
        const PythonResult python =
            runPython("tests/receiver/send_http.py", {method, server.host(), QString::number(count)});
        QVERIFY2(python.ok, python.errors.constData());
        compareRecords(server, python, count % 2 && method == QLatin1String("GET"));
    }

    void speaksTlsAndAsksForCredentials()
    {
        const Certificate certificate;
        QVERIFY(certificate.isMade());
        HttpReceiverConfig config;
        config.username = "ada";
        HttpReceiver::Secrets secrets;
        secrets.password = "größe: 1";
        secrets.tls.certfile = certificate.certFile().toStdString();
        secrets.tls.keyfile = certificate.keyFile().toStdString();
        Listening server(config, secrets);
        const auto send = [&](const char *password) {
            return runPython("tests/receiver/send_http.py",
                             {QStringLiteral("POST"), server.host(), QStringLiteral("20"), QStringLiteral("ada"),
                              QString::fromUtf8(password), certificate.certFile()});
        };
        const PythonResult good = send("größe: 1");
        QVERIFY2(good.ok, good.errors.constData());
        compareRecords(server, good, false);
        QVERIFY(server.sink.rejections().empty());

        const PythonResult bad = send("wrong");
        QVERIFY(!bad.ok);
        QVERIFY2(bad.errors.contains("answered 401 b'The credentials are wrong."), bad.errors.constData());
        QCOMPARE(server.sink.records().size(), 20u);
        // Nobody reads in the ledger what somebody tried as a password.
        QCOMPARE(server.sink.rejections().size(), 1u);
        QCOMPARE(server.sink.rejections()[0], std::string("The credentials are wrong.|b'POST /log HTTP/1.1'"));
    }

    void takesATokenInItsPlace()
    {
        HttpReceiver::Secrets secrets;
        secrets.token = "s3cret";
        Listening server({}, secrets);
        const QString url = QStringLiteral("http://%1/?msg=x").arg(server.host());
        const QString header = QStringLiteral("Authorization: ");
        QCOMPARE(server.curl({url}), QByteArray("Credentials are needed here.\n401 "));
        for (const char *wrong : {"Bearer s3cre", "Bearer s3crets", "Bearer S3cret", "Basic s3cret", "Bearer", "s3cret"})
            QCOMPARE(server.curl({url, QStringLiteral("-H"), header + QString::fromLatin1(wrong)}).right(4), QByteArray("401 "));
        QVERIFY(server.sink.records().empty());
        QCOMPARE(server.curl({url, QStringLiteral("-H"), header + QStringLiteral("bearer s3cret")}), QByteArray("204 "));
        QCOMPARE(server.sink.records().size(), 1u);
    }

    void takesWhatCurlSends()
    {
        Listening server;
        const QString url = QStringLiteral("http://%1/log").arg(server.host());
        const QStringList json = {QStringLiteral("-H"), QStringLiteral("Content-Type: application/json; charset=utf-8")};
        const QStringList lines = {QStringLiteral("-H"), QStringLiteral("Content-Type: application/x-ndjson")};
        const QStringList input = {QStringLiteral("--data-binary"), QStringLiteral("@-")};
        QCOMPARE(server.curl(json + input + QStringList{url}, R"({"msg": "one", "level": "warning", "n": [1]})"), QByteArray("204 "));
        QCOMPARE(server.curl(json + input + QStringList{url}, R"([{"msg": "two"}, {"msg": "three"}])"), QByteArray("204 "));
        QCOMPARE(server.curl(lines + input + QStringList{url}, "{\"msg\": \"four\"}\n\n{\"msg\": \"five\"}\r\n{\"msg\": \"six\"}"),
                 QByteArray("204 "));
        // What curl calls a form.
        QCOMPARE(server.curl({QStringLiteral("-d"), QStringLiteral(" {\"msg\": \"seven\"}"), url}), QByteArray("204 "));
        QCOMPARE(server.curl(words("-d name=shell --data-urlencode msg=8&9") + QStringList{url}), QByteArray("204 "));
        QCOMPARE(server.curl({QStringLiteral("-G"), QStringLiteral("--data-urlencode"), QStringLiteral("msg=größe"), url}),
                 QByteArray("204 "));
        const std::vector<std::string> records = server.sink.records();
        QCOMPARE(records.size(), 9u);
        const char *const messages[] = {"one", "two", "three", "four", "five", "six", "seven", "8&9", "größe"};
        for (std::size_t i = 0; i < records.size(); ++i)
            QVERIFY2(records[i].find("\"msg\": \"" + std::string(messages[i]) + "\"") != std::string::npos, records[i].c_str());
        QVERIFY(records[0].find(R"("levelname": "WARNING", "levelno": 30)") != std::string::npos);
        QVERIFY(records[0].ends_with(R"("level": "warning", "n": [1]})"));
        QVERIFY(records[7].starts_with(R"({"name": "shell")"));
    }

    void takesChunkedAndCompressedBodies()
    {
        Listening server;
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("body"));
        QByteArray body;
        for (int i = 0; i < 20000; ++i)
            body += "{\"msg\": \"record " + QByteArray::number(i) + " of many, as long as lines are\"}\n";
        QFile plain(file);
        QVERIFY(plain.open(QIODevice::WriteOnly) && plain.write(body) == body.size());
        plain.close();
        QVERIFY(runProgram(QStringLiteral("gzip"), {QStringLiteral("-k"), file}).ok);
        const QString url = QStringLiteral("http://%1/log").arg(server.host());
        const QStringList type = {QStringLiteral("-H"), QStringLiteral("Content-Type: application/x-ndjson"), url};
        // Above a megabyte curl waits for 100 Continue.
        QVERIFY(body.size() > 1024 * 1024);
        QCOMPARE(server.curl(QStringList{QStringLiteral("--data-binary"), QStringLiteral("@") + file} + type), QByteArray("204 "));
        QCOMPARE(server.sink.records().size(), 20000u);
        QCOMPARE(server.curl(QStringList{QStringLiteral("-H"), QStringLiteral("Transfer-Encoding: chunked"), QStringLiteral("-T"), file,
                              QStringLiteral("-X"), QStringLiteral("POST")} + type),
                 QByteArray("204 "));
        QCOMPARE(server.sink.records().size(), 40000u);
        QCOMPARE(server.curl(QStringList{QStringLiteral("-H"), QStringLiteral("Content-Encoding: gzip"), QStringLiteral("--data-binary"),
                              QStringLiteral("@") + file + QStringLiteral(".gz")} + type),
                 QByteArray("204 "));
        const std::vector<std::string> records = server.sink.records();
        QCOMPARE(records.size(), 60000u);
        for (const std::size_t i : {0, 19999, 20000, 59999})
            QVERIFY(records[i].find("\"record " + std::to_string(i % 20000) + " of many") != std::string::npos);
        QVERIFY(server.sink.rejections().empty());
    }

    void keepsConnections()
    {
        Listening server;
        const QString url = QStringLiteral("http://%1/?msg=[1-5]").arg(server.host());
        const QByteArray out = server.curl({QStringLiteral("-w"), QStringLiteral("%{http_code}:%{num_connects} "), url});
        QCOMPARE(out, QByteArray("204:1 204:0 204:0 204:0 204:0 "));

        // One behind the other, without waiting for answers.
        RawClient client(server.receiver.port());
        client.send(post("{\"msg\": 1}") + post("nonsense") + post("{\"msg\": 2}", "Connection: close\r\nContent-Type: application/json\r\n"));
        QCOMPARE(client.answer(), QByteArray("204"));
        QCOMPARE(client.answer(), QByteArray("400 Expecting value at column 1."));
        QCOMPARE(client.answer(), QByteArray("204"));
        QVERIFY(client.lastHead().contains("Connection: close"));
        QVERIFY(client.isClosed());
        QCOMPARE(server.sink.records().size(), 7u);
    }

    void takesOtlp()
    {
        Listening server;
        const QString url = QStringLiteral("http://%1/v1/logs").arg(server.host());
        const QStringList arguments = {QStringLiteral("-H"), QStringLiteral("Content-Type: application/json"),
                                       QStringLiteral("--data-binary"), QStringLiteral("@-"), url};
        QByteArray request = R"({"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},)"
                             R"("scopeLogs":[{"logRecords":[{"timeUnixNano":"1700000000250000000","severityNumber":17,)"
                             R"("severityText":"ERROR","body":{"stringValue":"broken"}} ]}]}]})";
        QCOMPARE(server.curl(arguments, request), QByteArray("{\"partialSuccess\":{}}\n200 "));
        const std::vector<std::string> records = server.sink.records();
        QCOMPARE(records.size(), 1u);
        QVERIFY2(records[0].starts_with(R"({"name": "shop", "msg": "broken", "args": [], "levelname": "ERROR", "levelno": 40)"),
                 records[0].c_str());
        QVERIFY(records[0].find(R"("created": 1700000000.25, "msecs": 250.0)") != std::string::npos);
        request.replace(" ]}", ", 5]}");
        QCOMPARE(server.curl(arguments, request),
                 QByteArray("{\"partialSuccess\":{\"rejectedLogRecords\":\"1\","
                            "\"errorMessage\":\"Some log records could not be read.\"}}\n200 "));
        QCOMPARE(server.curl(arguments, "[]"),
                 QByteArray("It is no request to export logs: there are no resourceLogs.\n400 "));
    }

    void readsBackWhole_data()
    {
        QTest::addColumn<int>("form");
        QTest::newRow("json") << static_cast<int>(HttpBody::Form::Json);
        QTest::newRow("ndjson") << static_cast<int>(HttpBody::Form::NdJson);
        QTest::newRow("otlp") << static_cast<int>(HttpBody::Form::Otlp);
    }

    /// What our own HTTPHandler sends, in batches and compressed.
    void readsBackWhole()
    {
        QFETCH(int, form);
        const bool isOtlp = form == static_cast<int>(HttpBody::Form::Otlp);
        Listening server;
        HTTPHandler::Options options;
        options.server.host = server.host().toStdString();
        options.server.keepAlive = true;
        options.url = isOtlp ? "/v1/logs" : "/log";
        options.post = true;
        options.body = static_cast<HttpBody::Form>(form);
        options.serviceName = "shop";
        options.batch = 1000;
        options.gzip = true;
        HTTPHandler handler(options);
        QVERIFY(handler.open().ok());
        std::vector<std::string> failures;
        handler.setErrorObserver(
            [&](const Handler &, const LogRecord *, const Error &error) { failures.push_back(error.text); });

        LogRecordBatch batch;
        for (int i = 0; i < 2500; ++i) {
            LogRecord &record = batch.add();
            const std::span<Value> args = batch.arena().allocateArray<Value>(2);
            args[0] = Value::integer(i);
            args[1] = Value::text("größe");
            const std::span<Field> extra = batch.arena().allocateArray<Field>(1);
            extra[0] = {Value::text("ratio"), Value::real(i / 7.0)};
            record.set(Attribute::Name, Value::text(i % 2 ? "app.a" : "app.b"));
            record.set(Attribute::Msg, Value::text("%d of %s"));
            record.set(Attribute::Args, Value::sequence(Value::Kind::Tuple, args));
            record.set(Attribute::Levelno, Value::integer(level::Warning));
            record.set(Attribute::Levelname, Value::text("WARNING"));
            record.set(Attribute::Pathname, Value::text("/a/b.py"));
            record.set(Attribute::Lineno, Value::integer(i));
            record.set(Attribute::Created, Value::real(1700000000.25 + i));
            record.set(Attribute::Msecs, Value::real(250));
            record.set(Attribute::RelativeCreated, Value::real(1.5));
            record.set(Attribute::ExcText, Value::text("Traceback"));
            record.extra = extra;
        }
        std::vector<const LogRecord *> pointers;
        for (const LogRecord &record : batch.records())
            pointers.push_back(&record);
        handler.handle(RecordSpan(pointers));
        QVERIFY2(failures.empty(), failures.empty() ? "" : failures[0].c_str());

        const std::vector<std::string> received = server.sink.records();
        QCOMPARE(received.size(), 2500u);
        for (std::size_t i = 0; i < received.size(); ++i) {
            if (!isOtlp) {
                std::string sent;
                appendJson(*pointers[i], sent);
                QCOMPARE(received[i], sent);
                continue;
            }
            const QJsonObject record = QJsonDocument::fromJson(QByteArray::fromStdString(received[i])).object();
            const auto is = [&](const char *key, const QJsonValue &value) { return record.value(QLatin1String(key)) == value; };
            QVERIFY(is("name", QLatin1String(i % 2 ? "app.a" : "app.b")));
            QVERIFY(is("msg", QStringLiteral("%1 of größe").arg(i)));
            QVERIFY(is("levelname", QStringLiteral("WARNING")) && is("levelno", 30));
            QVERIFY(is("pathname", QStringLiteral("/a/b.py")) && is("exc_text", QStringLiteral("Traceback")));
            QVERIFY(is("created", 1700000000.25 + static_cast<double>(i)));
            QVERIFY(is("ratio", static_cast<double>(i) / 7.0) && is("service.name", QStringLiteral("shop")));
        }
        QVERIFY(server.sink.rejections().empty());
    }

    void mergesArgumentsThatCameAsAList()
    {
        Listening server;
        RawClient client(server.receiver.port());
        client.send(post(R"({"msg": "%s and %s", "args": [1, "two"]})"));
        QCOMPARE(client.answer(), QByteArray("204"));
        // As JSON both look the same; what a formatter makes of it tells them apart.
        QCOMPARE(server.sink.messages()[0], std::string("1 and two"));
    }

    void saysHowMuchOfABatchItTook()
    {
        Listening server;
        RawClient client(server.receiver.port());
        client.send(post("{\"msg\": 1}\n{\"msg\": 2\n7\n{\"msg\": 3}\n", "Content-Type: application/x-ndjson\r\n"));
        QCOMPARE(client.answer(), QByteArray("200 {\"accepted\":2,\"rejected\":2}"));
        QCOMPARE(server.sink.records().size(), 2u);
        QCOMPARE(server.sink.rejections().size(), 2u);
        QCOMPARE(server.sink.rejections()[1], std::string("It is an integer, not a LogRecord's dictionary.|'7'"));
        client.send(post("[1, 2]"));
        QCOMPARE(client.answer(), QByteArray("400 It is an integer, not a LogRecord's dictionary."));
        client.send(post("[]"));
        QCOMPARE(client.answer(), QByteArray("204"));
    }

    void countsAllThatIsNoRecord()
    {
        Listening server;
        RawClient client(server.receiver.port());
        client.send(post(QByteArray("x\n").repeated(1000) + "{}", "Content-Type: application/x-ndjson\r\n"));
        QCOMPARE(client.answer(), QByteArray("200 {\"accepted\":1,\"rejected\":1000}"));
        const std::vector<std::string> rejections = server.sink.rejections();
        QCOMPARE(rejections.size(), 1000u);
        QCOMPARE(rejections[0], std::string("Expecting value at column 1.|'x'"));
        QCOMPARE(rejections[999], std::string("More of the same request was no record.|"));
    }

    void manyRecordsGoOnInSeveralBatches()
    {
        Listening server;
        RawClient client(server.receiver.port());
        QByteArray body = "[";
        for (int i = 0; i < 10000; ++i)
            body += (i ? ",{\"msg\": \"\\u0041" : "{\"msg\": \"\\u0041") + QByteArray::number(i) + "\"}";
        client.send(post(body + "]"));
        QCOMPARE(client.answer(), QByteArray("204"));
        const std::vector<std::string> records = server.sink.records();
        QCOMPARE(records.size(), 10000u);
        for (std::size_t i = 0; i < records.size(); ++i)
            QVERIFY(records[i].find("\"msg\": \"A" + std::to_string(i) + "\"") != std::string::npos);
        QCOMPARE(server.sink.peers().size(), 3u);
    }

    void answersWithTheRightStatus_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("answer");
        const auto row = [](const char *name, const QByteArray &request, const char *answer) {
            QTest::newRow(name) << request << QByteArray(answer);
        };
        const QByteArray host = " HTTP/1.1\r\nHost: localhost\r\n";
        row("nothing in the query", "GET /log" + host + "\r\n", "400 The query holds no record.");
        row("empty form", post("", "Content-Type: application/x-www-form-urlencoded\r\n", "/log"), "400 The form has no fields.");
        row("elsewhere", "GET /favicon.ico?msg=1" + host + "\r\n", "404 Nothing takes records here.");
        row("PUT", "PUT /log" + host + "Content-Length: 2\r\n\r\n{}", "405 Records are taken by GET and POST.");
        row("OPTIONS", "OPTIONS /log" + host + "\r\n", "405 Records are taken by GET and POST.");
        row("no length", "POST /log" + host + "Content-Type: application/json\r\n\r\n", "411 A POST has to say how long its body is.");
        row("no type", post("{}", "", "/log"),
            "415 Records are taken as application/x-www-form-urlencoded, application/json and application/x-ndjson.");
        row("protobuf", post("{}", "Content-Type: application/x-protobuf\r\n", "/v1/logs"), "404 Nothing takes records here.");
        row("brotli", post("{}", "Content-Type: application/json\r\nContent-Encoding: br\r\n", "/log"),
            "415 Bodies are taken as they are, as gzip and as deflate.");
        row("no gzip", post("{}", "Content-Type: application/json\r\nContent-Encoding: gzip\r\n", "/log"),
            "400 The compressed data is damaged.");
        row("OTLP beside the path", post("{}", "Content-Type: application/json\r\n", "/v1/logs"), "200 {\"partialSuccess\":{}}");
    }

    void answersWithTheRightStatus()
    {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, answer);
        HttpReceiverConfig config;
        config.url = "/log";
        Listening server(config);
        RawClient client(server.receiver.port());
        client.send(request);
        QCOMPARE(client.answer(), answer);
        // The connection goes on with the next request.
        client.send(post("{\"msg\": 1}", "Content-Type: application/json\r\n", "/log"));
        QCOMPARE(client.answer(), QByteArray("204"));
        QCOMPARE(server.sink.records().size(), 1u);
    }

    void boundsWhatItReads()
    {
        HttpReceiverConfig config;
        config.maxBody = 5000;
        Listening server(config);
        const auto lastAnswer = [&](const QByteArray &bytes) {
            RawClient client(server.receiver.port());
            client.send(bytes);
            const QByteArray answer = client.answer();
            return client.isClosed() ? answer : "not closed: " + answer;
        };
        QVERIFY(lastAnswer("GET /" + QByteArray(70000, 'x')).startsWith("414 "));
        QVERIFY(lastAnswer("GET / HTTP/1.1\r\nHost: h\r\nA: " + QByteArray(70000, 'x')).startsWith("431 "));
        // It is said before the body comes.
        QVERIFY(lastAnswer("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5001\r\n\r\n").startsWith("413 "));
        QVERIFY(lastAnswer(post(QByteArray(100'000, ' '))).startsWith("413 "));
        QVERIFY(lastAnswer("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1389\r\n").startsWith("413 "));

        const PythonResult bomb = runPythonWith({QStringLiteral("-c"), QStringLiteral("import gzip; print(gzip.compress(bytes(1000000)).hex())")});
        RawClient client(server.receiver.port());
        client.send(post(QByteArray::fromHex(bomb.output.trimmed()), "Content-Type: application/json\r\nContent-Encoding: gzip\r\n"));
        QCOMPARE(client.answer(), QByteArray("413 The expanded data is longer than the limit of 5000 bytes."));
        QVERIFY(server.sink.records().empty());
        QCOMPARE(server.sink.rejections().size(), 6u);
    }

    void takesLongHeadsThatComeInPieces()
    {
        HttpReceiverConfig config;
        config.maxBody = 1024;
        Listening server(config);
        RawClient client(server.receiver.port());
        const QByteArray request = post("{\"msg\": 1}", "Content-Type: application/json\r\nA: " + QByteArray(60'000, 'x') + "\r\n");
        client.send(post("{\"msg\": 1}") + request.left(50'000));
        QCOMPARE(client.answer(), QByteArray("204"));
        client.send(request.mid(50'000));
        QCOMPARE(client.answer(), QByteArray("204"));
    }

    void refusesWhatIsNoHttp()
    {
        Listening server;
        for (const QByteArray &garbage : {QByteArray("\0\0\0\x05hello", 9), QByteArray("\x16\x03\x01\x02\x00", 5),
                                          QByteArray("hello\n"), QByteArray("{\"msg\": 1}\n"), QByteArray(100'000, '\xFF')}) {
            RawClient client(server.receiver.port());
            client.send(garbage);
            QVERIFY(client.answer().startsWith("400 "));
            QVERIFY(client.isClosed());
        }
        QVERIFY(server.sink.records().empty());
        QCOMPARE(server.sink.rejections().size(), 5u);
        // A request that is cut off is told of, too.
        {
            RawClient client(server.receiver.port());
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab");
        }
        QVERIFY(server.sink.waitForRejections(6));
        QCOMPARE(server.sink.rejections()[5],
                 std::string("The connection was closed in the middle of a request.|b'POST / HTTP/1.1'"));
    }

    void webPagesWriteNothingUnasked_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("status");
        const auto row = [](const char *headers, const char *status) {
            QTest::newRow(headers) << QByteArray(headers) + "\r\n" << QByteArray(status);
        };
        row("Host: localhost", "204");
        row("Host: LOCALHOST.:9022", "204");
        row("Host: app.localhost", "204");
        row("Host: 127.0.0.1:9022", "204");
        row("Host: [::1]:9022", "204");
        row("Host: 192.168.1.5", "204");
        row("Host: logs.example", "204");
        row("Host: rebound.example", "403");
        row("Host: localhost.evil.example", "403");
        row("Host: evil.example:127", "403");
        row("Host: [evil.example]", "403");
        row("Host: localhost\r\nOrigin: https://evil.example", "403");
        row("Host: localhost\r\nOrigin: null", "403");
        row("Host: localhost\r\nOrigin: http://localhost:8000", "403");
        row("Host: localhost\r\nOrigin: https://app.example", "204");
        row("Host: localhost\r\nOrigin: https://app.example.evil", "403");
        row("Host: localhost\r\nSec-Fetch-Site: cross-site", "403");
        row("Host: localhost\r\nSec-Fetch-Site: same-site", "403");
        row("Host: localhost\r\nSec-Fetch-Site: none", "204");
        row("Host: localhost\r\nReferer: https://evil.example/page", "403");
        row("Host: localhost\r\nSec-Fetch-Site: cross-site\r\nReferer: https://app.example/page", "204");
        row("Host: rebound.example\r\nOrigin: https://app.example", "403");
    }

    void webPagesWriteNothingUnasked()
    {
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, status);
        HttpReceiverConfig config;
        config.allowedHosts = {"logs.example"};
        config.origins = {"https://app.example"};
        Listening server(config);
        RawClient client(server.receiver.port());
        // An image's address, a form, and what a script sends without asking first.
        for (const QByteArray &request : {QByteArray("GET /?msg=1 HTTP/1.1\r\n" + headers + "\r\n"),
                                          QByteArray("POST / HTTP/1.1\r\n" + headers +
                                                     "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\nmsg=1")}) {
            client.send(request);
            QCOMPARE(client.answer().left(3), status);
        }
        QCOMPARE(server.sink.records().size(), status == "204" ? 2u : 0u);
        const bool names = client.lastHead().contains("Access-Control-Allow-Origin: https://app.example\r\nVary: Origin");
        QCOMPARE(names, headers.contains("Origin: https://app.example\r\n"));
    }

    void answersAPageThatAsksFirst()
    {
        HttpReceiverConfig config;
        config.origins = {"https://app.example"};
        HttpReceiver::Secrets secrets;
        secrets.token = "t";
        Listening server(config, secrets);
        RawClient client(server.receiver.port());
        const auto ask = [&](const QByteArray &origin) {
            client.send("OPTIONS /log HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin +
                        "\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\n\r\n");
            return client.answer();
        };
        QCOMPARE(ask("https://app.example"), QByteArray("204"));
        QVERIFY(client.lastHead().contains("Access-Control-Allow-Headers: Authorization, Content-Type"));
        QVERIFY(ask("https://evil.example").startsWith("403 "));
        QVERIFY(!client.lastHead().contains("Access-Control"));
        QVERIFY(server.sink.rejections().empty());
    }

    void answersOnlyWhenTheSinkHasTheRecords()
    {
        Listening server;
        server.sink.setFull(true);
        RawClient client(server.receiver.port());
        client.send(post("{\"msg\": 1}"));
        QVERIFY(server.sink.waitUntilWaiting());
        server.sink.setFull(false);
        QCOMPARE(client.answer(), QByteArray("204"));
        server.sink.stop();
        client.send(post("{\"msg\": 2}"));
        QCOMPARE(client.answer(), QByteArray("503 No more records are taken."));
        QVERIFY(client.isClosed());
        QCOMPARE(server.sink.records().size(), 1u);
    }

    void stopsWhileTheSinkIsFull()
    {
        Listening server;
        server.sink.setFull(true);
        RawClient client(server.receiver.port());
        client.send(post("{\"msg\": 1}"));
        QVERIFY(server.sink.waitUntilWaiting());
        std::thread owner([&] { server.receiver.stop(); });
        server.sink.stop();
        owner.join();
        QVERIFY(server.sink.records().empty());
    }

    void refusesConnectionsAboveItsLimit()
    {
        HttpReceiverConfig config;
        config.maxConnections = 1;
        Listening server(config);
        RawClient first(server.receiver.port());
        first.send(post("{\"msg\": 1}"));
        QCOMPARE(first.answer(), QByteArray("204"));
        RawClient second(server.receiver.port());
        QVERIFY(second.isClosed());
        QVERIFY(server.sink.waitForFaults(1));
    }

    void saysWhatIsWrongWithItsCertificate()
    {
        HttpReceiver::Secrets secrets;
        secrets.tls.certfile = "/nowhere/cert.pem";
        HttpReceiver receiver(Listening::anyPort({}), secrets);
        RecordingSink sink;
        const Status status = receiver.start(sink);
        QVERIFY(!status.ok());
        QVERIFY(status.error().text.starts_with("/nowhere/cert.pem cannot be read"));
    }

private:
    static void compareRecords(Listening &server, const PythonResult &python, bool fromQuery)
    {
        const std::vector<std::string> records = server.sink.records();
        const QList<QByteArray> sent = python.output.trimmed().split('\n');
        QCOMPARE(static_cast<qsizetype>(records.size()), sent.size());
        for (std::size_t i = 0; i < records.size(); ++i) {
            std::string expected = sent[static_cast<qsizetype>(i)].toStdString();
            if (fromQuery) {
                // What the address had of its own stands before the rest.
                const std::size_t extra = expected.find(", \"process\": ");
                const std::size_t end = expected.find_first_of(",}", extra + 3);
                expected.insert(end, ", \"from\": \"python\"");
            }
            QCOMPARE(records[i], expected);
        }
        QCOMPARE(server.sink.peers()[0], std::string("127.0.0.1"));
    }
};

QTEST_GUILESS_MAIN(HttpReceiverTest)
#include "HttpReceiverTest.moc"
