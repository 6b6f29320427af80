#include "shell/StoreOpener.h"

#include "capture/CaptureFile.h"
#include "capture/LogFile.h"

#include <QFileInfo>

namespace sluice {

std::shared_ptr<RecordStore> StoreOpener::find(const QString &path) const
{
    const auto found = m_open.find(QFileInfo(path).canonicalFilePath());
    return found == m_open.end() ? nullptr : found->second.lock();
}

Result<std::shared_ptr<RecordStore>> StoreOpener::open(const QString &path, const TextFormatChoice &choice)
{
    std::erase_if(m_open, [](const auto &entry) { return entry.second.expired(); });
    const QFileInfo info(path);
    if (!info.exists())
        return Error{"There is no file " + path.toStdString() + "."};
    std::shared_ptr<RecordStore> store;
    if (CaptureFile::isCapture(path.toStdString())) {
        auto file = CaptureFile::open(path.toStdString());
        if (!file)
            return file.error();
        store = std::move(*file);
    } else {
        if (info.isDir())
            return Error{"The folder " + path.toStdString() + " holds no capture."};
        LogFile::Options options;
        const auto format = textFormats::create(choice);
        if (!format)
            return format.error();
        options.format = *format;
        options.scratch = m_scratch;
        auto file = LogFile::open(path.toStdString(), options);
        if (!file)
            return file.error();
        store = std::move(*file);
    }
    m_open[info.canonicalFilePath()] = store;
    return store;
}

} // namespace sluice
