#pragma once

#include "support/Program.h"
#include "support/Python.h"
#include "support/TestPaths.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <string>

namespace sluice::test {

/// See web_server.py.
class WebServer
{
public:
    explicit WebServer(const QStringList &answers = {}, const QString &certificate = {}, const QString &key = {})
        : m_program(QString::fromLatin1(pythonProgram), QStringList{inSource("tests/handler/web_server.py"), certificate, key} + answers),
          m_port(m_program.readLine().toInt())
    {
    }

    int port() const { return m_port; }
    std::string host() const { return "localhost:" + std::to_string(m_port); }
    std::string nextRequest()
    {
        const QJsonObject request = QJsonDocument::fromJson(m_program.readLine()).object();
        connection = request.value(u"connection").toInt();
        return QByteArray::fromHex(request.value(u"raw").toString().toLatin1()).toStdString();
    }
    /// Ends the server: the requests that were not asked for.
    QByteArray rest() { return m_program.finish(); }

    int connection = 0; ///< of the last request

private:
    Program m_program;
    int m_port;
};

} // namespace sluice::test
