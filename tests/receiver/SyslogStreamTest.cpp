#include "ShowStrings.h"
#include "receiver/RecordingSink.h"

#include "receiver/SyslogStream.h"
#include "support/Patience.h"

#include <algorithm>
#include <cstring>

using namespace sluice;

namespace {

QStringList messages(const RecordingSink &sink)
{
    QStringList out;
    for (const std::string &json : sink.records()) {
        const std::size_t begin = json.find("\"msg\": \"") + 8;
        out += QString::fromStdString(json.substr(begin, json.find("\", \"args\"", begin) - begin));
    }
    return out;
}

struct Stream
{
    RecordingSink sink;
    SyslogWorkshop workshop;
    SyslogStream stream{workshop, "peer"};

    explicit Stream(std::size_t maxMessage = 1024 * 1024) : workshop(sink, maxMessage) {}

    /// Feeds bytes in pieces of at most `piece`.
    void feed(std::string_view bytes, std::size_t piece = std::string_view::npos)
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
};

} // namespace

class SyslogStreamTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framingIsSeenFromEachMessage_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *title, std::string_view bytes, QStringList expected) {
            QTest::newRow(title) << QByteArray(bytes.data(), qsizetype(bytes.size())) << expected;
        };
        using namespace std::string_view_literals;
        const auto list = [](std::initializer_list<const char *> texts) {
            QStringList out;
            for (const char *text : texts)
                out += QString::fromLatin1(text);
            return out;
        };
        row("line feeds", "<14>one\n<14>two\r\n\n<14>three\n"sv, list({"one", "two", "three"}));
        row("line feeds, without PRI", "one\n2 two\n30 monkeys\n"sv, list({"one", "2 two", "30 monkeys"}));
        row("NULs", "<14>one\0<14>two\nlines\0<14>three\0"sv, list({"one", "two\\nlines", "three"}));
        row("NULs, empty messages", "<14>one\0\0\0<14>two\0"sv, list({"one", "two"}));
        row("octets counted", "7 <14>one8 <14>t\nwo10 <14>three\n\n"sv, list({"one", "t\\nwo", "three"}));
        row("octets counted, line feeds between", "7 <14>one\n7 <14>two\n"sv, list({"one", "two"}));
        row("octets counted and line feeds", "<14>one\n7 <14>two<14>three\n8 <14>four"sv, list({"one", "two", "three", "four"}));
        row("line feeds and NULs", "<14>one\n<14>two\0<14>three\n"sv, list({"one", "two", "three"}));
        row("the last without an end", "<14>one\n<14>two"sv, list({"one", "two"}));
        row("the last of NULs without an end", "<14>one\0<14>two\nlines"sv, list({"one", "two\\nlines"}));
        row("a count with a zero in front", "07 <14>one\n"sv, list({"07 <14>one"}));
        row("digits and no count", "12345678901 <14>x\n123\n1234567890\n12"sv,
            list({"12345678901 <14>x", "123", "1234567890", "12"}));
    }
    void framingIsSeenFromEachMessage()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, expected);
        for (const std::size_t piece : {1u, 2u, 3u, 7u, 1000u}) {
            Stream stream;
            stream.feed({bytes.constData(), std::size_t(bytes.size())}, piece);
            stream.stream.end("The connection was closed");
            QCOMPARE(messages(stream.sink), expected);
            QVERIFY(stream.sink.rejections().empty());
            QCOMPARE(stream.stream.held(), 0u);
        }
    }

    void aFirstMessageOfSeveralLinesThatEndsInANulIsOne()
    {
        using namespace std::string_view_literals;
        Stream stream;
        stream.feed("<14>Traceback:\n  line\n<tag>\0<11>next\nline\0"sv);
        QCOMPARE(messages(stream.sink), QStringList({QStringLiteral("Traceback:\\n  line\\n<tag>"), QStringLiteral("next\\nline")}));
    }

    void whatIsTooLongIsRejectedAndNotKept()
    {
        using namespace std::string_literals;
        const std::string big(5000, 'x');
        for (const std::size_t piece : {1u, 7u, 100'000u}) {
            Stream stream(1024);
            stream.feed("<14>a\n<14>" + big + "\n<14>b\n" + "5004 <14>" + big + "7 <14>c\n\n<14>d\n", piece);
            stream.stream.end("The connection was closed");
            QCOMPARE(messages(stream.sink).join(u' '), QStringLiteral("a b c\\n d"));
            QCOMPARE(stream.sink.rejections().size(), 2u);
            for (const std::string &rejection : stream.sink.rejections())
                QVERIFY2(rejection.starts_with("A message is longer than the limit of 1024 bytes.|'<14>xxxx"), rejection.c_str());

            Stream nuls(1024);
            nuls.feed("<14>a\0"s + "<14>" + big + "\nmore\0<14>b\0"s, piece);
            QCOMPARE(messages(nuls.sink).join(u' '), QStringLiteral("a b"));
            QCOMPARE(nuls.sink.rejections().size(), 1u);
        }
        Stream endless(1024);
        for (int i = 0; i < 10'000; ++i)
            endless.feed(big);
        QCOMPARE(endless.sink.rejections().size(), 1u);
        QVERIFY(endless.stream.held() <= 1);
    }

    void aCountThatNobodySendsTakesNoMemory()
    {
        Stream stream(256 * 1024 * 1024);
        stream.feed("268435000 <14>a");
        QVERIFY(stream.stream.space().size() <= StreamBuffer::bufferBytes);
        QVERIFY(stream.stream.held() < 100);
        stream.stream.end("The connection was closed");
        QCOMPARE(stream.sink.rejections()[0], std::string("The connection was closed in the middle of a message.|'268435000 <14>a'"));
        QVERIFY(stream.sink.records().empty());
    }

    void manyMessagesInOneReadTakeOneLookEach()
    {
        // With a search for a NUL from each message on, this would take minutes.
        std::string bytes;
        while (bytes.size() < 3'000'000)
            bytes += "<14>x\n";
        Stream stream(64 * 1024 * 1024);
        stream.feed(bytes);
        QCOMPARE(stream.sink.records().size(), bytes.size() / 6);
        // One long message that comes in pieces, too.
        Stream pieces(64 * 1024 * 1024);
        pieces.feed(std::string(4'000'000, 'x') + "\n", 1000);
        QCOMPARE(pieces.sink.records().size(), 1u);
    }

    void stopsWithItsSink()
    {
        Stream stream;
        stream.sink.stop();
        const std::span<char> space = stream.stream.space();
        std::memcpy(space.data(), "<14>a\n", 6);
        QVERIFY(!stream.stream.take(6));
    }
};

QTEST_GUILESS_MAIN(SyslogStreamTest)
#include "SyslogStreamTest.moc"
