#pragma once

#include "base/Result.h"
#include "capture/RecordStore.h"
#include "text/TextFormats.h"

#include <QString>

#include <map>
#include <memory>

namespace sluice {

/// A file that was opened as a store of records, or why it was not.
struct OpenedStore
{
    QString path; ///< absolute
    TextFormatChoice choice;
    std::shared_ptr<RecordStore> store; ///< null if it could not be opened
    QString problem;                    ///< a sentence then
    /// Asked for now, and not one that was open the last time.
    bool byReader = false;
};

/// Opens logs of text and saved captures, and remembers those that are open. For one thread, which waits for the disk.
class StoreOpener
{
public:
    /// The store of a file that is open, by whatever name; null if it is not.
    std::shared_ptr<RecordStore> find(const QString &path) const;
    /// A log of the format that was chosen, a capture's file, or its folder.
    Result<std::shared_ptr<RecordStore>> open(const QString &path, const TextFormatChoice &choice);

private:
    std::map<QString, std::weak_ptr<RecordStore>> m_open; ///< by canonical path
};

} // namespace sluice
