#include "ProblemReport.h"

namespace sluice {

void printProblems(const std::string &path, const Problems &problems, const char *kind, std::FILE *stream)
{
    for (const Problem &problem : problems)
        std::fprintf(stream, "%s: %s: %s%s\n", path.c_str(), problem.place.c_str(), kind, problem.text.c_str());
}

} // namespace sluice
