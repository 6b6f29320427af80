#pragma once

#include "base/Result.h"

namespace sluice::fileassociation {

/// That a double click on a project opens it with this program. Where a package is installed it has told the system (cmake/Install.cmake);
/// on Windows the program may be a folder that somebody has unpacked, so the person says so, for nobody but themselves. Main thread;
/// some calls of the registry.
bool isOffered();

/// Whether it is this very program that a project is opened with.
bool isSet();

/// Taken back, what another program had is not there again.
Status set(bool on);

} // namespace sluice::fileassociation
