#include "base/TextEncoder.h"

#include <windows.h>

namespace sluice {

std::string localeEncoding()
{
    const UINT codePage = GetACP();
    return codePage == CP_UTF8 ? "utf-8" : "cp" + std::to_string(codePage);
}

} // namespace sluice
