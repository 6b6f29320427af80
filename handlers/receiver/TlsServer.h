#pragma once

#include "base/Result.h"

#include <QSslConfiguration>

#include <string>

namespace sluice {

/// What a server needs to speak TLS. Files in PEM; absolute paths.
struct TlsServerFiles
{
    std::string certfile; ///< the certificate, followed by those that lead to its authority
    std::string keyfile;  ///< its private key; empty: it is in certfile
    std::string cafile;   ///< authorities; if not empty, peers must have a certificate of one of them
};

/// Reads the files. TLS 1.2 or newer: OpenSSL's, on Windows the system's own, where the key must be an RSA key.
Result<QSslConfiguration> tlsServer(const TlsServerFiles &files);

} // namespace sluice
