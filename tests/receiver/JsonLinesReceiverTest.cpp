#include "ShowStrings.h"
#include "receiver/RecordingSink.h"
#include "support/Patience.h"
#include "support/Python.h"

#include "chain/NodeRegistry.h"
#include "receiver/JsonLinesReceiver.h"
#include "receiver/LineStream.h"

#include "support/SystemWords.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstring>

using namespace sluice;

namespace {

constexpr std::size_t maxLine = 16 * 1024 * 1024;

/// Reads text in pieces of at most `piece`.
void read(RecordingSink &sink, std::string_view text, std::size_t piece, std::size_t limit = maxLine)
{
    LineStream stream(sink, "file", limit);
    while (!text.empty()) {
        const std::span<char> space = stream.space();
        const std::size_t count = std::min({text.size(), piece, space.size()});
        std::memcpy(space.data(), text.data(), count);
        QVERIFY(stream.take(count));
        text.remove_prefix(count);
    }
    QVERIFY(stream.end());
}

std::size_t countOf(const RecordingSink &sink, std::string_view text)
{
    std::size_t count = 0;
    for (const std::string &record : sink.records())
        count += record.find(text) != std::string::npos;
    return count;
}

} // namespace

class JsonLinesReceiverTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_directory;

    std::string path(const char *name) const
    {
        return m_directory.filePath(QString::fromLatin1(name)).toStdString();
    }

    std::string write(const char *name, const QByteArray &text) const
    {
        QFile file(QString::fromStdString(path(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("a file of the test cannot be written");
        return file.fileName().toStdString();
    }

private Q_SLOTS:
    void readsLinesSplitAnywhere()
    {
        const std::string text =
            "\xEF\xBB\xBF{\"msg\": \"one\"}\r\n\n  \n{\"msg\": \"tw\xC3\xB6\"}\n{\"msg\": \"three\"}";
        for (std::size_t piece = 1; piece <= text.size(); ++piece) {
            RecordingSink sink;
            read(sink, text, piece);
            QCOMPARE(sink.records().size(), 3u);
            QCOMPARE(countOf(sink, "\"msg\": \"tw\xC3\xB6\""), 1u);
            QVERIFY(sink.rejections().empty());
        }
    }

    void rejectsBadLinesByNumberAndGoesOn()
    {
        RecordingSink sink;
        read(sink, "{\"msg\": 1}\n\nnonsense\n[1]\n{\"msg\": 2}\n{\"a\xFF\": 1}\n{\"msg\"", 5);
        QCOMPARE(sink.records().size(), 2u);
        const std::vector<std::string> rejections = sink.rejections();
        QCOMPARE(rejections.size(), 4u);
        QCOMPARE(rejections[0], std::string("Line 3: Expecting value at column 1.|'nonsense'"));
        QCOMPARE(rejections[1], std::string("Line 4: It is a list, not a LogRecord's dictionary.|'[1]'"));
        QVERIFY(rejections[2].starts_with("Line 6: The text is not UTF-8"));
        QVERIFY(rejections[3].starts_with("Line 7: Expecting ':' delimiter"));
    }

    void skipsLinesAboveTheLimit()
    {
        const std::string text =
            "{\"msg\": 1}\n{\"msg\": \"" + std::string(5000, 'x') + "\"}\n{\"msg\": 2}\nbad\n";
        for (const std::size_t piece : {1u, 100u, 100000u}) {
            RecordingSink sink;
            read(sink, text, piece, 1000);
            QCOMPARE(sink.records().size(), 2u);
            QCOMPARE(sink.rejections().size(), 2u);
            QVERIFY(sink.rejections()[0].starts_with("Line 2: It is longer than the limit of 1000 bytes."));
            QVERIFY(sink.rejections()[1].starts_with("Line 4: "));
        }
    }

    void readsLinesLargerThanItsBuffer()
    {
        RecordingSink sink;
        const std::string big(3'000'000, 'x');
        read(sink, "{\"msg\": \"" + big + "\"}\n{\"msg\": \"" + big + "\"}", 65536);
        QCOMPARE(countOf(sink, big), 2u);
    }

    void readsAFileAndSaysThatItHasFinished()
    {
        QByteArray text;
        for (int i = 0; i < 20000; ++i)
            text +=
                "{\"name\": \"app\", \"msg\": \"number %d\", \"args\": [" + QByteArray::number(i) + "]}\n";
        RecordingSink sink;
        JsonLinesReceiver receiver(write("records.jsonl", text), "records.jsonl", maxLine);
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        QCOMPARE(sink.records().size(), 20000u);
        QVERIFY(sink.records()[19999].find("[19999]") != std::string::npos);
        QCOMPARE(sink.peers()[0], std::string("records.jsonl"));
        receiver.stop();
        QVERIFY(receiver.start(sink).ok());
        QVERIFY(sink.waitForRecords(40000));
    }

    void saysWhyAFileCannotBeRead()
    {
        RecordingSink sink;
        const Status missing = JsonLinesReceiver(path("missing"), "missing", maxLine).start(sink);
        QVERIFY(!missing.ok());
        QCOMPARE(missing.error().text,
                 "The file " + path("missing") + " cannot be read: " + noSuchFile() + ".");
        const std::string folder = m_directory.path().toStdString();
        QVERIFY(!JsonLinesReceiver(folder, "folder", maxLine).start(sink).ok());
        QVERIFY(!sink.isFinished());
    }

    void resolvesRelativeNames()
    {
        write("relative.jsonl", "{}\n");
        NodeContext context;
        context.baseDirectory = m_directory.path().toStdString();
        auto made = NodeRegistry::builtin()
                        .find("JsonLinesReceiver")
                        ->create({{QStringLiteral("filename"), QStringLiteral("relative.jsonl")}}, context);
        QVERIFY(made.ok());
        RecordingSink sink;
        const auto receiver = std::get<std::shared_ptr<Receiver>>(*made);
        QVERIFY(receiver->start(sink).ok());
        QVERIFY(sink.waitUntilFinished());
        QCOMPARE(sink.records().size(), 1u);
        QCOMPARE(receiver->endpoint(), std::string("relative.jsonl"));
    }

    void stopsWhileItWaitsForStandardInput()
    {
        // In a process of its own, whose standard input says nothing.
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--wait-for-stdin")});
        QVERIFY(process.waitForStarted());
        process.write("{\"msg\": \"hello\"}\n");
        QVERIFY(process.waitForBytesWritten());
        QVERIFY(process.waitForFinished(30000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
    }

    void stopsWhileTheSinkIsFull()
    {
        RecordingSink sink;
        sink.setFull(true);
        JsonLinesReceiver receiver(write("full.jsonl", "{}\n"), "full.jsonl", maxLine);
        QVERIFY(receiver.start(sink).ok());
        QTRY_VERIFY(sink.isWaiting());
        sink.stop();
        receiver.stop();
        QVERIFY(!sink.isFinished());
    }
};

namespace {

/// Reads a record from standard input, and stops while waiting for the next.
int waitForStandardInput()
{
    RecordingSink sink;
    JsonLinesReceiver receiver("-", "stdin", maxLine);
    if (!receiver.start(sink) || !sink.waitForRecords(1))
        return 1;
    receiver.stop();
    return sink.isFinished() ? 2 : 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 2 && std::strcmp(argv[1], "--wait-for-stdin") == 0)
        return waitForStandardInput();
    QCoreApplication application(argc, argv);
    JsonLinesReceiverTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "JsonLinesReceiverTest.moc"
