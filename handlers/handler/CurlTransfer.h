#pragma once

#include "base/Result.h"
#include "handler/TlsOptions.h"

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <string>

namespace sluice {

/// A transfer of libcurl with what all of ours have: no signals, no proxy from the environment, no redirects, the protocols
/// that are named and no others, and limits of time. Only for sources; headers of the library do not show libcurl.
class CurlTransfer
{
public:
    CurlTransfer();

    /// `scheme`: the only protocol that is spoken. A port of 0 is the scheme's own. Fails for what is no host's name.
    Status setPeer(const char *scheme, const std::string &host, int port);
    void setTls(const TlsOptions &tls);
    /// For the connection, and for each answer of the peer.
    void setTimeout(std::chrono::milliseconds timeout);

    template <typename T>
    void set(CURLoption option, T value)
    {
        curl_easy_setopt(m_easy.get(), option, value);
    }
    CURL *easy() { return m_easy.get(); }

    CURLcode perform();
    /// What perform() failed with, as libcurl says it.
    std::string failure(CURLcode code) const;

private:
    struct CloseEasy
    {
        void operator()(CURL *easy) const { curl_easy_cleanup(easy); }
    };
    struct CloseUrl
    {
        void operator()(CURLU *url) const { curl_url_cleanup(url); }
    };

    std::unique_ptr<CURL, CloseEasy> m_easy;
    std::unique_ptr<CURLU, CloseUrl> m_url;
    char m_error[CURL_ERROR_SIZE] = {};
};

/// A list of texts for libcurl.
class CurlList
{
public:
    void append(const std::string &text)
    {
        if (curl_slist *const longer = curl_slist_append(m_list.get(), text.c_str())) {
            m_list.release();
            m_list.reset(longer);
        }
    }
    curl_slist *get() const { return m_list.get(); }

private:
    struct Free
    {
        void operator()(curl_slist *list) const { curl_slist_free_all(list); }
    };
    std::unique_ptr<curl_slist, Free> m_list;
};

} // namespace sluice
