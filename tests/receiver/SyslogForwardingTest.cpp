#include "ShowStrings.h"
#include "receiver/SyslogReceiving.h"
#include "support/Certificate.h"
#include "support/Patience.h"
#include "support/Rsyslog.h"

#include "wire/SyslogReader.h"

#include <QTcpSocket>

using namespace sluice;

namespace {

/// What is forwarded: many messages that a program sends to rsyslog.
QByteArray numbered(int count)
{
    QByteArray bytes;
    for (int i = 0; i < count; ++i)
        bytes += "<" + QByteArray::number(8 + i % 8) + ">Oct 11 22:14:15 sender app[" + QByteArray::number(i) + "]: record " +
                 QByteArray::number(i) + "\n";
    return bytes;
}

} // namespace

/// A real rsyslog forwards what it is sent.
class SyslogForwardingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void receivesWhatRsyslogForwards_data()
    {
        QTest::addColumn<QByteArray>("action");
        QTest::addColumn<bool>("tls");
        QTest::newRow("UDP, RFC 3164") << QByteArray("protocol=\"udp\" template=\"RSYSLOG_TraditionalForwardFormat\"") << false;
        QTest::newRow("UDP, ISO dates") << QByteArray("protocol=\"udp\" template=\"RSYSLOG_ForwardFormat\"") << false;
        QTest::newRow("TCP, line feeds, RFC 3164")
            << QByteArray("protocol=\"tcp\" template=\"RSYSLOG_TraditionalForwardFormat\"") << false;
        QTest::newRow("TCP, octets counted, RFC 5424")
            << QByteArray("protocol=\"tcp\" tcp_framing=\"octet-counted\" template=\"RSYSLOG_SyslogProtocol23Format\"") << false;
        QTest::newRow("TLS, RFC 5425")
            << QByteArray("protocol=\"tcp\" tcp_framing=\"octet-counted\" template=\"RSYSLOG_SyslogProtocol23Format\" "
                          "StreamDriver=\"ossl\" StreamDriverMode=\"1\" StreamDriverAuthMode=\"anon\"")
            << true;
    }
    void receivesWhatRsyslogForwards()
    {
        if (!Rsyslog::isInstalled())
            QSKIP("rsyslog is not installed");
        QFETCH(QByteArray, action);
        QFETCH(bool, tls);
        const Certificate certificate;
        SyslogReceiving receiving;
        if (tls) {
            receiving.config.udp = receiving.config.tcp = false;
            receiving.config.tls = true;
            receiving.config.certfile = {certificate.certFile().toStdString()};
            receiving.config.keyfile = {certificate.keyFile().toStdString()};
        }
        QVERIFY(receiving.start());
        const std::uint16_t port = tls ? receiving.receiver->tlsPort() : receiving.receiver->port();
        const Rsyslog rsyslog("%rawmsg%", "action(type=\"omfwd\" target=\"127.0.0.1\" port=\"" + QByteArray::number(port) +
                                              "\" action.resumeRetryCount=\"-1\" action.resumeInterval=\"1\" " + action + ")");
        QVERIFY2(rsyslog.isUp(), rsyslog.errors().constData());

        // What UDP carries must fit into the smallest buffer that a system gives, since nobody tells rsyslog to wait.
        const int count = action.contains("udp") ? 150 : 3000;
        QTcpSocket program;
        program.connectToHost(QStringLiteral("127.0.0.1"), quint16(rsyslog.tcpPort()));
        QVERIFY(program.waitForConnected());
        program.write(numbered(count));
        while (program.bytesToWrite() > 0)
            QVERIFY(program.waitForBytesWritten());
        QVERIFY2(receiving.sink.waitForRecords(std::size_t(count)), rsyslog.errors().constData());
        receiving.receiver->stop();
        QCOMPARE(receiving.sink.records().size(), std::size_t(count));
        QVERIFY(receiving.sink.rejections().empty());
        const QStringList messages = receiving.messages();
        // Behind RFC 5424's header rsyslog writes the space, too, that stood behind the tag it received.
        const QString space = action.contains("Protocol23") ? QStringLiteral(" ") : QString();
        for (int i = 0; i < count; ++i)
            QCOMPARE(messages[i], space + QStringLiteral("record %1").arg(i));
        for (const std::size_t i : {std::size_t(0), std::size_t(count) / 3, std::size_t(count) - 1}) {
            QCOMPARE(receiving.field(i, "name"), QStringLiteral("app"));
            QCOMPARE(receiving.field(i, "process"), QString::number(i));
            QCOMPARE(receiving.field(i, "hostname"), QStringLiteral("sender"));
            QCOMPARE(receiving.field(i, "facility"), QStringLiteral("user"));
            QCOMPARE(receiving.field(i, "severity"), QString::fromLatin1(syslogSeverityName(int(i % 8)).data()));
        }
    }
};

QTEST_GUILESS_MAIN(SyslogForwardingTest)
#include "SyslogForwardingTest.moc"
