#include "handler/HTTPHandler.h"

#include "chain/NodeRegistry.h"
#include "handler/HandlerFixtures.h"
#include "handler/WebServer.h"
#include "support/Certificate.h"
#include "support/FreePort.h"
#include "support/Patience.h"
#include "support/Program.h"
#include "support/Python.h"
#include "support/TestPaths.h"
#include "wire/PickleReader.h"
#include "wire/RecordBuilder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTcpSocket>

#include <thread>

using namespace sluice;
using sluice::test::freePort;
using sluice::test::WebServer;

namespace {

std::string bodyOf(const std::string &request) { return request.substr(request.find("\r\n\r\n") + 4); }

QJsonDocument jsonOf(const std::string &text) { return QJsonDocument::fromJson(QByteArray::fromStdString(text)); }

std::string messageIn(const QJsonValue &record) { return record.toObject().value(u"msg").toString().toStdString(); }

HTTPHandler::Options optionsFor(const std::string &host)
{
    HTTPHandler::Options options;
    options.server.host = host;
    options.server.timeout = std::chrono::seconds(20);
    options.url = "/log";
    return options;
}

HTTPHandler::Options jsonOptionsFor(const std::string &host, HttpBody::Form form = HttpBody::Form::Json)
{
    HTTPHandler::Options options = optionsFor(host);
    options.post = true;
    options.body = form;
    options.retryDelay = std::chrono::milliseconds(1);
    return options;
}

std::string closedHost()
{
    return "127.0.0.1:" + std::to_string(freePort());
}

} // namespace

