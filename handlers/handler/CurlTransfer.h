#pragma once

#include "base/Result.h"
#include "handler/CurlLibrary.h"
#include "handler/TlsOptions.h"

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
        CurlLibrary::get().easySetopt(m_easy.get(), option, value);
    }
    template <typename T>
    CURLcode info(CURLINFO what, T *value)
    {
        return CurlLibrary::get().easyGetinfo(m_easy.get(), what, value);
    }

    CURLcode perform();
    /// What perform() failed with, as libcurl says it.
    std::string failure(CURLcode code) const;

private:
    struct CloseEasy
    {
        void operator()(CURL *easy) const { CurlLibrary::get().easyCleanup(easy); }
    };
    struct CloseUrl
    {
        void operator()(CURLU *url) const { CurlLibrary::get().urlCleanup(url); }
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
        if (curl_slist *const longer = CurlLibrary::get().slistAppend(m_list.get(), text.c_str())) {
            m_list.release();
            m_list.reset(longer);
        }
    }
    curl_slist *get() const { return m_list.get(); }

private:
    struct Free
    {
        void operator()(curl_slist *list) const { CurlLibrary::get().slistFreeAll(list); }
    };
    std::unique_ptr<curl_slist, Free> m_list;
};

} // namespace sluice
