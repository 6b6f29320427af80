// INI files for fileConfig: nothing crashes, leaks or hangs, and what is accepted survives as a project and as a dictConfig.
#include "Require.h"

#include "chain/Configuration.h"
#include "chain/DictConfigWriter.h"

using namespace sluice;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Configuration read = parseConfiguration({reinterpret_cast<const char *>(data), size}, "/srv");
    if (!read.ok())
        return 0;
    const std::string project = projectText(read.chain);
    const Configuration again = parseConfiguration(project, "/srv");
    SLUICE_REQUIRE(again.ok());
    SLUICE_REQUIRE(projectText(again.chain) == project);
    if (read.isPython())
        SLUICE_REQUIRE(parseConfiguration(dictConfigText(read.chain).text, "/srv").ok());
    return 0;
}
