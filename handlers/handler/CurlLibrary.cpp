#include "handler/CurlLibrary.h"

namespace sluice {

// All of them C's functions, as libcurl's are.
extern "C" {

static CURLcode noInit(long) { return CURLE_FAILED_INIT; }
static CURL *noEasy() { return nullptr; }
static void noCleanup(CURL *) {}
static CURLcode noSetopt(CURL *, CURLoption, ...) { return CURLE_FAILED_INIT; }
static CURLcode noGetinfo(CURL *, CURLINFO, ...) { return CURLE_FAILED_INIT; }
static CURLcode noPerform(CURL *) { return CURLE_FAILED_INIT; }
static CURLcode noSend(CURL *, const void *, size_t, size_t *) { return CURLE_FAILED_INIT; }
static CURLcode noRecv(CURL *, void *, size_t, size_t *) { return CURLE_FAILED_INIT; }
static const char *noStrerror(CURLcode) { return "libcurl is not installed"; }
static curl_slist *noAppend(curl_slist *, const char *) { return nullptr; }
static void noFreeAll(curl_slist *) {}
static CURLU *noUrl() { return nullptr; }
static void noUrlCleanup(CURLU *) {}
static CURLUcode noUrlSet(CURLU *, CURLUPart, const char *, unsigned int) { return CURLUE_BAD_HANDLE; }
static CURLUcode noUrlGet(CURLU *, CURLUPart, char **, unsigned int) { return CURLUE_BAD_HANDLE; }
static void noFree(void *) {}

} // extern "C"

CurlLibrary CurlLibrary::missing()
{
    return {noInit, noEasy, noCleanup,  noSetopt, noGetinfo,    noPerform, noSend,   noRecv,
            noStrerror, noAppend, noFreeAll, noUrl, noUrlCleanup, noUrlSet,  noUrlGet, noFree};
}

const CurlLibrary &CurlLibrary::get()
{
    static const CurlLibrary library = [] {
        CurlLibrary found = load("curl", 4); // libcurl's major version since 2006
        return found.globalInit(CURL_GLOBAL_DEFAULT) == CURLE_OK ? found : missing();
    }();
    return library;
}

} // namespace sluice
