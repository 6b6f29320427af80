#pragma once

#include "handler/PeerSocket.h"

#include <string>

namespace sluice {

/// How a peer is reached over TLS, 1.2 or newer.
struct TlsOptions
{
    std::string caFile;    ///< PEM of those who are trusted; empty: the system's
    std::string certFile;  ///< PEM of this side's own certificate, for peers that want one
    std::string keyFile;   ///< its key; empty: in certFile
    std::string keyPassword;
    bool verify = true;    ///< the peer's certificate and its host name
};

/// A TLS connection to a peer: libcurl's, so that it is OpenSSL's here and the system's own on Windows and macOS. Proxies
/// of the environment are not asked.
Result<std::unique_ptr<PeerSocket>> connectTls(const std::string &host, int port, PeerTimeout timeout,
                                               const TlsOptions &options);

} // namespace sluice
