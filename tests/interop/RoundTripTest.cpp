#include "ShowStrings.h"
#include "handler/HandlerFixtures.h"
#include "receiver/RecordingSink.h"
#include "support/Certificate.h"

#include "chain/NodeRegistry.h"
#include "format/Formatter.h"
#include "handler/DatagramHandler.h"
#include "handler/SysLogHandler.h"
#include "receiver/DatagramReceiver.h"
#include "receiver/SyslogReceiver.h"
#include "support/Patience.h"
#include "support/SystemWords.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace sluice;

namespace {

constexpr int count = 1000;

/// Records of all levels, with extra fields, several lines and text of all kinds.
class Sample
{
public:
    Sample()
    {
        const std::array<std::pair<int, const char *>, 5> levels = {
            {{10, "DEBUG"}, {20, "INFO"}, {30, "WARNING"}, {40, "ERROR"}, {50, "CRITICAL"}}};
        for (int i = 0; i < count; ++i) {
            LogRecord &record = m_batch.add();
            const auto [level, name] = levels[std::size_t(i % 5)];
            record.set(Attribute::Name, Value::text("app.part"));
            record.set(Attribute::Levelno, Value::integer(level));
            record.set(Attribute::Levelname, Value::text(name));
            record.set(Attribute::Msg, Value::text(m_batch.arena().copy(message(i))));
            record.set(Attribute::Created, Value::real(1'767'323'045.25 + i));
            record.set(Attribute::Process, Value::integer(1000 + i));
            const std::span<Field> extra = m_batch.arena().allocateArray<Field>(2);
            extra[0] = {Value::text("user"), Value::text("a\"d]a\\ \xC3\xB6")};
            extra[1] = {Value::text("turn"), Value::text(m_batch.arena().copy(std::to_string(i)))};
            record.extra = extra;
        }
        for (const LogRecord &record : m_batch.records())
            m_pointers.push_back(&record);
    }

    RecordSpan all() const { return m_pointers; }
    static std::string message(int i)
    {
        return "Größe 日本 😀 [x] = \"" + std::to_string(i) + "\"" + (i % 7 == 3 ? "\n  and a second line" : "");
    }

private:
    LogRecordBatch m_batch;
    std::vector<const LogRecord *> m_pointers;
};

/// A part at a time, since UDP tells nobody to wait.
bool sendAll(Handler &handler, const Sample &sample, RecordingSink &sink)
{
    constexpr std::size_t part = 50;
    for (std::size_t sent = 0; sent < count; sent += part) {
        handler.handle(sample.all().subspan(sent, part));
        if (!sink.waitForRecords(sent + part))
            return false;
    }
    return true;
}

QJsonObject parsed(const std::string &json) { return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object(); }

} // namespace

/// What our handlers send, our receivers read back whole.
class RoundTripTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void datagrams_data()
    {
        QTest::addColumn<bool>("overUnixSocket");
        QTest::newRow("UDP") << false;
        QTest::newRow("Unix socket") << true;
    }
    void datagrams()
    {
        QFETCH(bool, overUnixSocket);
        if (isWindows && overUnixSocket)
            QSKIP("Windows has no Unix sockets that Qt can use");
        const QTemporaryDir folder;
        DatagramReceiverConfig config;
        config.port = 0;
        if (overUnixSocket)
            config.path = {folder.filePath(QStringLiteral("log.sock")).toStdString()};
        RecordingSink sink;
        DatagramReceiver receiver(config);
        QVERIFY(receiver.start(sink).ok());
        SocketHandler::Options options;
        options.host = overUnixSocket ? config.path.text : "127.0.0.1";
        options.port = overUnixSocket ? std::nullopt : std::optional<int>(receiver.port());
        DatagramHandler handler(options);
        const Sample sample;
        QVERIFY(sendAll(handler, sample, sink));
        receiver.stop();
        QCOMPARE(sink.records().size(), std::size_t(count));
        for (int i = 0; i < count; ++i) {
            const QJsonObject record = parsed(sink.records()[std::size_t(i)]);
            QCOMPARE(record.value(QLatin1String("msg")).toString().toStdString(), Sample::message(i));
            QCOMPARE(record.value(QLatin1String("turn")).toString(), QString::number(i));
            QCOMPARE(record.value(QLatin1String("process")).toInt(), 1000 + i);
        }
        QVERIFY(sink.rejections().empty());
    }

