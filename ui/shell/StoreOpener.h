#pragma once

#include "base/Result.h"
#include "capture/RecordStore.h"
#include "text/TextFormats.h"

#include <QString>

#include <map>
#include <memory>
#include <string>
#include <utility>

namespace sluice {

/// A file that was opened as a store of records, or why it was not.
struct OpenedStore
{
    QString path; ///< absolute
    TextFormatChoice choice;
    std::shared_ptr<RecordStore> store; ///< null if it could not be opened
    QString problem;                    ///< a sentence then
    QString marks;                      ///< the file that keeps its marks; empty: none does
    /// Asked for now, and not one that was open the last time.
    bool byReader = false;
};

/// Opens logs of text and saved captures, and remembers those that are open. For one thread, which waits for the disk.
class StoreOpener
{
public:
    /// `scratch`: where packed logs are unpacked to; empty: the system's folder for what is temporary.
    explicit StoreOpener(std::string scratch = {}) : m_scratch(std::move(scratch)) {}

    /// The store of a file that is open, by whatever name; null if it is not.
    std::shared_ptr<RecordStore> find(const QString &path) const;
    /// A log of the format that was chosen, a capture's file, or its folder.
    Result<std::shared_ptr<RecordStore>> open(const QString &path, const TextFormatChoice &choice);

private:
    const std::string m_scratch;
    std::map<QString, std::weak_ptr<RecordStore>> m_open; ///< by canonical path
};

} // namespace sluice
