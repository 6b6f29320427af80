#include "capture/CaptureFolder.h"

#include "base/NativeFile.h"
#include "capture/CaptureWriter.h"

#include <algorithm>

namespace sluice {

namespace {

/// Programs that run at once.
constexpr int maxFolders = 32;

} // namespace

Result<CaptureFolder> CaptureFolder::claim(const std::string &directory)
{
    for (int i = 1; i <= maxFolders; ++i) {
        const std::string path = i == 1 ? directory : directory + "-" + std::to_string(i);
        if (Status status = files::makePrivateDirectory(path); !status)
            return status.error();
        Result<std::optional<FileLock>> lock = FileLock::acquire(path + "/lock");
        if (!lock)
            return lock.error();
        if (*lock)
            return CaptureFolder(path, i > 1, std::move(**lock));
    }
    return Error{"Too many programs keep their records beside " + directory + "."};
}

Result<CaptureFolder::Files> CaptureFolder::list(const std::string &directory)
{
    const auto names = files::names(directory);
    if (!names)
        return names.error();
    Files found;
    for (const std::string &name : *names) {
        if (const auto number = CaptureWriter::segmentNumber(name))
            found.segments.emplace_back(*number, directory + "/" + name);
        else if (const auto row = CaptureWriter::tailNumber(name))
            found.tails.emplace_back(*row, directory + "/" + name);
    }
    std::ranges::sort(found.segments);
    std::ranges::sort(found.tails);
    return found;
}

} // namespace sluice