    void syslog_data()
    {
        QTest::addColumn<SysLogHandler::SocketType>("type");
        QTest::addColumn<SyslogWriter::Format>("format");
        QTest::addColumn<SyslogWriter::Framing>("framing");
        using Type = SysLogHandler::SocketType;
        using Format = SyslogWriter::Format;
        using Framing = SyslogWriter::Framing;
        QTest::newRow("Python's, UDP") << Type::Datagram << Format::Python << Framing::None;
        QTest::newRow("Python's, TCP") << Type::Stream << Format::Python << Framing::None;
        QTest::newRow("RFC 3164, UDP") << Type::Datagram << Format::Rfc3164 << Framing::None;
        QTest::newRow("RFC 3164, TCP, octets counted") << Type::Stream << Format::Rfc3164 << Framing::OctetCounted;
        QTest::newRow("RFC 5424, TCP, octets counted") << Type::Stream << Format::Rfc5424 << Framing::OctetCounted;
        QTest::newRow("RFC 5424, UDP") << Type::Datagram << Format::Rfc5424 << Framing::None;
        QTest::newRow("RFC 5425, TLS") << Type::Tls << Format::Rfc5424 << Framing::OctetCounted;
    }
    void syslog()
    {
        QFETCH(SysLogHandler::SocketType, type);
        QFETCH(SyslogWriter::Format, format);
        QFETCH(SyslogWriter::Framing, framing);
        if (isWine() && type == SysLogHandler::SocketType::Tls)
            QSKIP("Wine's TLS cannot be a server");
        const Certificate certificate;
        SyslogReceiverConfig config;
        config.port = config.tlsPort = 0;
        config.tls = type == SysLogHandler::SocketType::Tls;
        config.certfile = {certificate.certFile().toStdString()};
        config.keyfile = {certificate.keyFile().toStdString()};
        RecordingSink sink;
        SyslogReceiver receiver(config);
        QVERIFY(receiver.start(sink).ok());

        SysLogHandler::Options options;
        options.host = "127.0.0.1";
        options.port = config.tls ? receiver.tlsPort() : receiver.port();
        options.facility = 19;
        options.socktype = type;
        options.writer.format = format;
        options.writer.framing = framing;
        options.writer.hostname = "myhost";
        options.writer.enterpriseId = "32473";
        options.tls.caFile = certificate.certFile().toStdString();
        SysLogHandler handler(options);
        const Sample sample;
        QVERIFY(sendAll(handler, sample, sink));
        receiver.stop();
        QCOMPARE(sink.records().size(), std::size_t(count));
        QVERIFY(sink.rejections().empty());
        for (int i = 0; i < count; ++i) {
            const QJsonObject record = parsed(sink.records()[std::size_t(i)]);
            const auto text = [&](const char *key) { return record.value(QLatin1String(key)).toString().toStdString(); };
            QCOMPARE(text("msg"), Sample::message(i));
            QCOMPARE(text("levelname"), std::string(sample.all()[std::size_t(i)]->levelname()));
            QCOMPARE(text("facility"), std::string("local3"));
            if (format == SyslogWriter::Format::Python)
                continue;
            QCOMPARE(text("name"), std::string("app"));
            QCOMPARE(text("hostname"), std::string("myhost"));
            QCOMPARE(record.value(QLatin1String("process")).toInt(), 1000 + i);
            if (format != SyslogWriter::Format::Rfc5424)
                continue;
            QCOMPARE(record.value(QLatin1String("created")).toDouble(), 1'767'323'045.25 + i);
            QCOMPARE(text("msgid"), std::string("app.part"));
            QCOMPARE(text("user"), std::string("a\"d]a\\ \xC3\xB6"));
            QCOMPARE(text("turn"), std::to_string(i));
        }
    }

    void syslogToAServerThatAsksForACertificateWhoseKeyHasAPassword_data()
    {
        QTest::addColumn<QString>("password");
        QTest::addColumn<bool>("isRight");
        QTest::newRow("itself") << QStringLiteral("pass word") << true;
        QTest::newRow("in a file") << QStringLiteral("${file:password}") << true;
        QTest::newRow("a wrong one") << QStringLiteral("guess") << false;
        QTest::newRow("none") << QString() << false;
    }
    void syslogToAServerThatAsksForACertificateWhoseKeyHasAPassword()
    {
        if (isWindows)
            QSKIP("Windows takes a client's certificate from PKCS#12, which tests/windows/sluicectl shows");
        QFETCH(QString, password);
        QFETCH(bool, isRight);
        const Certificate certificate;
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("password")));
        QVERIFY(file.open(QFile::WriteOnly) && file.write("pass word\n") > 0);
        file.close();
        const QString key = folder.filePath(QStringLiteral("locked.pem"));
        const ProgramResult locked = runProgram(
            QStringLiteral("openssl"), {QStringLiteral("ec"), QStringLiteral("-aes256"), QStringLiteral("-in"), certificate.keyFile(),
                                        QStringLiteral("-out"), key, QStringLiteral("-passout"), QStringLiteral("pass:pass word")});
        QVERIFY2(locked.ok, locked.errors.constData());

        SyslogReceiverConfig config;
        config.port = config.tlsPort = 0;
        config.tls = true;
        config.certfile = config.cafile = {certificate.certFile().toStdString()};
        config.keyfile = {certificate.keyFile().toStdString()};
        RecordingSink sink;
        SyslogReceiver receiver(config);
        QVERIFY(receiver.start(sink).ok());

        const NodeType *type = NodeRegistry::builtin().find("SysLogHandler");
        const QJsonObject params{{QStringLiteral("address"), QJsonArray{QStringLiteral("127.0.0.1"), receiver.tlsPort()}},
                                 {QStringLiteral("socktype"), QStringLiteral("tls")},
                                 {QStringLiteral("tls"), QJsonObject{{QStringLiteral("cafile"), certificate.certFile()},
                                                                     {QStringLiteral("certfile"), certificate.certFile()},
                                                                     {QStringLiteral("keyfile"), key},
                                                                     {QStringLiteral("keyPassword"), password}}}};
        QVERIFY(type->check(params, "$").empty());
        NodeContext context;
        context.baseDirectory = folder.path().toStdString();
        const auto made = type->create(params, context);
        QVERIFY(made.ok());
        Handler &handler = *std::get<std::shared_ptr<Handler>>(*made);
        const test::Errors errors(handler);
        const Sample sample;
        handler.handle(sample.all().first(1));
        handler.close();
        QCOMPARE(errors.seen.empty(), isRight);
        if (!isRight) {
            QVERIFY2(errors.seen[0].find("pass word") == std::string::npos, errors.seen[0].c_str());
            return;
        }
        QVERIFY(sink.waitForRecords(1));
        QCOMPARE(parsed(sink.records()[0]).value(QLatin1String("msg")).toString().toStdString(), Sample::message(0));
    }
};


QTEST_GUILESS_MAIN(RoundTripTest)
#include "RoundTripTest.moc"
