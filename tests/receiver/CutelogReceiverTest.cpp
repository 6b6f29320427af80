#include "ShowStrings.h"
#include "receiver/RecordingSink.h"
#include "support/Patience.h"
#include "support/Python.h"

#include "receiver/CutelogReceiver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>

using namespace sluice;

namespace {

QByteArray frame(const QByteArray &payload)
{
    QByteArray out;
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(payload.size() >> shift);
    return out + payload;
}

struct Listening
{
    RecordingSink sink;
    CutelogReceiver receiver{anyPort()};

    Listening()
    {
        if (!receiver.start(sink))
            qFatal("it does not listen");
    }

    static CutelogReceiverConfig anyPort()
    {
        CutelogReceiverConfig config;
        config.port = 0;
        config.maxFrame = 100'000;
        return config;
    }
};

/// What of a received record is compared.
QByteArray shown(const std::string &record)
{
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(record)).object();
    QJsonArray array;
    for (const char *key : {"name", "msg", "levelname", "levelno", "created", "user"}) {
        const QJsonValue value = object.value(QLatin1String(key));
        array.append(value.isUndefined() ? QJsonValue() : value);
    }
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

} // namespace

class CutelogReceiverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servesCutelogsClients_data()
    {
        QTest::addColumn<QString>("format");
        for (const char *format : {"pickle", "json", "msgpack", "cbor", "all"})
            QTest::newRow(format) << QString::fromLatin1(format);
    }

    void servesCutelogsClients()
    {
        QFETCH(QString, format);
        Listening server;
        const PythonResult python = runPython("tests/receiver/send_cutelog.py",
                                              {format, QString::number(server.receiver.port()), QStringLiteral("420")});
        QVERIFY2(python.ok, python.errors.constData());
        QVERIFY(server.sink.waitForRecords(420));
        const std::vector<std::string> records = server.sink.records();
        const QList<QByteArray> sent = python.output.trimmed().split('\n');
        QCOMPARE(sent.size(), 420);
        for (std::size_t i = 0; i < records.size(); ++i)
            QCOMPARE(shown(records[i]), QJsonDocument::fromJson(sent[static_cast<qsizetype>(i)]).toJson(QJsonDocument::Compact));
        QCOMPARE(records.size(), 420u);
        QVERIFY(server.sink.rejections().empty());
        QCOMPARE(server.sink.peers()[0], std::string("127.0.0.1"));
        // A message that came merged has no arguments left to be merged with.
        for (const std::string &record : records)
            QVERIFY(record.find("\"args\": null") != std::string::npos || record.find("\"args\": []") != std::string::npos);
    }

    void eachConnectionHasItsOwnFormat()
    {
        Listening server;
        QTcpSocket json;
        QTcpSocket pickle;
        for (QTcpSocket *socket : {&json, &pickle}) {
            socket->connectToHost(QStringLiteral("127.0.0.1"), server.receiver.port());
            QVERIFY(socket->waitForConnected());
        }
        json.write(frame("!!cutelog!!format=json") + frame("{\"msg\": 1}"));
        QVERIFY(json.waitForBytesWritten());
        QVERIFY(server.sink.waitForRecords(1));
        pickle.write(frame("(dS'msg'\nI2\ns."));
        QVERIFY(pickle.waitForBytesWritten());
        QVERIFY(server.sink.waitForRecords(2));
        json.write(frame("{\"msg\": 3}"));
        QVERIFY(json.waitForBytesWritten());
        QVERIFY(server.sink.waitForRecords(3));
        QVERIFY(server.sink.rejections().empty());
    }

    void goesOnAfterWhatIsNoRecord()
    {
        Listening server;
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), server.receiver.port());
        QVERIFY(socket.waitForConnected());
        socket.write(frame("!!cutelog!!format=xml") + frame("!!cutelog!!") + frame("!!cutelog!!format=json") + frame("{") +
                     frame("[1]") + frame(QByteArray(100'001, ' ')) + frame("!!cutelog!!format=pickle") +
                     frame("cos\nsystem\n(S'touch pwned'\ntR.") + frame("!!cutelog!!format=json") + frame("{\"msg\": \"here\"}"));
        QVERIFY(socket.waitForBytesWritten());
        QVERIFY(server.sink.waitForRecords(1));
        const std::vector<std::string> rejections = server.sink.rejections();
        QCOMPARE(rejections.size(), 6u);
        QVERIFY(rejections[0].starts_with("The format that was asked for is none of pickle, json, msgpack and cbor."));
        QVERIFY(rejections[1].starts_with("A command to cutelog has no value."));
        QVERIFY(rejections[3].starts_with("It is a list, not a LogRecord's dictionary."));
        QVERIFY(rejections[4].starts_with("A frame of 100001 bytes is longer than the limit of 100000 bytes."));
        QVERIFY(rejections[5].starts_with("It is an object, not a LogRecord's dictionary."));
        socket.write("\0\0\0\x09half", 8);
        QVERIFY(socket.waitForBytesWritten());
        socket.disconnectFromHost();
        QVERIFY(server.sink.waitForRejections(7));
        QVERIFY(server.sink.rejections()[6].starts_with("The connection was closed in the middle of a frame."));
    }

    void takesLevelsAndTimesAsTheyCome()
    {
        Listening server;
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), server.receiver.port());
        QVERIFY(socket.waitForConnected());
        socket.write(frame("!!cutelog!!format=json") + frame(R"({"msg": "m", "level": 30, "time": "1700000000.5"})") +
                     frame(R"({"msg": "m", "level": "notice", "time": "yesterday"})") +
                     frame(R"({"msg": "m", "levelname": "warn", "levelno": 35, "created": 7, "time": 8})") +
                     frame(R"({"msg": "m", "level": null, "exc_text": "Traceback"})"));
        QVERIFY(socket.waitForBytesWritten());
        QVERIFY(server.sink.waitForRecords(4));
        const std::vector<std::string> records = server.sink.records();
        const auto has = [&](std::size_t i, std::string_view part) { return records[i].find(part) != std::string::npos; };
        QVERIFY(has(0, R"("levelname": "WARNING", "levelno": 30)"));
        QVERIFY(has(0, R"("created": 1700000000.5,)"));
        QVERIFY(has(1, R"("levelname": "NOTICE", "levelno": 20)"));
        QVERIFY(has(1, R"("time": "yesterday")"));
        QVERIFY(!has(1, R"("created": 0)"));
        // Who says both means both.
        QVERIFY(has(2, R"("levelname": "warn", "levelno": 35)"));
        QVERIFY(has(2, R"("created": 7,)"));
        QVERIFY(has(3, R"("levelname": "INFO", "levelno": 20)"));
        QVERIFY(has(3, R"("exc_text": "Traceback")"));
    }
};

QTEST_GUILESS_MAIN(CutelogReceiverTest)
#include "CutelogReceiverTest.moc"
