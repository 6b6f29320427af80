#pragma once

#include "handler/PeerSocket.h"
#include "handler/TlsOptions.h"

#include <string>

namespace sluice {

/// A TLS connection to a peer: libcurl's, so that it is OpenSSL's here and the system's own on Windows and macOS. Proxies
/// of the environment are not asked.
Result<std::unique_ptr<PeerSocket>> connectTls(const std::string &host, int port, PeerTimeout timeout,
                                               const TlsOptions &options);

} // namespace sluice
