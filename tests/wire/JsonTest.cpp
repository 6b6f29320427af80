#include "ShowStrings.h"
#include "support/Patience.h"
#include "support/Python.h"
#include "wire/Canonical.h"

#include "record/LogRecordBatch.h"
#include "wire/JsonReader.h"
#include "wire/JsonWriter.h"
#include "wire/RecordBuilder.h"

using namespace sluice;

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

std::string errorOf(std::string_view json)
{
    Arena arena;
    const Result<Value> value = JsonReader().read(json, arena);
    return value ? "no error" : value.error().text;
}

} // namespace

class JsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndWritesAsPythonDoes()
    {
        const PythonResult python =
            runPython("tests/wire/json_cases.py", {QStringLiteral("5"), QStringLiteral("6000")});
        QVERIFY2(python.ok, python.errors.constData());
        JsonReader reader;
        Arena arena;
        int refused = 0;
        int accepted = 0;
        for (const QByteArray &line : python.output.trimmed().split('\n')) {
            const QList<QByteArray> parts = line.split(' ');
            QCOMPARE(parts.size(), 3);
            const QByteArray json = QByteArray::fromHex(parts[0]);
            const std::vector<char> exact(json.begin(), json.end());
            arena.reset();
            const Result<Value> value = reader.read({exact.data(), exact.size()}, arena);
            const std::string result = value ? canonical(*value) : "error";
            if (result != view(parts[1]))
                QFAIL("text " + json + "\nexpected " + parts[1] + "\nread     " +
                      QByteArray::fromStdString(result) + "\n" +
                      (value ? QByteArray() : QByteArray::fromStdString(value.error().text)));
            ++(value ? accepted : refused);
            if (value) {
                std::string written;
                appendJson(*value, written);
                QCOMPARE(std::string_view(written), view(QByteArray::fromHex(parts[2])));
            }
        }
        QVERIFY(accepted > 3000);
        QVERIFY(refused > 1000);
    }

    void recordsSurviveTheWayThroughJson()
    {
        const PythonResult python =
            runPython("tests/wire/record_cases.py", {QStringLiteral("6"), QStringLiteral("300")});
        QVERIFY2(python.ok, python.errors.constData());
        JsonReader reader;
        RecordBuilder builder;
        int compared = 0;
        for (const QByteArray &line : python.output.trimmed().split('\n')) {
            const QByteArray json =
                line.mid(line.indexOf(' ', line.indexOf(' ', line.indexOf(' ') + 1) + 1) + 1);
            if (json.isEmpty())
                continue;
            LogRecordBatch batch;
            const Result<Value> dict = reader.read(view(json), batch.arena());
            QVERIFY2(dict.ok(), json.constData());
            QVERIFY(builder.build(*dict, batch.add(), batch.arena(), 0).ok());
            std::string written;
            appendJson(batch.records()[0], written);
            const Result<Value> again = reader.read(written, batch.arena());
            QVERIFY2(again.ok(), written.c_str());
            QCOMPARE(canonical(*again), canonical(*dict));
            ++compared;
        }
        QVERIFY(compared > 200);
    }

    void errorsNameTheColumn()
    {
        QCOMPARE(errorOf("{\"a\": 1, b}"),
                 std::string("Expecting property name enclosed in double quotes at column 10."));
        QCOMPARE(errorOf("[1 2]"), std::string("Expecting ',' delimiter at column 4."));
        QCOMPARE(errorOf("\"abc"), std::string("Unterminated string at column 1."));
        QCOMPARE(errorOf("\"a\xff\""), std::string("The text is not UTF-8 at column 1."));
    }

    void refusesWhatIsTooDeepOrTooMuch()
    {
        QVERIFY(errorOf(std::string(100000, '[')).find("Nested too deeply") != std::string::npos);
        QVERIFY(errorOf(std::string(200, '[') + std::string(200, ']')) == "no error");
        JsonLimits limits;
        limits.maxValues = 10;
        Arena arena;
        QVERIFY(!JsonReader(limits).read("[1,2,3,4,5,6,7,8,9,10,11]", arena).ok());
    }

    void writesWhatJsonHasNoFormFor()
    {
        const std::array<Value, 4> items{Value::bytes("a\xff"), Value::inert("<app.Foo>"),
                                         Value::real(std::numeric_limits<double>::quiet_NaN()),
                                         Value::sequence(Value::Kind::Set, {})};
        std::string out;
        appendJson(Value::sequence(Value::Kind::Tuple, items), out);
        QCOMPARE(out, std::string("[\"b'a\\\\xff'\", \"<app.Foo>\", NaN, []]"));
    }
};

QTEST_GUILESS_MAIN(JsonTest)
#include "JsonTest.moc"
