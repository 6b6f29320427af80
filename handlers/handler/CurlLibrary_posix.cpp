#include "handler/CurlLibrary.h"

#include <QLibrary>

namespace sluice {

CurlLibrary CurlLibrary::load(const char *name, int version)
{
    QLibrary file(QString::fromLatin1(name), version);
    // OpenSSL's own last steps at the process's end need it.
    file.setLoadHints(QLibrary::PreventUnloadHint);
    CurlLibrary library = missing();
    bool isWhole = true;
    const auto find = [&](auto &function, const char *symbol) {
        const QFunctionPointer found = file.resolve(symbol);
        isWhole = isWhole && found;
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(found);
    };
    find(library.globalInit, "curl_global_init");
    find(library.easyInit, "curl_easy_init");
    find(library.easyCleanup, "curl_easy_cleanup");
    find(library.easySetopt, "curl_easy_setopt");
    find(library.easyGetinfo, "curl_easy_getinfo");
    find(library.easyPerform, "curl_easy_perform");
    find(library.easySend, "curl_easy_send");
    find(library.easyRecv, "curl_easy_recv");
    find(library.easyStrerror, "curl_easy_strerror");
    find(library.slistAppend, "curl_slist_append");
    find(library.slistFreeAll, "curl_slist_free_all");
    find(library.url, "curl_url");
    find(library.urlCleanup, "curl_url_cleanup");
    find(library.urlSet, "curl_url_set");
    find(library.urlGet, "curl_url_get");
    find(library.free, "curl_free");
    return isWhole ? library : missing();
}

} // namespace sluice
