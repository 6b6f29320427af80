#include "chain/GatedHandler.h"
#include "chain/RouterIntake.h"
#include "chain/RunningChain.h"
#include "support/FreePort.h"
#include "support/Patience.h"

#include <QScopeGuard>
#include <QTcpSocket>

using namespace sluice;

namespace {

constexpr int records = 60'000;
/// More than the systems of both ends keep for a connection.
constexpr int messageBytes = 1000;

QByteArray frame(int number)
{
    const QByteArray pickle = "(dS'msg'\nS'" + QByteArray::number(number).rightJustified(messageBytes, '.') + "'\ns.";
    QByteArray out;
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(pickle.size() >> shift);
    return out + pickle;
}

} // namespace

/// A handler that is slower than what comes in: over a wire that can hold its sender back, none is lost.
class BackPressureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSenderOverTcpWaitsWithWhatTheRouterHasNoRoomFor()
    {
        const auto gate = std::make_shared<test::GatedHandler>();
        const auto opened = qScopeGuard([&] { gate->open(); });
        const Node<HandlerConfig> slowType = test::nodeOf(gate);
        test::RunningChain chain;
        const int port = test::freePort();
        chain.place("python", "SocketReceiver", {{QStringLiteral("port"), port}});
        chain.place("slow", slowType);
        chain.wire("python", "slow");
        chain.start();
        QCOMPARE(chain.nodeStatus("python").state, NodeStatus::State::Running);

        QTcpSocket sender;
        sender.setProxy(QNetworkProxy::NoProxy);
        sender.connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(port));
        QVERIFY(sender.waitForConnected(test::patience));
        qint64 bytes = 0;
        for (int i = 0; i < records; ++i)
            bytes += sender.write(frame(i));
        // The router takes as much as it promises, and no more is read.
        const auto accepted = [&] { return chain.router->status().total().accepted; };
        QVERIFY(QTest::qWaitFor([&] { return gate->isReached() && accepted() >= RouterIntake::usualRecords; }, test::patience));
        while (sender.waitForBytesWritten(300))
            QVERIFY(accepted() <= 16'384);
        QVERIFY(accepted() <= 16'384);
        QVERIFY2(sender.bytesToWrite() > bytes / 4, qPrintable(QString::number(sender.bytesToWrite())));

        gate->open();
        while (sender.bytesToWrite() > 0)
            QVERIFY(sender.waitForBytesWritten(test::patience));
        QVERIFY(QTest::qWaitFor([&] { return chain.router->status().total().delivered == std::uint64_t(records); }, test::patience));
        QCOMPARE(chain.router->status().total().dropped, 0u);
        chain.router->stop();
        const std::vector<std::string> lines = gate->lines();
        QCOMPARE(lines.size(), std::size_t(records));
        for (int i = 0; i < records; ++i)
            QVERIFY2(lines[std::size_t(i)].ends_with('.' + std::to_string(i)), lines[std::size_t(i)].c_str());
    }
};

QTEST_GUILESS_MAIN(BackPressureTest)
#include "BackPressureTest.moc"
