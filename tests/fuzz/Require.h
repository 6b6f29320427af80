#pragma once

#include <cstdio>
#include <cstdlib>

/// An assertion that stands in every build: what fails is a finding.
#define SLUICE_REQUIRE(condition)                                                                            \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            std::fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition);               \
            std::abort();                                                                                    \
        }                                                                                                    \
    } while (false)
