#pragma once

#include <string>

namespace sluice {

/// How a connection is secured. Empty paths: none, or the system's.
struct TlsOptions
{
    bool verify = true;   ///< the peer's certificate, and that it is its name's
    std::string caFile;   ///< PEM; instead of the system's authorities
    std::string certFile; ///< PEM; what we show
    std::string keyFile;  ///< PEM; its key
};

} // namespace sluice
