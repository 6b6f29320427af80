#include "handler/CurlLibrary.h"

namespace sluice {

// Part of the program, with the system's own TLS.
CurlLibrary CurlLibrary::load(const char *, int)
{
    return {curl_global_init,   curl_easy_init,    curl_easy_cleanup,   curl_easy_setopt, curl_easy_getinfo, curl_easy_perform,
            curl_easy_send,     curl_easy_recv,    curl_easy_strerror,  curl_slist_append, curl_slist_free_all,
            curl_url,           curl_url_cleanup,  curl_url_set,        curl_url_get,      curl_free};
}

} // namespace sluice
