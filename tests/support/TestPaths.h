#pragma once

#include <QString>

namespace sluice::test {

/// Paths of the clone and of the build that a test belongs to. They stand in one object file alone, so that all others are the same
/// in every clone.

/// Of a file in the source tree, by its path within.
QString inSource(const char *path);
/// Of a program or library that the build has made.
QString inBin(const char *name);

} // namespace sluice::test
