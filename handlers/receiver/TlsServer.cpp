#include "receiver/TlsServer.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

namespace sluice {

namespace {

Result<QByteArray> contents(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return Error{path + " cannot be read: " + file.errorString().toStdString() + "."};
    return file.readAll();
}

Result<QList<QSslCertificate>> certificates(const std::string &path)
{
    const Result<QByteArray> pem = contents(path);
    if (!pem)
        return pem.error();
    QList<QSslCertificate> list = QSslCertificate::fromData(*pem, QSsl::Pem);
    if (list.isEmpty())
        return Error{path + " holds no certificate in PEM."};
    return list;
}

/// Qt hands Schannel the key in a PKCS#12 container that it writes itself, and can write RSA keys alone into.
bool takesOnlyRsa() { return QSslSocket::activeBackend() == QLatin1String("schannel"); }

/// Of the algorithm that its certificate names: Qt warns on standard error of each that is tried in vain.
Result<QSslKey> privateKey(const std::string &path, QSsl::KeyAlgorithm algorithm)
{
    const Result<QByteArray> pem = contents(path);
    if (!pem)
        return pem.error();
    if (takesOnlyRsa() && algorithm != QSsl::Rsa)
        return Error{path + " holds a key that the TLS of Windows does not take from here; it takes RSA keys."};
    QSslKey key(*pem, algorithm, QSsl::Pem, QSsl::PrivateKey);
    if (key.isNull())
        return Error{path + " holds no private key for the certificate in PEM that can be read without a password."};
    return key;
}

} // namespace

Result<QSslConfiguration> tlsServer(const TlsServerFiles &files)
{
    if (!QSslSocket::supportsSsl())
        return Error{"TLS is not to be had: Qt finds none on this system."};
    const auto chain = certificates(files.certfile);
    if (!chain)
        return chain.error();
    const auto key = privateKey(files.keyfile.empty() ? files.certfile : files.keyfile,
                                chain->front().publicKey().algorithm());
    if (!key)
        return key.error();

    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setLocalCertificateChain(*chain);
    tls.setPrivateKey(*key);
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    if (!files.cafile.empty()) {
        const auto authorities = certificates(files.cafile);
        if (!authorities)
            return authorities.error();
        tls.setCaCertificates(*authorities);
        tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    }
    return tls;
}

} // namespace sluice
