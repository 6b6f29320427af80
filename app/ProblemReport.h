#pragma once

#include "base/Problem.h"

#include <cstdio>
#include <string>

namespace sluice {

/// A line for each, as compilers say them: "path: place: kind: text", the kind with its ": " or empty.
void printProblems(const std::string &path, const Problems &problems, const char *kind = "", std::FILE *stream = stderr);

} // namespace sluice
