#include "ShowStrings.h"

#include "base/CalendarTime.h"
#include "record/LogRecordBatch.h"
#include "support/Patience.h"
#include "wire/SyslogWriter.h"

#include <array>

using namespace sluice;

namespace {

using Format = SyslogWriter::Format;
using Framing = SyslogWriter::Framing;

SyslogWriter::Options options(Format format, Framing framing = Framing::None)
{
    SyslogWriter::Options out;
    out.format = format;
    out.framing = framing;
    out.hostname = "here";
    return out;
}

LogRecord record(std::string_view name = "shop.cart")
{
    LogRecord out;
    out.set(Attribute::Name, Value::text(name));
    out.set(Attribute::Process, Value::integer(42));
    out.created = 1'065'910'455'003'000'999; // 2003-10-11T22:14:15.003Z and a bit
    return out;
}

std::string written(const SyslogWriter::Options &options, const LogRecord &record, std::string_view text)
{
    SyslogWriter writer(options);
    std::string out;
    const Status status = writer.write(165, record, text, out);
    return status ? out : "failed: " + status.error().text;
}

} // namespace

class SyslogWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
        readTimeZone();
    }

    void writesPythonsForm()
    {
        SyslogWriter::Options python = options(Format::Python);
        QCOMPARE(written(python, record(), "a\nb"), std::string("<165>a\nb\0", 9));
        python.appendNul = false;
        QCOMPARE(written(python, record(), ""), std::string("<165>"));
        QCOMPARE(written(python, record(), "\xED\xA0\x80"),
                 std::string("failed: The message holds a lone surrogate, which UTF-8 cannot encode."));
    }

    void framesAsToldTo()
    {
        QCOMPARE(written(options(Format::Python, Framing::OctetCounted), record(), "wörld\n"), std::string("12 <165>wörld\n"));
        QCOMPARE(written(options(Format::Python, Framing::Newline), record(), "a\n\nb"), std::string("<165>a#012#012b\n"));
        SyslogWriter writer(options(Format::Python, Framing::OctetCounted));
        std::string out;
        QVERIFY(writer.write(1, record(), "one", out).ok());
        QVERIFY(writer.write(2, record(), "two", out).ok());
        QCOMPARE(out, std::string("6 <1>one6 <2>two"));
    }

    void writesRfc5424()
    {
        QCOMPARE(written(options(Format::Rfc5424), record(), "text"),
                 std::string("<165>1 2003-10-11T22:14:15.003000Z here shop 42 shop.cart - text"));
        // The mark stands where the text is UTF-8 and more than ASCII.
        QCOMPARE(written(options(Format::Rfc5424), record(), "wörld"),
                 std::string("<165>1 2003-10-11T22:14:15.003000Z here shop 42 shop.cart - \xEF\xBB\xBFwörld"));
        QCOMPARE(written(options(Format::Rfc5424), record(), ""),
                 std::string("<165>1 2003-10-11T22:14:15.003000Z here shop 42 shop.cart -"));
    }

    void writesNilForWhatIsNotKnown()
    {
        SyslogWriter::Options bare = options(Format::Rfc5424);
        bare.hostname.clear();
        LogRecord empty;
        empty.created = -1'500'000'000;
        QCOMPARE(written(bare, empty, "x"), std::string("<165>1 1969-12-31T23:59:58.500000Z - - - - - x"));
    }

    void keepsHeaderFieldsWithinTheirBounds()
    {
        SyslogWriter::Options odd = options(Format::Rfc5424);
        odd.hostname = std::string(300, 'h');
        odd.appName = "my app\n" + std::string(60, 'a');
        odd.msgId = "é" + std::string(60, 'm');
        const std::string line = written(odd, record(), "x");
        const std::string head = "<165>1 2003-10-11T22:14:15.003000Z ";
        QCOMPARE(line, head + std::string(255, 'h') + " my_app_" + std::string(41, 'a') + " 42 __" + std::string(30, 'm') + " - x");
    }

    void writesStructuredData()
    {
        SyslogWriter::Options data = options(Format::Rfc5424);
        data.enterpriseId = "32473";
        QCOMPARE(written(data, record(), "x"), std::string("<165>1 2003-10-11T22:14:15.003000Z here shop 42 shop.cart - x"));
        const std::array<Value, 2> list{Value::integer(1), Value::text("z")};
        const std::string longKey(40, 'k');
        const std::array<Field, 7> extra{
            Field{Value::text("quote"), Value::text("a\"b\\c]d[e")}, Field{Value::text("a b=]\"é"), Value::boolean(true)},
            Field{Value::text(longKey), Value::none()},              Field{Value::text(""), Value::real(0.5)},
            Field{Value::text("list"), Value::sequence(Value::Kind::List, list)}, Field{Value::text("lines"), Value::text("1\n2")},
            Field{Value::text("lone"), Value::text("\xED\xA0\x80")}};
        LogRecord one = record();
        one.extra = extra;
        QCOMPARE(written(data, one, "x"),
                 std::string("<165>1 2003-10-11T22:14:15.003000Z here shop 42 shop.cart [extra@32473 quote=\"a\\\"b\\\\c\\]d[e\" "
                             "a_b_____=\"True\" ") +
                     std::string(32, 'k') + "=\"None\" _=\"0.5\" list=\"[1, 'z'\\]\" lines=\"1\n2\" lone=\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"] x");
        // Off unless asked for.
        QVERIFY(written(options(Format::Rfc5424), one, "x").ends_with(" - x"));
    }

    void writesRfc3164()
    {
        QCOMPARE(written(options(Format::Rfc3164), record(), "text\n\xED\xA0\x80"),
                 std::string("<165>Oct 11 22:14:15 here shop[42]: text\n\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"));
        LogRecord early = record("a:b[c] d");
        early.created = 1'065'305'655'000'000'000;
        early.set(Attribute::Process, Value::none());
        QCOMPARE(written(options(Format::Rfc3164), early, ""), std::string("<165>Oct  4 22:14:15 here a_b_c__d: "));
        QVERIFY(written(options(Format::Rfc3164), record(std::string(50, 't')), "").ends_with(" " + std::string(32, 't') + "[42]: "));
    }

    void tellsEachSecondItsTime()
    {
        SyslogWriter writer(options(Format::Rfc3164));
        std::string out;
        LogRecord one = record();
        for (int i = 0; i < 3; ++i) {
            QVERIFY(writer.write(1, one, "x", out).ok());
            one.created += nanosecondsPerSecond;
        }
        QVERIFY(out.find("22:14:15") < out.find("22:14:16") && out.find("22:14:17") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(SyslogWriterTest)
#include "SyslogWriterTest.moc"
