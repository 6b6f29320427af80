#include "ShowStrings.h"
#include "chain/NodeRegistry.h"
#include "chain/Router.h"
#include "handler/ConsoleSink.h"
#include "support/Python.h"
#include "support/SystemWords.h"

#include <QFile>
#include <QTemporaryDir>

#include <atomic>

using namespace sluice;

namespace {

constexpr int recordCount = 10000;

/// What a window's capture would be given.
class CountingConsole : public ConsoleSink
{
public:
    void append(RecordSpan records) override { count += records.size(); }
    std::atomic<std::size_t> count{0};
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

ChainNode node(const char *id, const char *type, const QJsonObject &params)
{
    ChainNode made;
    made.id = id;
    made.type = NodeRegistry::builtin().find(type);
    made.params = params;
    return made;
}

} // namespace

class PythonToFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fileIsByteIdenticalToTheOneThatPythonWrites()
    {
        QTemporaryDir dir;
        const QJsonObject formatter{
            {QStringLiteral("format"),
             QStringLiteral("%(asctime)s.%(msecs)03d %(levelname)-8s [%(threadName)s/%(process)d] %(name)s "
                            "%(filename)s:%(lineno)d %(funcName)s %(message)s")},
            {QStringLiteral("datefmt"), QStringLiteral("%Y-%m-%d %H:%M:%S")}};
        Chain chain;
        chain.addNode(node("python", "SocketReceiver", {{QStringLiteral("port"), 0}}));
        chain.addNode(node("file", "FileHandler",
                           {{QStringLiteral("filename"), QStringLiteral("ours.log")},
                            {QStringLiteral("encoding"), QStringLiteral("utf-8")},
                            {QStringLiteral("formatter"), formatter}}));
        chain.addNode(node("console", "ConsoleHandler", {}));
        chain.addWire({"python", "out", "file"});
        chain.addWire({"python", "out", "console"});
        QVERIFY(chain.check().empty());

        const auto console = std::make_shared<CountingConsole>();
        RouterOptions options;
        options.baseDirectory = dir.path().toStdString();
        options.console = console;
        Router router(chain, options);
        router.start();
        const NodeStatus listening = router.status().nodes.front();
        QCOMPARE(listening.reason, std::string());
        const QString port = QString::fromStdString(listening.endpoint.substr(listening.endpoint.rfind(':') + 1));

        const PythonResult python =
            runPython("tests/interop/send_and_keep.py",
                      {port, dir.filePath(QStringLiteral("theirs.log")), QString::number(recordCount)});
        QVERIFY2(python.ok, python.errors.constData());
        QTRY_COMPARE(router.status().total().delivered, std::uint64_t(recordCount));
        router.stop();

        const QByteArray theirs = contentOf(dir.filePath(QStringLiteral("theirs.log")));
        QByteArray ours = contentOf(dir.filePath(QStringLiteral("ours.log")));
        if (isWindows) // that Python is still the one of the system around Wine
            ours.replace("\r\n", "\n");
        QVERIFY(theirs.count('\n') > recordCount);
        QCOMPARE(ours.size(), theirs.size());
        QVERIFY(ours == theirs);
        QCOMPARE(console->count.load(), std::size_t(recordCount));
        const SourceStatus total = router.status().total();
        QCOMPARE(total.accepted, std::uint64_t(recordCount));
        QCOMPARE(total.dropped + total.pending + total.rejected, 0u);
    }
};

QTEST_GUILESS_MAIN(PythonToFileTest)
#include "PythonToFileTest.moc"
