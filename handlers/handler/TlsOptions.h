#pragma once

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

} // namespace sluice
