#include "handler/StreamHandler.h"

#include "handler/HandlerFixtures.h"
#include "support/Patience.h"

using namespace sluice;

namespace {

/// A stream in memory that can be full.
class StringStream : public OutputStream
{
public:
    NativeFile::Written write(std::string_view bytes) override
    {
        ++calls;
        NativeFile::Written written;
        written.bytes = std::min(room, bytes.size());
        text += bytes.substr(0, written.bytes);
        room -= written.bytes;
        if (written.bytes < bytes.size())
            written.status = Error{"full"};
        return written;
    }

    std::string text;
    std::size_t room = 1'000'000;
    int calls = 0;
};

} // namespace

class StreamHandlerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesABatchWithOneCall()
    {
        const auto stream = std::make_shared<StringStream>();
        StreamHandler handler(stream, {});
        handler.handle(test::Records({"a", "é", ""}).all());
        QCOMPARE(stream->text, std::string("a\né\n\n"));
        QCOMPARE(stream->calls, 1);
    }

    void endsRecordsWithItsTerminator()
    {
        const auto stream = std::make_shared<StringStream>();
        StreamHandler handler(stream, {});
        handler.setTerminator("|\r\n");
        handler.handle(test::Records({"a", "b"}).all());
        QCOMPARE(stream->text, std::string("a|\r\nb|\r\n"));
    }

    void reportsWhatCannotBeFormattedOrEncodedAndWritesTheRest()
    {
        const auto stream = std::make_shared<StringStream>();
        StreamHandler handler(stream, *TextEncoder::create("latin-1", ""));
        test::Errors errors(handler);
        test::Records records({"a", "%d", "€", "b"});
        const std::array<Value, 1> args{Value::text("x")};
        records.batch().records()[1].set(Attribute::Args, Value::sequence(Value::Kind::Tuple, args));
        handler.handle(records.all());
        QCOMPARE(stream->text, std::string("a\nb\n"));
        QCOMPARE(errors.seen.size(), 2u);
        QCOMPARE(errors.seen[0], std::string("%d: %d format: a real number is required, not str"));
        QCOMPARE(errors.seen[1], std::string("€: 'latin-1' codec can't encode character '\\u20ac' in "
                                             "position 0: ordinal not in range(256)"));
        QCOMPARE(handler.counters().failed, 2u);
    }

    void reportsEachRecordThatDidNotGetOut()
    {
        const auto stream = std::make_shared<StringStream>();
        StreamHandler handler(stream, {});
        test::Errors errors(handler);
        stream->room = 5;
        handler.handle(test::Records({"one", "two", "three"}).all());
        QCOMPARE(errors.seen, (std::vector<std::string>{"two: full", "three: full"}));
        stream->room = 100;
        handler.handle(test::Records({"four"}).all());
        QVERIFY(stream->text.ends_with("four\n"));
        QCOMPARE(errors.seen.size(), 2u);
    }

    void setStreamGivesTheOldOneBack()
    {
        const auto first = std::make_shared<StringStream>();
        const auto second = std::make_shared<StringStream>();
        StreamHandler handler(first, {});
        QVERIFY(!handler.setStream(first));
        QVERIFY(handler.setStream(second) == first);
        handler.handle(test::Records({"x"}).all());
        QCOMPARE(first->text, std::string());
        QCOMPARE(second->text, std::string("x\n"));
    }

    void withoutAStreamRecordsAreReported()
    {
        StreamHandler handler(nullptr, {});
        test::Errors errors(handler);
        handler.handle(test::Records({"x"}).all());
        QCOMPARE(errors.seen, (std::vector<std::string>{"x: There is no stream to write to."}));
    }
};

QTEST_GUILESS_MAIN(StreamHandlerTest)
#include "StreamHandlerTest.moc"
