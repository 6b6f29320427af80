#pragma once

#include <QByteArray>
#include <QString>

namespace sluice::filekind {

/// Whether a file is opened as a store of records (a log, packed or not, or a saved capture) and not as a project or a Python
/// configuration. Waits for the disk.
bool isStore(const QString &path);

/// Whether the beginning of a file is LogRecord dictionaries, one JSON object a line.
bool looksLikeJsonLines(const QByteArray &beginning);
/// Whether a file is a log of text lines: by its name, or by a format that its beginning has.
bool looksLikeLog(const QString &path, const QByteArray &beginning);

} // namespace sluice::filekind
