#include "ShowStrings.h"

#include "record/LogRecordBatch.h"
#include "support/Patience.h"
#include "wire/JsonReader.h"
#include "wire/JsonWriter.h"
#include "wire/OtlpLogs.h"

#include <string>
#include <vector>

using namespace sluice;

namespace {

/// The dictionaries as JSON, or sentences; the last is what the whole request fails with.
std::vector<std::string> read(const std::string &json)
{
    Arena arena;
    JsonReader reader;
    OtlpLogs logs;
    std::vector<std::string> out;
    const Result<Value> request = reader.read(json, arena);
    if (!request)
        return {request.error().text};
    const Status status = logs.read(*request, arena, [&](const Result<Value> &dict) {
        if (!dict) {
            out.push_back(dict.error().text);
            return true;
        }
        std::string text;
        appendJson(*dict, text);
        out.push_back(std::move(text));
        return true;
    });
    if (!status)
        out.push_back("failed: " + status.error().text);
    return out;
}

std::string inScope(const std::string &records, const std::string &resource = "{}")
{
    return R"({"resourceLogs":[{"resource":)" + resource + R"(,"scopeLogs":[{"scope":{"name":"app.db"},"logRecords":[)" +
           records + "]}]}]}";
}

} // namespace

class OtlpLogsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// https://github.com/open-telemetry/opentelemetry-proto/blob/main/examples/logs.json
    void readsTheSpecificationsExample()
    {
        const std::string example = R"({
  "resourceLogs": [{
    "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "my.service"}}]},
    "scopeLogs": [{
      "scope": {"name": "my.library", "version": "1.0.0",
                "attributes": [{"key": "my.scope.attribute", "value": {"stringValue": "some scope attribute"}}]},
      "logRecords": [{
        "timeUnixNano": "1544712660300000000", "observedTimeUnixNano": "1544712660300000000",
        "severityNumber": 10, "severityText": "Information",
        "traceId": "5B8EFFF798038103D269B633813FC60C", "spanId": "EEE19B7EC3C1B174",
        "body": {"stringValue": "Example log record"},
        "attributes": [
          {"key": "string.attribute", "value": {"stringValue": "some string"}},
          {"key": "boolean.attribute", "value": {"boolValue": true}},
          {"key": "int.attribute", "value": {"intValue": "10"}},
          {"key": "double.attribute", "value": {"doubleValue": 637.704}},
          {"key": "array.attribute", "value": {"arrayValue": {"values": [{"stringValue": "many"}, {"stringValue": "values"}]}}},
          {"key": "map.attribute", "value": {"kvlistValue": {"values": [{"key": "some.map.key", "value": {"stringValue": "some value"}}]}}}
        ]}]}]}]})";
        QCOMPARE(read(example),
                 std::vector<std::string>{
                     R"({"name": "my.library", "msg": "Example log record", "levelno": 21, "levelname": "Information", )"
                     R"("created": 1544712660.3, "trace_id": "5B8EFFF798038103D269B633813FC60C", "span_id": "EEE19B7EC3C1B174", )"
                     R"("string.attribute": "some string", "boolean.attribute": true, "int.attribute": 10, )"
                     R"("double.attribute": 637.704, "array.attribute": ["many", "values"], )"
                     R"("map.attribute": {"some.map.key": "some value"}, "service.name": "my.service"})"});
    }

    void givesPythonsNames()
    {
        QCOMPARE(read(inScope(R"({"observedTimeUnixNano": 1500000000, "severityNumber": 13, "severityText": "WARN",
            "body": {"stringValue": "m"}, "attributes": [
            {"key": "code.file.path", "value": {"stringValue": "/a/b.py"}},
            {"key": "code.line.number", "value": {"intValue": 7}},
            {"key": "code.function.name", "value": {"stringValue": "f"}},
            {"key": "thread.id", "value": {"intValue": "5"}},
            {"key": "exception.type", "value": {"stringValue": "KeyError"}},
            {"key": "exception.message", "value": {"stringValue": "'x'"}},
            {"key": "processName", "value": {"stringValue": "Main"}},
            {"key": "args", "value": {"stringValue": "%s"}},
            {"key": "msg", "value": {"stringValue": "other"}}]})")),
                 std::vector<std::string>{
                     R"({"name": "app.db", "msg": "m", "levelno": 30, "created": 1.5, "pathname": "/a/b.py", "lineno": 7, )"
                     R"("funcName": "f", "thread": 5, "exception.type": "KeyError", "exception.message": "'x'", )"
                     R"("processName": "Main", "exc_text": "KeyError: 'x'"})"});
    }

    void readsLevels_data()
    {
        QTest::addColumn<QString>("record");
        QTest::addColumn<QString>("level");
        const auto row = [](const char *record, const char *level) {
            QTest::newRow(record) << QString::fromLatin1(record) << QString::fromLatin1(level);
        };
        row(R"("severityNumber": 1)", R"(, "levelno": 5)");
        row(R"("severityNumber": 5)", R"(, "levelno": 10)");
        row(R"("severityNumber": 9)", R"(, "levelno": 20)");
        row(R"("severityNumber": 12)", R"(, "levelno": 23)");
        row(R"("severityNumber": 17, "severityText": "ERROR")", R"(, "levelno": 40)");
        row(R"("severityNumber": 21, "severityText": "Fatal")", R"(, "levelno": 50)");
        row(R"("severityNumber": 0, "severityText": "warn")", R"(, "levelno": 30)");
        row(R"("severityNumber": 25, "severityText": "odd")", R"(, "levelname": "odd")");
        row(R"("severityNumber": "17")", R"(, "levelno": 40)");
        row(R"("severityText": "")", "");
    }

    void readsLevels()
    {
        QFETCH(QString, record);
        QFETCH(QString, level);
        QCOMPARE(read(inScope("{" + record.toStdString() + "}")),
                 std::vector<std::string>{R"({"name": "app.db", "msg": null)" + level.toStdString() + "}"});
    }

    void goesOnAfterWhatIsNoRecord()
    {
        const auto out = read(inScope(R"(5, {"body": {"intValue": "7"}}, null, {"body": {"bytesValue": "/w=="}}, {"body": {"doubleValue": "-Infinity"}})"));
        QCOMPARE(out.size(), 5u);
        QCOMPARE(out[4], std::string("{\"name\": \"app.db\", \"msg\": -Infinity}"));
        QCOMPARE(out[0], std::string("A log record is no object."));
        QCOMPARE(out[1], std::string(R"({"name": "app.db", "msg": 7})"));
        QCOMPARE(out[3], std::string(R"({"name": "app.db", "msg": "b'\\xff'"})"));
    }

    void saysThatItIsNoRequest()
    {
        QCOMPARE(read("[]")[0], std::string("failed: It is no request to export logs: there are no resourceLogs."));
        QCOMPARE(read(R"({"resourceLogs": 5})").size(), 1u);
        QVERIFY(read("{}").empty()); // nothing to export, which is allowed
        QVERIFY(read(R"({"resourceLogs": [5, {"scopeLogs": 7}, {"scopeLogs": [{"logRecords": 7}]}]})").empty());
    }

    void boundsAttributes()
    {
        std::string attributes;
        for (std::size_t i = 0; i <= OtlpLogs::maxFields; ++i)
            attributes += std::string(i ? "," : "") + "{\"key\": \"k" + std::to_string(i) + "\"}";
        QCOMPARE(read(inScope(R"({"attributes": [)" + attributes + "]}"))[0],
                 std::string("A log record has more than 256 attributes."));
        QCOMPARE(read(inScope("{}", R"({"attributes": [)" + attributes + "]}"))[0],
                 std::string("failed: A resource has more than 256 attributes."));

        // A few bytes for each record must not stand for hundreds of fields each, without end.
        attributes = attributes.substr(0, attributes.rfind(','));
        std::string records = "{}";
        for (int i = 1; i < 5000; ++i)
            records += ",{}";
        const auto out = read(inScope(records, R"({"attributes": [)" + attributes + "]}"));
        QCOMPARE(out.size(), 5000u);
        QVERIFY(out[0].starts_with("{"));
        QCOMPARE(out[4999], std::string("The request's records have too many attributes together."));
    }
};

QTEST_GUILESS_MAIN(OtlpLogsTest)
#include "OtlpLogsTest.moc"
