#include "base/TextEncoder.h"

#include <clocale>
#include <langinfo.h>

namespace sluice {

std::string localeEncoding()
{
    // The environment's, whatever the process made of it: Qt and tests set locales of their own.
    const locale_t locale = newlocale(LC_CTYPE_MASK, "", nullptr);
    if (!locale)
        return "utf-8";
    std::string codeset = nl_langinfo_l(CODESET, locale);
    freelocale(locale);
    if (codeset.empty() || codeset == "ANSI_X3.4-1968")
        return "utf-8";
    return codeset;
}

} // namespace sluice
