#pragma once

#include <QString>

namespace sluice {

struct OpenedStore;

/// The file that keeps the marks of a log or a saved capture, among those of the program's own folder: by what the file is, and, of a log, by
/// the format it was read as. Empty where nothing is kept. Removes the oldest of very many. Waits for the disk.
QString marksPlace(const QString &dataFolder, const OpenedStore &opened);

} // namespace sluice
