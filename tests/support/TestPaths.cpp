#include "support/TestPaths.h"

namespace sluice::test {

QString inSource(const char *path) { return QStringLiteral(SLUICE_SOURCE_DIR "/") + QString::fromUtf8(path); }

QString inBin(const char *name) { return QStringLiteral(SLUICE_BIN_DIR "/") + QString::fromUtf8(name); }

} // namespace sluice::test
