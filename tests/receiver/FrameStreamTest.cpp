#include "ShowStrings.h"
#include "receiver/RecordingSink.h"

#include "receiver/FrameStream.h"
#include "support/Patience.h"
#include "wire/PickleWriter.h"

#include <algorithm>
#include <cstring>

using namespace sluice;

namespace {

std::string frame(std::string_view pickle)
{
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(pickle.size() >> shift);
    return out.append(pickle);
}

std::string recordFrame(const std::string &message)
{
    LogRecordBatch batch;
    LogRecord &record = batch.add();
    record.set(Attribute::Name, Value::text("app"));
    record.set(Attribute::Levelname, Value::text("INFO"));
    record.set(Attribute::Levelno, Value::integer(20));
    record.set(Attribute::Msg, Value::text(message));
    std::string out;
    if (!PickleWriter().makePickle(record, out))
        qFatal("a record cannot be written");
    return out;
}

/// Feeds bytes in pieces of at most `piece`, each at an address of the stream's choice.
void feed(FrameStream &stream, std::string_view bytes, std::size_t piece)
{
    while (!bytes.empty()) {
        const std::span<char> space = stream.space();
        QVERIFY(!space.empty());
        const std::size_t count = std::min({bytes.size(), piece, space.size()});
        std::memcpy(space.data(), bytes.data(), count);
        QVERIFY(stream.take(count));
        bytes.remove_prefix(count);
    }
}

QStringList messages(const RecordingSink &sink)
{
    QStringList out;
    for (const std::string &json : sink.records()) {
        const std::size_t begin = json.find("\"msg\": \"") + 8;
        out += QString::fromStdString(
            json.substr(begin, std::min<std::size_t>(20, json.find('"', begin) - begin)));
    }
    return out;
}

} // namespace

class FrameStreamTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsFramesSplitAtEveryByte()
    {
        const std::string bytes = recordFrame("one") + recordFrame("two") + frame("") + recordFrame("three");
        for (std::size_t split = 0; split <= bytes.size(); ++split) {
            FrameWorkshop workshop(1024 * 1024);
            RecordingSink sink;
            FrameStream stream(workshop, sink, "peer");
            feed(stream, std::string_view(bytes).substr(0, split), bytes.size());
            feed(stream, std::string_view(bytes).substr(split), bytes.size());
            stream.end("Closed");
            QCOMPARE(messages(sink).join(u','), QStringLiteral("one,two,three"));
            QVERIFY(sink.rejections().empty());
        }
    }

    void readsFramesByteByByte()
    {
        FrameWorkshop workshop(1024 * 1024);
        RecordingSink sink;
        FrameStream stream(workshop, sink, "peer");
        feed(stream, recordFrame("one") + recordFrame("two"), 1);
        QCOMPARE(messages(sink).join(u','), QStringLiteral("one,two"));
    }

    void goesOnAfterABadFrame()
    {
        FrameWorkshop workshop(1024 * 1024);
        RecordingSink sink;
        FrameStream stream(workshop, sink, "peer");
        feed(stream,
             recordFrame("one") + frame("cos\nsystem\n(S'x'\ntR.") + frame("\xFF\xFF") + frame("]q") +
                 recordFrame("two"),
             7);
        QCOMPARE(messages(sink).join(u','), QStringLiteral("one,two"));
        QCOMPARE(sink.rejections().size(), 3u);
        QCOMPARE(
            sink.rejections()[0],
            std::string("It is an object, not a LogRecord's dictionary.|b\"cos\\nsystem\\n(S'x'\\ntR.\""));
        QVERIFY(sink.rejections()[1].starts_with("Opcode 0xff is not known"));
    }

    void skipsAFrameAboveTheLimitWithoutKeepingIt()
    {
        FrameWorkshop workshop(10000);
        RecordingSink sink;
        FrameStream stream(workshop, sink, "peer");
        const std::string big = frame(std::string(3'000'000, 'x'));
        for (const std::size_t piece : {1000000u, 999u}) {
            feed(stream, recordFrame("one") + big + recordFrame("two"), piece);
            QVERIFY(stream.space().size() <= StreamBuffer::bufferBytes);
        }
        QCOMPARE(messages(sink).join(u','), QStringLiteral("one,two,one,two"));
        QCOMPARE(sink.rejections().size(), 2u);
        QVERIFY(sink.rejections()[0].starts_with(
            "A frame of 3000000 bytes is longer than the limit of 10000 bytes."));
    }

    void readsFramesLargerThanItsBuffer()
    {
        FrameWorkshop workshop(16 * 1024 * 1024);
        RecordingSink sink;
        FrameStream stream(workshop, sink, "peer");
        std::string bytes;
        for (const std::size_t size : {100u, 262144u, 5'000'000u, 300'000u, 50u})
            bytes += recordFrame(std::string(size, 'm'));
        for (const std::size_t piece : {65536u, 1000u, 10'000'000u}) {
            feed(stream, bytes, piece);
            QCOMPARE(sink.rejections().size(), 0u);
        }
        QCOMPARE(sink.records().size(), 15u);
        QVERIFY(sink.records()[2].size() > 5'000'000);
        QVERIFY(sink.records()[2].find(std::string(5'000'000, 'm')) != std::string::npos);
    }

    void aLengthAloneReservesNothing()
    {
        FrameWorkshop workshop(1024 * 1024 * 1024);
        RecordingSink sink;
        FrameStream stream(workshop, sink, "peer");
        feed(stream, std::string("\x3F\xFF\xFF\xFF", 4) + "abc", 100);
        QVERIFY(stream.space().size() <= StreamBuffer::bufferBytes);
    }

    void reportsAFrameCutOffAtTheEnd()
    {
        FrameWorkshop workshop(10000);
        RecordingSink sink;
        FrameStream stream(workshop, sink, "peer");
        feed(stream, recordFrame("one") + recordFrame("two").substr(0, 50), 1000);
        stream.end("The connection was closed");
        QCOMPARE(messages(sink).join(u','), QStringLiteral("one"));
        QCOMPARE(sink.rejections().size(), 1u);
        QVERIFY(sink.rejections()[0].starts_with("The connection was closed in the middle of a frame.|b'"));
    }

    void recordsLiveAsLongAsTheirBatch()
    {
        class Keeper final : public RecordSink
        {
        public:
            bool accept(std::shared_ptr<LogRecordBatch> batch, std::string_view) override
            {
                batches.push_back(std::move(batch));
                return true;
            }
            void reject(std::string_view, std::string_view, std::string_view) override {}
            void setFault(std::string_view) override {}
            void finished() override {}
            std::vector<std::shared_ptr<LogRecordBatch>> batches;
        };
        Keeper keeper;
        {
            FrameWorkshop workshop(1024 * 1024);
            FrameStream stream(workshop, keeper, "peer");
            for (int i = 0; i < 5000; ++i)
                feed(stream, recordFrame("message " + std::to_string(i)), 200);
        }
        int number = 0;
        for (const auto &batch : keeper.batches) {
            for (const LogRecord &record : batch->records())
                QCOMPARE(record.text(Attribute::Msg),
                         std::string_view("message " + std::to_string(number++)));
        }
        QCOMPARE(number, 5000);
    }
};

QTEST_GUILESS_MAIN(FrameStreamTest)
#include "FrameStreamTest.moc"
