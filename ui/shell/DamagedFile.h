#pragma once

#include <QString>

namespace sluice {

/// Puts a file that cannot be made sense of aside, as `path`.damaged, so that what is written next does not destroy it. Returns what
/// became of it, in a sentence; `isAside` tells whether its name is free now. Waits for a disk.
QString putAside(const QString &path, bool &isAside);

} // namespace sluice
