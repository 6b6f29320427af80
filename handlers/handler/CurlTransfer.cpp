#include "handler/CurlTransfer.h"

#include "handler/NativeSocket.h"

namespace sluice {

CurlTransfer::CurlTransfer()
{
    m_easy.reset(CurlLibrary::get().easyInit());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_ERRORBUFFER, m_error);
}

Status CurlTransfer::setPeer(const char *scheme, const std::string &host, int port)
{
    const CurlLibrary &curl = CurlLibrary::get();
    m_url.reset(curl.url());
    if (!m_easy || !m_url)
        return Error{std::string("Nothing can be sent: ") + curl.easyStrerror(CURLE_FAILED_INIT) + "."};
    const std::string name = host.find(':') != std::string::npos && !host.starts_with('[') ? "[" + host + "]" : host;
    curl.urlSet(m_url.get(), CURLUPART_SCHEME, scheme, 0);
    if (host.empty() || curl.urlSet(m_url.get(), CURLUPART_HOST, name.c_str(), 0) != CURLUE_OK)
        return Error{"'" + host + "' is no name of a host."};
    if (port != 0)
        curl.urlSet(m_url.get(), CURLUPART_PORT, std::to_string(port).c_str(), 0);
    set(CURLOPT_CURLU, m_url.get());
    // The new option takes names; Debian 12's libcurl and that of Windows have it.
    set(CURLOPT_PROTOCOLS_STR, scheme);
    return {};
}

void CurlTransfer::setTls(const TlsOptions &tls)
{
    set(CURLOPT_SSL_VERIFYPEER, tls.verify ? 1L : 0L);
    set(CURLOPT_SSL_VERIFYHOST, tls.verify ? 2L : 0L);
    // Windows asks the authority whether the certificate is revoked; a private authority has nobody who would answer.
    set(CURLOPT_SSL_OPTIONS, static_cast<long>(CURLSSLOPT_REVOKE_BEST_EFFORT));
    if (!tls.caFile.empty()) {
        set(CURLOPT_CAINFO, tls.caFile.c_str());
        set(CURLOPT_CAPATH, static_cast<const char *>(nullptr));
    }
    if (!tls.certFile.empty())
        set(CURLOPT_SSLCERT, tls.certFile.c_str());
    if (!tls.keyFile.empty())
        set(CURLOPT_SSLKEY, tls.keyFile.c_str());
    // Even if it is empty: without one OpenSSL would ask at the terminal, and wait.
    set(CURLOPT_KEYPASSWD, tls.keyPassword.c_str());
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
}

void CurlTransfer::setTimeout(std::chrono::milliseconds timeout)
{
    const auto milliseconds = static_cast<long>(timeout.count());
    const long seconds = (milliseconds + 999) / 1000;
    set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds);
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, seconds);
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, seconds);
    // A peer that answers one byte at a time ends too.
    constexpr long most = 10;
    set(CURLOPT_TIMEOUT_MS, milliseconds * most);
}

CURLcode CurlTransfer::perform()
{
    m_error[0] = '\0';
    CURLcode code = CURLE_OK;
    // Without signals of its own libcurl leaves SIGPIPE of TLS to us.
    NativeSocket::withoutPipeSignal([&] { code = CurlLibrary::get().easyPerform(m_easy.get()); });
    return code;
}

std::string CurlTransfer::failure(CURLcode code) const { return m_error[0] ? m_error : CurlLibrary::get().easyStrerror(code); }

} // namespace sluice
