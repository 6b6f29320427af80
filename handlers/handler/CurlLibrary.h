#pragma once

#include <curl/curl.h>

#include <string>

namespace sluice {

/// The functions of libcurl that we use. The system's brings twenty libraries, and to load them took 5 ms of each start of the
/// window: it is loaded when one of these is first wanted. Where libcurl is part of the program, these are its functions.
/// Where it is missing, functions that fail stand in for them, and say so. Only for sources.
struct CurlLibrary
{
    decltype(&curl_global_init) globalInit;
    decltype(&curl_easy_init) easyInit;
    decltype(&curl_easy_cleanup) easyCleanup;
    decltype(&curl_easy_setopt) easySetopt;
    decltype(&curl_easy_getinfo) easyGetinfo;
    decltype(&curl_easy_perform) easyPerform;
    decltype(&curl_easy_send) easySend;
    decltype(&curl_easy_recv) easyRecv;
    decltype(&curl_easy_strerror) easyStrerror;
    decltype(&curl_slist_append) slistAppend;
    decltype(&curl_slist_free_all) slistFreeAll;
    decltype(&curl_url) url;
    decltype(&curl_url_cleanup) urlCleanup;
    decltype(&curl_url_set) urlSet;
    decltype(&curl_url_get) urlGet;
    decltype(&curl_free) free;

    /// Loads it and makes it ready, once in the process; never undone, since handlers may live as long. For any thread.
    static const CurlLibrary &get();

    /// `name`: the library's, as the system names it without its ending, and `version`, its major. Missing is the stand-in.
    static CurlLibrary load(const char *name, int version);

    /// Fails whatever is asked of it: easyInit and url give null.
    static CurlLibrary missing();
};

} // namespace sluice
