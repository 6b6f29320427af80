#pragma once

#include "support/FreePort.h"
#include "support/Patience.h"
#include "support/Program.h"
#include "support/Python.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTcpSocket>
#include <QTemporaryDir>

#include <memory>
#include <string>

/// A real rsyslogd on loopback, in a folder and on ports of its own. It writes what it is sent to a file, line by line in a
/// template of the test's, and forwards where it is told to. Ended with this object.
class Rsyslog
{
public:
    /// Whether the machine has it (rsyslog and, for TLS, rsyslog-openssl).
    static bool isInstalled() { return QFile::exists(QStringLiteral("/usr/sbin/rsyslogd")); }

    /// `line`: the template of a line in the file, in rsyslog's words; `forward`: an action in its words for all that is sent
    /// here, such as `action(type="omfwd" target="127.0.0.1" port="…" protocol="tcp")`.
    explicit Rsyslog(const QByteArray &line = "%rawmsg%", const QByteArray &forward = {})
    {
        makeCertificate();
        m_udp = sluice::test::freePort();
        m_tcp = sluice::test::freePort();
        m_tls = sluice::test::freePort();
        const QByteArray dir = folder().toUtf8();
        QByteArray config = R"(
global(workDirectory="D" defaultNetstreamDriverCAFile="D/cert.pem" defaultNetstreamDriverCertFile="D/cert.pem"
       defaultNetstreamDriverKeyFile="D/key.pem" maxMessageSize="256k")
module(load="imudp") module(load="imptcp") module(load="imuxsock" sysSock.use="off")
module(load="imtcp" streamDriver.name="ossl" streamDriver.mode="1" streamDriver.authMode="anon")
template(name="line" type="string" string="LINE\n")
ruleset(name="rx"){action(type="omfile" file="D/got" template="line" flushOnTXEnd="on") FORWARD}
input(type="imudp" address="127.0.0.1" port="U" ruleset="rx")
input(type="imptcp" address="127.0.0.1" port="T" ruleset="rx")
input(type="imtcp" address="127.0.0.1" port="S" ruleset="rx")
input(type="imuxsock" socket="D/log.sock" ruleset="rx" useSpecialParser="off" parseHostname="on" rateLimit.interval="0")
)";
        config.replace("\"U\"", '"' + QByteArray::number(m_udp) + '"');
        config.replace("\"T\"", '"' + QByteArray::number(m_tcp) + '"');
        config.replace("\"S\"", '"' + QByteArray::number(m_tls) + '"');
        config.replace("\"D", '"' + dir);
        config.replace("LINE", line);
        config.replace("FORWARD", forward);
        QFile file(path("rs.conf"));
        if (file.open(QIODevice::WriteOnly))
            file.write(config);
        file.close();
        m_program = std::make_unique<Program>(
            QStringLiteral("/usr/sbin/rsyslogd"),
            QStringList{QStringLiteral("-n"), QStringLiteral("-f"), path("rs.conf"), QStringLiteral("-i"), path("pid")},
            Program::Ending::Kill);
    }

    /// Waits until it listens.
    bool isUp() const
    {
        return waitFor([&] {
            QTcpSocket probe;
            probe.connectToHost(QStringLiteral("127.0.0.1"), m_tls);
            return QFile::exists(path("log.sock")) && probe.waitForConnected(1000);
        });
    }

    int udpPort() const { return m_udp; }
    int tcpPort() const { return m_tcp; }
    int tlsPort() const { return m_tls; }
    std::string unixSocket() const { return path("log.sock").toStdString(); }
    /// The certificate that it shows, for "localhost" and 127.0.0.1; trusted by nobody else.
    std::string certificate() const { return path("cert.pem").toStdString(); }
    QByteArray errors() const { return m_program->errors(); }

    /// The lines of its file, once there are so many, or 30 s have passed.
    QList<QByteArray> lines(qsizetype count) const
    {
        QList<QByteArray> found;
        waitFor([&] {
            QFile file(path("got"));
            found.clear();
            if (file.open(QIODevice::ReadOnly))
                found = file.readAll().split('\n');
            if (!found.isEmpty())
                found.removeLast();
            return found.size() >= count;
        });
        return found;
    }

private:
    QString folder() const { return m_dir.path(); }
    QString path(const char *name) const { return m_dir.filePath(QLatin1String(name)); }

    template <typename Condition>
    static bool waitFor(Condition condition)
    {
        QElapsedTimer timer;
        timer.start();
        while (!condition()) {
            if (timer.elapsed() > 30000)
                return false;
            QTest::qSleep(10);
        }
        return true;
    }

    void makeCertificate()
    {
        runProgram(QStringLiteral("openssl"),
                   {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"), QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:prime256v1"),
                    QStringLiteral("-nodes"), QStringLiteral("-keyout"), path("key.pem"), QStringLiteral("-out"), path("cert.pem"),
                    QStringLiteral("-days"), QStringLiteral("30"), QStringLiteral("-subj"), QStringLiteral("/CN=localhost"),
                    QStringLiteral("-addext"), QStringLiteral("subjectAltName=DNS:localhost,IP:127.0.0.1")});
    }

    QTemporaryDir m_dir;
    int m_udp = 0;
    int m_tcp = 0;
    int m_tls = 0;
    std::unique_ptr<Program> m_program;
};
