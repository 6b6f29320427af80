#pragma once

#include <QCoreApplication>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QTcpServer>
#include <QUdpSocket>

namespace sluice::test {

/// A port of loopback where nobody listens, neither over TCP nor over UDP: for a server that is told its port, and for who wants
/// to meet nobody. It lies below those that systems hand out by themselves (49152 by RFC 6335, 32768 on Linux), so that no test
/// beside this one is given it meanwhile; each process begins at a place of its own, and gives none out twice.
inline int freePort()
{
    constexpr int first = 20000, count = 12000;
    static int next = static_cast<int>(QCoreApplication::applicationPid() * 61 % count);
    for (int tried = 0; tried < count; ++tried) {
        const auto port = static_cast<quint16>(first + next);
        next = (next + 1) % count;
        QTcpServer tcp;
        QUdpSocket udp;
        // Else Qt asks the system, whose library has threads of its own that ThreadSanitizer does not see.
        tcp.setProxy(QNetworkProxy::NoProxy);
        udp.setProxy(QNetworkProxy::NoProxy);
        if (tcp.listen(QHostAddress::LocalHost, port) && udp.bind(QHostAddress::LocalHost, port))
            return port;
    }
    qFatal("no port is free on loopback");
}

} // namespace sluice::test
