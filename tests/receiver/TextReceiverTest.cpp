#include "ShowStrings.h"
#include "receiver/RecordingSink.h"

#include "receiver/TextReceiver.h"
#include "support/Patience.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>

#include <cstring>

using namespace sluice;

namespace {

TextReceiver::Options standardInput()
{
    TextReceiver::Options options;
    options.joinDelay = std::chrono::milliseconds(20);
    return options;
}

/// Reads standard input and prints the messages, with bars for line ends, as soon as `count` are there.
int showStandardInput(std::size_t count)
{
    RecordingSink sink;
    TextReceiver receiver(standardInput());
    if (!receiver.start(sink) || !sink.waitForRecords(count))
        return 1;
    for (std::string message : sink.messages()) {
        std::ranges::replace(message, '\n', '|');
        std::puts(message.c_str());
    }
    receiver.stop();
    return sink.isFinished() ? 2 : 0;
}

/// The same until the end of the input.
int showAll()
{
    RecordingSink sink;
    TextReceiver receiver(standardInput());
    if (!receiver.start(sink) || !sink.waitUntilFinished())
        return 1;
    for (std::size_t i = 0; i < sink.messages().size(); ++i)
        std::puts(sink.messages()[i].c_str());
    return 0;
}

} // namespace

class TextReceiverTest : public QObject
{
    Q_OBJECT

private:
    static std::unique_ptr<QProcess> start(const QStringList &arguments)
    {
        auto process = std::make_unique<QProcess>();
        process->start(QCoreApplication::applicationFilePath(), arguments);
        return process;
    }

private Q_SLOTS:
    void readsStandardInputToItsEnd()
    {
        const auto process = start({QStringLiteral("--show-all")});
        process->write("INFO:root:one\nERROR:root:two");
        process->closeWriteChannel();
        QVERIFY(process->waitForFinished(60000));
        QCOMPARE(process->exitCode(), 0);
        QCOMPARE(process->readAllStandardOutput().replace('\r', ""), QByteArray("one\ntwo\n"));
    }

    void givesWhatHasComeWhileTheWriterThinks()
    {
        const auto process = start({QStringLiteral("--show"), QStringLiteral("2")});
        process->write("INFO:root:one\n  and more\nINFO:root:two\n");
        QVERIFY(process->waitForBytesWritten());
        QVERIFY(process->waitForFinished(60000)); // its input stays open
        QCOMPARE(process->exitCode(), 0);
        QCOMPARE(process->readAllStandardOutput().replace('\r', ""), QByteArray("one|  and more\ntwo\n"));
    }

    void givesALineWithoutEndAfterAWhile()
    {
        const auto process = start({QStringLiteral("--show"), QStringLiteral("1")});
        process->write("password?");
        QVERIFY(process->waitForBytesWritten());
        QVERIFY(process->waitForFinished(60000));
        QCOMPARE(process->exitCode(), 0);
        QCOMPARE(process->readAllStandardOutput().replace('\r', ""), QByteArray("password?\n"));
    }
};

int main(int argc, char **argv)
{
    if (argc == 3 && std::strcmp(argv[1], "--show") == 0)
        return showStandardInput(std::size_t(std::atoi(argv[2])));
    if (argc == 2 && std::strcmp(argv[1], "--show-all") == 0)
        return showAll();
    QCoreApplication application(argc, argv);
    TextReceiverTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "TextReceiverTest.moc"
