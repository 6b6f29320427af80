#include "ShowStrings.h"

#include "support/Patience.h"
#include "wire/HttpRequestReader.h"

#include <string>
#include <vector>

using namespace sluice;

namespace {

using State = HttpRequestReader::State;

/// What a reader makes of bytes that come in pieces: a line for each request, or for the failure.
std::string readAll(std::string_view bytes, std::size_t piece, HttpLimits limits = {})
{
    HttpRequestReader reader(limits);
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        std::string_view pending = bytes.substr(at, piece);
        for (bool more = true; more;) {
            switch (reader.read(pending)) {
            case State::NeedsMore:
                if (!pending.empty())
                    return out + "left over";
                more = false;
                break;
            case State::HasHead: {
                const HttpRequestHead &request = reader.request();
                out += std::string(request.method) + " " + std::string(request.path) + " ?" +
                       std::string(request.query) + " @" + std::string(request.host) +
                       (request.keepAlive ? " keeps" : " closes") + (request.expectsContinue ? " expects" : "") + ":";
                break;
            }
            case State::Complete:
                out += (reader.body() ? *reader.body() : std::string("-")) + "\n";
                reader.next();
                break;
            case State::Failed:
                return out + std::to_string(reader.problem().status) + " " + reader.problem().sentence;
            }
        }
    }
    return out + (reader.held() ? "unfinished" : "");
}

/// In one piece, in single bytes and in pieces between: always the same.
std::string read(std::string_view bytes, HttpLimits limits = {})
{
    const std::string whole = readAll(bytes, bytes.size() + 1, limits);
    for (const std::size_t piece : {1, 2, 3, 7, 20}) {
        const std::string other = readAll(bytes, piece, limits);
        if (other != whole)
            return "in pieces of " + std::to_string(piece) + ": " + other + " instead of " + whole;
    }
    return whole;
}

} // namespace

class HttpRequestReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatPythonSends()
    {
        QCOMPARE(read("POST /log HTTP/1.1\r\nHost: localhost:9022\r\nContent-type: application/x-www-form-urlencoded\r\n"
                      "Content-length: 5\r\n\r\na=b&c"),
                 std::string("POST /log ? @localhost:9022 keeps:a=b&c\n"));
        QCOMPARE(read("GET /log?name=a&msg=%3F HTTP/1.1\r\nHost: [::1]\r\n\r\n"),
                 std::string("GET /log ?name=a&msg=%3F @[::1] keeps:-\n"));
    }

    void readsOneRequestBehindTheOther()
    {
        QCOMPARE(read("GET /a?x HTTP/1.1\r\nHost: h\r\n\r\n\r\nPOST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n"
                      "Connection: TE, close\r\n\r\nokGET / HTTP/1.0\r\n\r\nGET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"),
                 std::string("GET /a ?x @h keeps:-\nPOST /b ? @h closes:ok\nGET / ? @ closes:-\nGET / ? @ keeps:-\n"));
    }

    void joinsChunks()
    {
        QCOMPARE(read("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\nExpect: 100-continue\r\n\r\n"
                      "4\r\nWiki\r\n5;ext=\"x\"\r\npedia\r\nE \r\n in\r\n\r\nchunks.\r\n000\r\nTrailer: x\r\n\r\n"
                      "GET / HTTP/1.1\r\nHost: h\r\n\r\n"),
                 std::string("POST / ? @h keeps expects:Wikipedia in\r\n\r\nchunks.\nGET / ? @h keeps:-\n"));
    }

    void takesTheHostOfAnAbsoluteTarget()
    {
        QCOMPARE(read("GET http://evil.example:80/a?b HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                 std::string("GET /a ?b @evil.example:80 keeps:-\n"));
        QCOMPARE(read("GET http://x?y HTTP/1.1\r\nHost: localhost\r\n\r\n"), std::string("GET  ?y @x keeps:-\n"));
    }

    void refusesWhatTwoReadersMayReadInTwoWays_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const auto head = [](const char *name, const QByteArray &headers, int status = 400) {
            QTest::newRow(name) << "POST / HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n\r\n" << status;
        };
        head("two lengths", "Content-Length: 3\r\nContent-Length: 3");
        head("list of lengths", "Content-Length: 3, 3");
        head("negative length", "Content-Length: -3");
        head("signed length", "Content-Length: +3");
        head("huge length", "Content-Length: 99999999999999999999999");
        head("empty length", "Content-Length:");
        head("length and chunks", "Content-Length: 3\r\nTransfer-Encoding: chunked");
        head("two encodings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked");
        head("unknown encoding", "Transfer-Encoding: gzip, chunked", 501);
        head("odd encoding", "Transfer-Encoding: xchunked", 501);
        head("space before colon", "Content-Length : 3");
        head("folded line", "A: b\r\n c");
        head("no colon", "nonsense");
        head("empty name", ": x");
        head("zero byte", QByteArray("A: b\0c", 6));
        head("lone CR", "A: b\rContent-Length: 3");
        head("two hosts", "Host: other");
        head("other expectation", "Expect: everything", 417);
        QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 400;
        QTest::newRow("lone LF") << QByteArray("GET / HTTP/1.1\nHost: h\n\n") << 400;
        QTest::newRow("lone LF later") << QByteArray("GET / HTTP/1.1\r\nHost: h\n\r\n") << 400;
        QTest::newRow("chunks in 1.0") << QByteArray("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") << 400;
        QTest::newRow("HTTP/0.9") << QByteArray("GET /\r\n\r\n") << 400;
        QTest::newRow("HTTP/2") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 505;
        QTest::newRow("other protocol's version") << QByteArray("GET / SPDY/1\r\n\r\n") << 400;
        QTest::newRow("odd method") << QByteArray("G(T / HTTP/1.1\r\nHost: h\r\n\r\n") << 400;
        QTest::newRow("odd target") << QByteArray("GET x HTTP/1.1\r\nHost: h\r\n\r\n") << 400;
        QTest::newRow("space in target") << QByteArray("GET /a b HTTP/1.1\r\nHost: h\r\n\r\n") << 400;
        QTest::newRow("pickle") << QByteArray("\0\0\0\x10}q\0", 7) << 400;
        QTest::newRow("TLS") << QByteArray("\x16\x03\x01\x02\x00", 5) << 400;
        const auto chunks = [](const char *name, const QByteArray &body, int status = 400) {
            QTest::newRow(name) << "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body << status;
        };
        chunks("no size", "\r\n");
        chunks("odd size", "g\r\n");
        chunks("signed size", "-1\r\n");
        chunks("prefixed size", "0x3\r\nabc\r\n");
        chunks("too long for its size", "3\r\nabcd\r\n");
        chunks("chunk with lone LF", "3\nabc");
        chunks("huge size", "FFFFFFFFFFFFFFFFF\r\n");
        chunks("large size", "FFFFFFFFFFFFFFFF\r\n", 413);
        chunks("endless size line", QByteArray(300, '0'));
    }

    void refusesWhatTwoReadersMayReadInTwoWays()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        const std::string result = read({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        const std::string last = result.substr(result.find(':') == std::string::npos || result.starts_with("4") ||
                                                       result.starts_with("5")
                                                   ? 0
                                                   : result.find(':') + 1);
        QVERIFY2(last.starts_with(std::to_string(status) + " "), result.c_str());
    }

    void boundsWhatIsKept()
    {
        HttpLimits limits;
        limits.maxHead = 100;
        limits.maxHeaders = 3;
        limits.maxBody = 10;
        QVERIFY(read("GET /" + std::string(200, 'x'), limits).starts_with("414 "));
        QVERIFY(read("GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(200, 'x'), limits).starts_with("431 "));
        QVERIFY(read("GET / HTTP/1.1\r\nHost: h\r\nA: a\r\nB: b\r\nC: c\r\n\r\n", limits).starts_with("431 "));
        QVERIFY(read("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n", limits).starts_with("413 "));
        const std::string chunked = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
        QVERIFY(read(chunked + "6\r\nabcdef\r\n5\r\n", limits).ends_with(":413 The body is longer than the limit of 10 bytes."));
        QVERIFY(read(chunked + "6\r\nabcdef\r\n4\r\nghij\r\n0\r\n\r\n", limits).ends_with(":abcdefghij\n"));
        std::string trailers = chunked + "0\r\n";
        for (int i = 0; i < 20; ++i)
            trailers += "T: xxxxxx\r\n";
        QVERIFY(read(trailers, limits).ends_with("A trailer is too long."));
        // Exactly at the limit.
        const std::string head = "GET / HTTP/1.1\r\nHost: h\r\nA: ";
        QCOMPARE(read(head + std::string(100 - head.size(), 'x') + "\r\n\r\n", limits),
                 std::string("GET / ? @h keeps:-\n"));
        QVERIFY(read(head + std::string(101 - head.size(), 'x') + "\r\n\r\n", limits).starts_with("431 "));
    }

    void memoryGrowsWithWhatCame()
    {
        HttpRequestReader reader;
        std::string_view bytes = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 16000000\r\n\r\nabc";
        QCOMPARE(reader.read(bytes), State::HasHead);
        QCOMPARE(reader.read(bytes), State::NeedsMore);
        QVERIFY(reader.body()->capacity() < 1000);
        QVERIFY(reader.held() < 200);
        QCOMPARE(std::string(reader.requestLine()), std::string("POST / HTTP/1.1"));
    }

    void dropsTheBodyOfWhatIsRefused()
    {
        HttpRequestReader reader;
        std::string_view bytes = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: h\r\n\r\n";
        QCOMPARE(reader.read(bytes), State::HasHead);
        reader.dropBody();
        QCOMPARE(reader.read(bytes), State::Complete);
        QVERIFY(!reader.body());
        reader.next();
        QCOMPARE(reader.read(bytes), State::HasHead);
        QCOMPARE(reader.request().method, std::string_view("GET"));
    }
};

QTEST_GUILESS_MAIN(HttpRequestReaderTest)
#include "HttpRequestReaderTest.moc"
