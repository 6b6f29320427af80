#include "handler/TlsSocket.h"

#include "handler/CurlLibrary.h"
#include "handler/NativeSocket.h"

#include <algorithm>

namespace sluice {

namespace {

struct EasyCleanup
{
    void operator()(CURL *easy) const
    {
        NativeSocket::withoutPipeSignal([easy] { CurlLibrary::get().easyCleanup(easy); });
    }
};
using Easy = std::unique_ptr<CURL, EasyCleanup>;

struct UrlCleanup
{
    void operator()(CURLU *url) const { CurlLibrary::get().urlCleanup(url); }
};
using Url = std::unique_ptr<CURLU, UrlCleanup>;

class TlsSocket final : public PeerSocket
{
public:
    TlsSocket(Easy easy, std::string peer, PeerTimeout timeout)
        : m_easy(std::move(easy)), m_peer(std::move(peer)), m_timeout(timeout.milliseconds())
    {
        CurlLibrary::get().easyGetinfo(m_easy.get(), CURLINFO_ACTIVESOCKET, &m_socket);
    }

    Sent send(std::string_view bytes) override
    {
        using Clock = std::chrono::steady_clock;
        constexpr std::size_t bytesPerTimeout = 64 * 1024;
        std::size_t sent = 0;
        std::size_t renewed = 0;
        auto until = Clock::now() + m_timeout;
        while (sent < bytes.size()) {
            // What OpenSSL has begun must go on with the same bytes, so the piece stays the same until it is out.
            const std::string_view piece = bytes.substr(sent, bytesPerTimeout);
            std::size_t taken = 0;
            CURLcode code = CURLE_OK;
            auto call = [&] { code = m_curl.easySend(m_easy.get(), piece.data(), piece.size(), &taken); };
            NativeSocket::withoutPipeSignal(std::ref(call));
            sent += taken;
            if (code != CURLE_OK && code != CURLE_AGAIN)
                return {sent, failure(m_curl.easyStrerror(code))};
            if (sent - renewed >= bytesPerTimeout) {
                renewed = sent;
                until = Clock::now() + m_timeout;
            }
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
            if (code == CURLE_AGAIN &&
                (left.count() <= 0 || !NativeSocket::waitWritable(static_cast<std::intptr_t>(m_socket), left)))
                return {sent, failure("timed out")};
        }
        return {sent, {}};
    }

    bool hasEnded() override
    {
        char forgotten[4096];
        for (int i = 0; i < 16; ++i) {
            std::size_t bytes = 0;
            CURLcode code = CURLE_OK;
            auto call = [&] { code = m_curl.easyRecv(m_easy.get(), forgotten, sizeof forgotten, &bytes); };
            NativeSocket::withoutPipeSignal(std::ref(call));
            if (code != CURLE_OK || bytes == 0)
                return code != CURLE_AGAIN;
        }
        return false;
    }

private:
    Error failure(const char *reason) const
    {
        return Error{m_peer + " does not take what is sent: " + reason + "."};
    }

    const CurlLibrary &m_curl = CurlLibrary::get();
    const Easy m_easy;
    const std::string m_peer;
    const std::chrono::milliseconds m_timeout;
    curl_socket_t m_socket = CURL_SOCKET_BAD;
};

/// "https://HOST:PORT", whatever is in `host`.
std::string urlFor(const std::string &host, int port)
{
    const CurlLibrary &curl = CurlLibrary::get();
    const Url url(curl.url());
    const bool isIPv6 = host.find(':') != std::string::npos;
    const std::string quoted = isIPv6 ? "[" + host + "]" : host;
    char *text = nullptr;
    if (!url || curl.urlSet(url.get(), CURLUPART_SCHEME, "https", 0) != CURLUE_OK ||
        curl.urlSet(url.get(), CURLUPART_HOST, quoted.c_str(), 0) != CURLUE_OK ||
        curl.urlSet(url.get(), CURLUPART_PORT, std::to_string(port).c_str(), 0) != CURLUE_OK ||
        curl.urlGet(url.get(), CURLUPART_URL, &text, 0) != CURLUE_OK)
        return {};
    const std::string out = text;
    curl.free(text);
    return out;
}

void setFile(CURL *easy, CURLoption option, const std::string &file)
{
    if (!file.empty())
        CurlLibrary::get().easySetopt(easy, option, file.c_str());
}

} // namespace

Result<std::unique_ptr<PeerSocket>> connectTls(const std::string &host, int port, PeerTimeout timeout,
                                               const TlsOptions &options)
{
    const CurlLibrary &curl = CurlLibrary::get();
    const std::string peer = host + ":" + std::to_string(port);
    Easy easy(curl.easyInit());
    if (!easy)
        return Error{"No connection to " + peer + ": " + curl.easyStrerror(CURLE_FAILED_INIT) + "."};
    const std::string url = urlFor(host, port);
    if (url.empty())
        return Error{peer + " is no address of a peer."};
    char reason[CURL_ERROR_SIZE] = "";
    CURL *const handle = easy.get();
    const long milliseconds = timeout.milliseconds();
    curl.easySetopt(handle, CURLOPT_ERRORBUFFER, reason);
    curl.easySetopt(handle, CURLOPT_URL, url.c_str());
    curl.easySetopt(handle, CURLOPT_CONNECT_ONLY, 1L);
    curl.easySetopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl.easySetopt(handle, CURLOPT_PROXY, "");
    curl.easySetopt(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds);
    curl.easySetopt(handle, CURLOPT_TIMEOUT_MS, milliseconds);
    curl.easySetopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl.easySetopt(handle, CURLOPT_SSL_ENABLE_ALPN, 0L);
    curl.easySetopt(handle, CURLOPT_SSL_VERIFYPEER, options.verify ? 1L : 0L);
    curl.easySetopt(handle, CURLOPT_SSL_VERIFYHOST, options.verify ? 2L : 0L);
    // Windows asks the authority whether the certificate is revoked; a private authority has nobody who would answer.
    curl.easySetopt(handle, CURLOPT_SSL_OPTIONS, static_cast<long>(CURLSSLOPT_REVOKE_BEST_EFFORT));
    if (!options.caFile.empty()) {
        curl.easySetopt(handle, CURLOPT_CAINFO, options.caFile.c_str());
        curl.easySetopt(handle, CURLOPT_CAPATH, nullptr); // these, and not the system's as well
    }
    setFile(handle, CURLOPT_SSLCERT, options.certFile);
    setFile(handle, CURLOPT_SSLKEY, options.keyFile);
    // Even if it is empty: without one OpenSSL would ask at the terminal, and wait.
    curl.easySetopt(handle, CURLOPT_KEYPASSWD, options.keyPassword.c_str());
    CURLcode code = CURLE_OK;
    auto call = [&] { code = curl.easyPerform(handle); };
    NativeSocket::withoutPipeSignal(std::ref(call));
    curl.easySetopt(handle, CURLOPT_ERRORBUFFER, nullptr);
    if (code != CURLE_OK) {
        std::string sentence = *reason ? reason : curl.easyStrerror(code);
        sentence.erase(sentence.find_last_not_of(" .\n") + 1);
        return Error{"No connection to " + peer + ": " + sentence + "."};
    }
    return std::unique_ptr<PeerSocket>(std::make_unique<TlsSocket>(std::move(easy), peer, timeout));
}

} // namespace sluice
