#pragma once

#include "support/Python.h"
#include "support/SystemWords.h"

#include <QDir>
#include <QTemporaryDir>

/// A certificate for localhost and 127.0.0.1 that signs itself, and its key, made by openssl for this test.
class Certificate
{
public:
    enum Key { Rsa, Curve };

    explicit Certificate(Key key = isWindows ? Rsa : Curve)
    {
        QStringList command{QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-nodes"),
                            QStringLiteral("-keyout"), keyFile(), QStringLiteral("-out"), certFile(),
                            QStringLiteral("-days"), QStringLiteral("30"), QStringLiteral("-subj"),
                            QStringLiteral("/CN=localhost"), QStringLiteral("-addext"),
                            QStringLiteral("subjectAltName=DNS:localhost,IP:127.0.0.1"), QStringLiteral("-newkey")};
        if (key == Rsa)
            command << QStringLiteral("rsa:2048");
        else
            command << QStringLiteral("ec") << QStringLiteral("-pkeyopt") << QStringLiteral("ec_paramgen_curve:prime256v1");
        runProgram(QStringLiteral("openssl"), command);
    }

    bool isMade() const { return QFile::exists(certFile()) && QFile::exists(keyFile()); }
    QString certFile() const { return m_folder.filePath(QStringLiteral("cert.pem")); }
    QString keyFile() const { return m_folder.filePath(QStringLiteral("key.pem")); }

private:
    QTemporaryDir m_folder;
};
