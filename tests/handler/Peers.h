#pragma once

#include "support/Program.h"
#include "support/Python.h"
#include "support/TestPaths.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>

#include <string>

namespace sluice::test {

inline QString testScript(const char *path) { return inSource("tests/") + QLatin1String(path); }

/// A peer that keeps what it is sent, see record_bytes.py.
class BytesPeer
{
public:
    explicit BytesPeer(const char *kind, const QString &path = {})
        : m_program(QString::fromLatin1(pythonProgram),
                    QStringList{testScript("support/record_bytes.py"), QLatin1String(kind)} +
                        (path.isEmpty() ? QStringList() : QStringList{path})),
          m_place(m_program.readLine())
    {
    }

    int port() const { return m_place.toInt(); }
    std::string path() const { return m_place.toStdString(); }
    /// Waits for the next datagram, or for a connection to end: its bytes.
    QByteArray next() { return QByteArray::fromHex(m_program.readLine()); }
    /// All that has come since.
    QList<QByteArray> all()
    {
        QList<QByteArray> out;
        const QByteArray lines = m_program.finish();
        for (const QByteArray &line : lines.trimmed().split('\n')) {
            if (!line.isEmpty())
                out += QByteArray::fromHex(line);
        }
        return out;
    }

private:
    Program m_program;
    const QByteArray m_place;
};

/// CPython's handler sends records (JSON lines), see send_with_python.py.
inline PythonResult sendWithPython(const QJsonObject &what, const QByteArray &records)
{
    return runProgram(QString::fromLatin1(pythonProgram),
                      {testScript("handler/send_with_python.py"),
                       QString::fromUtf8(QJsonDocument(what).toJson(QJsonDocument::Compact))},
                      records);
}

inline QByteArray randomRecords(int seed, int count)
{
    return runPython("tests/handler/random_records.py", {QString::number(seed), QString::number(count)}).output;
}

/// A server in the test's own thread, which reads only when it is told to.
class IdleServer
{
public:
    IdleServer() { m_server.listen(QHostAddress::LocalHost); }
    int port() const { return m_server.serverPort(); }

    /// Listens again on the port of another that has gone.
    explicit IdleServer(int port) { m_server.listen(QHostAddress::LocalHost, static_cast<quint16>(port)); }
    bool isListening() const { return m_server.isListening(); }

    /// The next connection; null if there is none within 10 s.
    std::unique_ptr<QTcpSocket> accept(int milliseconds = 10000)
    {
        if (!m_server.hasPendingConnections())
            m_server.waitForNewConnection(milliseconds);
        return std::unique_ptr<QTcpSocket>(m_server.nextPendingConnection());
    }

    /// All that a connection holds until it ends.
    static QByteArray readAll(QTcpSocket &socket)
    {
        QByteArray bytes;
        do
            bytes += socket.readAll();
        while (socket.waitForReadyRead(10000));
        return bytes + socket.readAll();
    }

private:
    QTcpServer m_server;
};

} // namespace sluice::test