class HTTPHandlerTest : public QObject
{
    Q_OBJECT

private:
    Certificate m_certificate;

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_certificate.isMade()); }

    void saysTheHostAsRequestsDo_data()
    {
        QTest::addColumn<bool>("secure");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("logs.example.org") << false << QByteArray("logs.example.org");
        QTest::newRow("logs.example.org:80") << false << QByteArray("logs.example.org");
        QTest::newRow("logs.example.org:443") << true << QByteArray("logs.example.org");
        QTest::newRow("logs.example.org:443 ") << false << QByteArray();
        QTest::newRow("h:8080") << false << QByteArray("h:8080");
        QTest::newRow("h:") << false << QByteArray("h");
        QTest::newRow("[::1]:8080") << false << QByteArray("[::1]:8080");
        QTest::newRow("h:x") << false << QByteArray();
    }

    void saysTheHostAsRequestsDo()
    {
        QFETCH(bool, secure);
        QFETCH(QByteArray, said);
        HttpTransport::Options options;
        options.host = QTest::currentDataTag();
        options.secure = secure;
        const auto host = HttpTransport::hostHeader(options);
        QCOMPARE(host.ok(), !said.isEmpty());
        QCOMPARE(HttpTransport::create(options).ok(), host.ok());
        if (host)
            QCOMPARE(*host, said.toStdString());
    }

    void requestsHaveTheBytesOfPythons_data()
    {
        QTest::addColumn<bool>("post");
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<bool>("secure");
        QTest::addColumn<QByteArray>("credentials");
        QTest::newRow("GET") << false << QByteArray("/log") << false << QByteArray();
        QTest::newRow("GET with a query") << false << QByteArray("/a/../b?x=1&y=%20") << false << QByteArray();
        QTest::newRow("GET over TLS") << false << QByteArray("/") << true << QByteArray("user pass");
        QTest::newRow("POST") << true << QByteArray("/log?x") << false << QByteArray();
        QTest::newRow("POST with a name") << true << QByteArray("/log") << false << QByteArray("üser sec:ret");
        QTest::newRow("POST over TLS") << true << QByteArray("/log") << true << QByteArray("user pass");
    }

    void requestsHaveTheBytesOfPythons()
    {
        QFETCH(bool, post);
        QFETCH(QByteArray, url);
        QFETCH(bool, secure);
        QFETCH(QByteArray, credentials);
        WebServer server({}, secure ? m_certificate.certFile() : QString(), secure ? m_certificate.keyFile() : QString());
        const PythonResult python =
            runPython("tests/handler/web_peer.py",
                      {QString::number(server.port()), QString::fromLatin1(post ? "POST" : "GET"), QString::fromLatin1(url),
                       secure ? m_certificate.certFile() : QString(), QString::fromUtf8(credentials), QStringLiteral("40")});
        QVERIFY2(python.ok && python.errors.isEmpty(), python.errors.constData());

        HTTPHandler::Options options = optionsFor(server.host());
        options.url = url.toStdString();
        options.post = post;
        options.server.secure = secure;
        options.server.tls.caFile = secure ? m_certificate.certFile().toStdString() : "";
        if (!credentials.isEmpty()) {
            options.username = credentials.split(' ')[0].toStdString();
            options.password = credentials.split(' ')[1].toStdString();
        }
        HTTPHandler handler(options);
        test::Errors errors(handler);
        std::vector<std::string> expected;
        const QList<QByteArray> pickles = python.output.trimmed().split('\n');
        QCOMPARE(pickles.size(), 40);
        for (qsizetype i = 0; i < pickles.size(); ++i)
            expected.push_back(server.nextRequest());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            LogRecordBatch batch;
            const std::string pickle = QByteArray::fromHex(pickles[static_cast<qsizetype>(i)]).toStdString();
            PickleReader reader;
            RecordBuilder builder;
            const auto dict = reader.read(pickle, batch.arena());
            QVERIFY(dict.ok());
            LogRecord &record = batch.add();
            QVERIFY(builder.build(*dict, record, batch.arena(), 0).ok());
            handler.handle(record);
            QCOMPARE(errors.seen, std::vector<std::string>());
            QCOMPARE(server.nextRequest(), expected[i]);
        }
    }

    void statusOtherThan2xxIsAFailure_data()
    {
        QTest::addColumn<QString>("status");
        for (const char *status : {"302", "404", "500"})
            QTest::newRow(status) << QString::fromLatin1(status);
    }

    void statusOtherThan2xxIsAFailure()
    {
        QFETCH(QString, status);
        WebServer server({status, QStringLiteral("204")});
        HTTPHandler handler(optionsFor(server.host()));
        test::Errors errors(handler);
        handler.handle(test::Records({"lost", "kept"}).all());
        QCOMPARE(errors.seen, (std::vector<std::string>{"lost: The web server " + server.host() + " answered with status " +
                                                        status.toStdString() + "."}));
        QCOMPARE(handler.counters().failed, 1u);
    }

    void surrogatesFailAloneAndWithoutARequest()
    {
        WebServer server;
        HTTPHandler handler(optionsFor(server.host()));
        test::Errors errors(handler);
        handler.handle(test::Records({"lone \xED\xA0\x80", "fine"}).all());
        QCOMPARE(errors.seen.size(), 1u);
        QVERIFY(server.nextRequest().find("msg=fine") != std::string::npos);
        QCOMPARE(server.rest(), QByteArray());
    }

    void peersThatFailAreReported()
    {
        {
            HTTPHandler handler(optionsFor(closedHost()));
            test::Errors errors(handler);
            handler.handle(test::Records({"a", "b"}).all());
            QCOMPARE(errors.seen.size(), 2u);
            QVERIFY2(errors.seen[0].starts_with("a: The web server 127.0.0.1:"), errors.seen[0].c_str());
        }
        WebServer server({QStringLiteral("hang"), QStringLiteral("close"), QStringLiteral("cut")});
        HTTPHandler::Options options = optionsFor(server.host());
        options.server.timeout = std::chrono::milliseconds(400);
        HTTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"a", "b", "c", "d"}).all());
        QCOMPARE(errors.seen.size(), 2u); // c was taken, though the answer was cut
        QCOMPARE(errors.seen[0], "a: The web server " + server.host() + " did not answer in time.");
        QVERIFY(errors.seen[1].starts_with("b: "));
    }

    void trustsNobodyUnknownAndTellsNoSecret()
    {
        WebServer server({}, m_certificate.certFile(), m_certificate.keyFile());
        HTTPHandler::Options options = optionsFor(server.host());
        options.server.secure = true;
        options.username = "user";
        options.password = "hunter2";
        HTTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"a"}).all());
        QCOMPARE(errors.seen.size(), 1u);
        QVERIFY2(errors.seen[0].find("certificate") != std::string::npos, errors.seen[0].c_str());
        QVERIFY(errors.seen[0].find("hunter2") == std::string::npos);
        options.server.tls.verify = false;
        HTTPHandler trusting(options);
        test::Errors none(trusting);
        trusting.handle(test::Records({"b"}).all());
        QCOMPARE(none.seen, std::vector<std::string>());
    }

    void triesAgainUntilTaken()
    {
        WebServer server({QStringLiteral("503"), QStringLiteral("close"), QStringLiteral("500"), QStringLiteral("201")});
        HTTPHandler::Options options = jsonOptionsFor(server.host());
        options.retries = 3;
        HTTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"a"}).all());
        QCOMPARE(errors.seen, std::vector<std::string>());
        const std::string first = server.nextRequest();
        for (int i = 0; i < 3; ++i)
            QCOMPARE(server.nextRequest(), first);
        handler.handle(test::Records({"b"}).all());
        QCOMPARE(messageIn(jsonOf(bodyOf(server.nextRequest())).object()), std::string("b"));
        QCOMPARE(server.rest(), QByteArray());
    }

    void givesUpAfterItsAttempts()
    {
        WebServer server({QStringLiteral("500"), QStringLiteral("502"), QStringLiteral("503"), QStringLiteral("400")});
        HTTPHandler::Options options = jsonOptionsFor(server.host());
        options.retries = 2;
        HTTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"a", "refused", "kept"}).all());
        // 400 is the record's own fault: it is not tried again.
        QCOMPARE(errors.seen, (std::vector<std::string>{"a: The web server " + server.host() + " answered with status 503.",
                                                        "refused: The web server " + server.host() + " answered with status 400."}));
        for (int i = 0; i < 5; ++i)
            server.nextRequest();
        QCOMPARE(server.rest(), QByteArray());
    }

    void acknowledgedRecordsAreNeverSentTwice()
    {
        WebServer server({QStringLiteral("cut")});
        HTTPHandler::Options options = jsonOptionsFor(server.host());
        options.retries = 5;
        HTTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"a"}).all());
        QVERIFY(errors.seen.empty());
        server.nextRequest();
        QCOMPARE(server.rest(), QByteArray());
    }

    void waitsAsTheServerAsks()
    {
        WebServer server({QStringLiteral("429:1")});
        HTTPHandler::Options options = jsonOptionsFor(server.host());
        options.retries = 1;
        HTTPHandler handler(options);
        test::Errors errors(handler);
        const auto begin = std::chrono::steady_clock::now();
        handler.handle(test::Records({"a"}).all());
        QVERIFY(errors.seen.empty());
        QVERIFY(std::chrono::steady_clock::now() - begin >= std::chrono::seconds(1));
    }

    void closeEndsTheWaitForTheNextAttempt()
    {
        WebServer server({QStringLiteral("500")});
        HTTPHandler::Options options = jsonOptionsFor(server.host());
        options.retries = 1;
        options.retryDelay = std::chrono::hours(1);
        HTTPHandler handler(options);
        test::Errors errors(handler);
        std::thread sender([&] { handler.handle(test::Records({"a"}).all()); });
        server.nextRequest();
        // It waits now or will soon; a close() before the wait begins must not be missed either.
        while (handler.counters().failed == 0)
            handler.close();
        sender.join();
        QCOMPARE(errors.seen, (std::vector<std::string>{"a: The web server " + server.host() + " answered with status 500."}));
    }

    void batchesAreBoundedInNumberAndBytes_data()
    {
        QTest::addColumn<int>("form");
        QTest::newRow("json") << static_cast<int>(HttpBody::Form::Json);
        QTest::newRow("ndjson") << static_cast<int>(HttpBody::Form::NdJson);
    }

    void batchesAreBoundedInNumberAndBytes()
    {
        QFETCH(int, form);
        WebServer server;
        HTTPHandler::Options options = jsonOptionsFor(server.host(), static_cast<HttpBody::Form>(form));
        options.batch = 3;
        options.batchBytes = 2000;
        options.server.keepAlive = true;
        HTTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"1", "2", "3", "4", std::string(3000, 'x'), "6"}).all());
        QCOMPARE(errors.seen, std::vector<std::string>());
        std::vector<std::vector<std::string>> batches;
        for (int i = 0; i < 3; ++i) {
            const std::string request = server.nextRequest();
            QCOMPARE(server.connection, 1);
            batches.emplace_back();
            if (options.body == HttpBody::Form::Json) {
                for (const QJsonValue record : jsonOf(bodyOf(request)).array())
                    batches.back().push_back(messageIn(record));
            } else {
                for (const QByteArray &line : QByteArray::fromStdString(bodyOf(request)).trimmed().split('\n'))
                    batches.back().push_back(messageIn(QJsonDocument::fromJson(line).object()));
            }
        }
        QCOMPARE(batches, (std::vector<std::vector<std::string>>{{"1", "2", "3"}, {"4", std::string(3000, 'x')}, {"6"}}));
    }

    void lostBatchLosesEachOfItsRecords()
    {
        WebServer server({QStringLiteral("500")});
        HTTPHandler::Options options = jsonOptionsFor(server.host());
        options.batch = 2;
        HTTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"a", "b", "c"}).all());
        QCOMPARE(errors.seen.size(), 2u);
        QCOMPARE(handler.counters().failed, 2u);
    }

    void compressesAndAddsHeaders()
    {
        WebServer server;
        HTTPHandler::Options options = jsonOptionsFor(server.host(), HttpBody::Form::NdJson);
        options.gzip = true;
        options.headers = {{"X-Token", "abc"}, {"X-Empty", ""}};
        options.batch = 10;
        HTTPHandler handler(options);
        test::Errors errors(handler);
        handler.handle(test::Records({"a", "b"}).all());
        QCOMPARE(errors.seen, std::vector<std::string>());
        const std::string request = server.nextRequest();
        for (const char *header : {"\r\nContent-Encoding: gzip\r\n", "\r\nX-Token: abc\r\n", "\r\nX-Empty:\r\n",
                                   "\r\nContent-type: application/x-ndjson\r\n"})
            QVERIFY2(request.find(header) != std::string::npos, request.c_str());
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("body.gz")).toStdString();
        test::writeFile(path, bodyOf(request));
        const PythonResult python = runPythonWith(
            {QStringLiteral("-c"), QStringLiteral("import gzip,json,sys; print([json.loads(l)['msg'] for l in gzip.open(sys.argv[1])])"),
             QString::fromStdString(path)});
        QCOMPARE(python.output, QByteArray("['a', 'b']\n"));
    }

    void speaksOpenTelemetry()
    {
        WebServer server;
        HTTPHandler::Options options = jsonOptionsFor(server.host(), HttpBody::Form::Otlp);
        options.serviceName = "shop";
        options.batch = 10;
        HTTPHandler handler(options);
        handler.setRecordClock(true);
        test::Errors errors(handler);
        test::Records records({"one %s", "two", "bad %d", "lone \xED\xA0\x80"}, level::Error);
        const Value args[] = {Value::text("är")};
        const Value wrong[] = {Value::text("x")};
        const Value items[] = {Value::integer(1), Value::none(), Value::text("z")};
        const Field inner[] = {{Value::text("k"), Value::bytes("\x01\x02")}};
        const Field extra[] = {{Value::text("ok"), Value::boolean(true)},
                               {Value::text("ratio"), Value::real(0.5)},
                               {Value::text("list"), Value::sequence(Value::Kind::List, items)},
                               {Value::text("map"), Value::dict(inner)}};
        auto all = records.batch().records();
        all[0].set(Attribute::Args, Value::sequence(Value::Kind::Tuple, args));
        all[0].set(Attribute::Created, Value::real(1700000000.25));
        all[0].set(Attribute::Levelname, Value::text("ERROR"));
        all[0].set(Attribute::Lineno, Value::integer(7));
        all[0].set(Attribute::ExcText, Value::text("Traceback"));
        all[0].extra = extra;
        all[1].set(Attribute::Name, Value::text("other"));
        all[2].set(Attribute::Args, Value::sequence(Value::Kind::Tuple, wrong));
        handler.handle(records.all());
        QCOMPARE(errors.seen.size(), 1u); // "bad %d"
        const std::string request = server.nextRequest();
        QVERIFY(request.find("\r\nContent-type: application/json\r\n") != std::string::npos);
        const std::string expected = test::contentOf(test::inSource("tests/handler/otlp_request.json").toStdString());
        QJsonDocument got = jsonOf(bodyOf(request));
        QVERIFY2(!got.isNull(), request.c_str());
        QByteArray gotText = got.toJson(QJsonDocument::Compact);
        QCOMPARE(gotText, jsonOf(expected).toJson(QJsonDocument::Compact));
    }

    void severityIsOpenTelemetrys()
    {
        const std::pair<int, int> expected[] = {{-1, 0}, {0, 0}, {5, 1},   {10, 5},  {11, 6},  {15, 8},   {19, 8},
                                                {20, 9}, {30, 13}, {35, 16}, {40, 17}, {50, 21}, {53, 24}, {1000, 24}};
        for (const auto &[levelno, severity] : expected)
            QCOMPARE(otlpSeverity(levelno), severity);
    }

    void nginxTakesBatches()
    {
        QTemporaryDir folder;
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost));
        const int port = probe.serverPort();
        probe.close();
        const std::string dir = folder.path().toStdString();
        test::writeFile(dir + "/nginx.conf",
                        "daemon off; worker_processes 1; pid " + dir + "/pid; error_log " + dir + "/error" +
                            // nginx only warns of it where it is not root.
                            "; user root; events {} http { access_log " + dir +
                            "/access; client_body_temp_path " + dir + "/b; proxy_temp_path " + dir + "/p; fastcgi_temp_path " + dir +
                            "/f; uwsgi_temp_path " + dir + "/u; scgi_temp_path " + dir +
                            "/s; client_max_body_size 10m; server { listen 127.0.0.1:" + std::to_string(port) +
                            "; location = /log { client_body_in_file_only on; proxy_pass http://127.0.0.1:" + std::to_string(port) +
                            "/taken; } location = /taken { client_body_in_file_only off; return 200; } } }");
        Program nginx(QStringLiteral("/usr/sbin/nginx"), {QStringLiteral("-c"), folder.filePath(QStringLiteral("nginx.conf"))});
        QVERIFY(QTest::qWaitFor([&] {
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(port));
            return socket.waitForConnected(1000);
        }, test::patience));
        HTTPHandler::Options options = jsonOptionsFor("127.0.0.1:" + std::to_string(port), HttpBody::Form::NdJson);
        options.batch = 100;
        options.server.keepAlive = true;
        HTTPHandler handler(options);
        test::Errors errors(handler);
        std::vector<std::string> messages;
        for (int i = 0; i < 1000; ++i)
            messages.push_back("record " + std::to_string(i));
        handler.handle(test::Records(messages).all());
        options.url = "/nowhere";
        HTTPHandler lost(options);
        test::Errors refused(lost);
        lost.handle(test::Records({"x"}).all());
        nginx.end();
        QCOMPARE(errors.seen, std::vector<std::string>());
        QCOMPARE(refused.seen.size(), 1u);
        QVERIFY(refused.seen[0].ends_with("answered with status 404."));
        QDir bodies(folder.filePath(QStringLiteral("b")));
        std::vector<std::string> arrived;
        for (const QString &name : bodies.entryList(QDir::Files, QDir::Name)) {
            for (const QByteArray &line : QByteArray::fromStdString(test::contentOf(bodies.filePath(name).toStdString())).trimmed().split('\n'))
                arrived.push_back(messageIn(QJsonDocument::fromJson(line).object()));
        }
        QCOMPARE(bodies.entryList(QDir::Files).size(), 10);
        QCOMPARE(arrived, messages);
    }

    void fieldsMayBeMapped()
    {
        class Mine : public HTTPHandler
        {
        public:
            using HTTPHandler::HTTPHandler;

        protected:
            void mapLogRecord(const LogRecord &record, Arena &arena, std::vector<Field> &fields) const override
            {
                fields.push_back({Value::text("text"), Value::text(arena.copy("<" + std::string(record.text(Attribute::Msg)) + ">"))});
            }
        };
        WebServer server;
        Mine handler(optionsFor(server.host()));
        test::Errors errors(handler);
        handler.handle(test::Records({"a"}).all());
        QVERIFY(server.nextRequest().starts_with("GET /log?text=%3Ca%3E HTTP/1.1\r\n"));
    }

    void projectsAreChecked_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("spaces") << QByteArray(R"({"url": "/a b"})") << QByteArray("$.url");
        QTest::newRow("context") << QByteArray(R"({"context": {}})") << QByteArray("$.context");
        QTest::newRow("body of GET") << QByteArray(R"({"body": "json"})") << QByteArray("$.body");
        QTest::newRow("batch of forms") << QByteArray(R"({"batch": 5})") << QByteArray("$.batch");
        QTest::newRow("header") << QByteArray(R"({"headers": {"a b": "c"}})") << QByteArray("$.headers");
        QTest::newRow("header's lines") << QByteArray(R"({"headers": {"a": "c\r\nd: e"}})") << QByteArray("$.headers");
        QTest::newRow("gzip of GET") << QByteArray(R"({"gzip": true})") << QByteArray("$.gzip");
    }

    void projectsAreChecked()
    {
        QFETCH(QByteArray, change);
        QFETCH(QByteArray, place);
        QJsonObject params{{QStringLiteral("host"), QStringLiteral("localhost")}, {QStringLiteral("url"), QStringLiteral("/")}};
        const NodeType *const type = NodeRegistry::builtin().find("HTTPHandler");
        QVERIFY(type && type->waitsForOthers());
        QVERIFY(type->check(params, "$").empty());
        const QJsonObject changes = QJsonDocument::fromJson(change).object();
        params.insert(changes.begin().key(), changes.begin().value());
        const Problems problems = type->check(params, "$");
        QCOMPARE(problems.size(), 1u);
        QCOMPARE(problems[0].place, place.toStdString());
    }
};

QTEST_GUILESS_MAIN(HTTPHandlerTest)
#include "HTTPHandlerTest.moc"
