#pragma once

#include "support/Certificate.h"
#include "support/Program.h"
#include "support/Python.h"
#include "support/TestPaths.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace sluice::test {

/// aiosmtpd, see mail_server.py.
class MailServer
{
public:
    MailServer(const char *kind, const Certificate &certificate)
        : m_program(QString::fromLatin1(pythonProgram),
                    {inSource("tests/handler/mail_server.py"), QString::fromLatin1(kind), certificate.certFile(), certificate.keyFile()}),
          m_port(m_program.readLine().toInt())
    {
    }

    int port() const { return m_port; }
    QJsonObject nextMail() { return QJsonDocument::fromJson(m_program.readLine()).object(); }
    /// Ends the server: what it got that was not asked for yet.
    QByteArray rest() { return m_program.finish(); }

private:
    Program m_program;
    int m_port;
};

} // namespace sluice::test
