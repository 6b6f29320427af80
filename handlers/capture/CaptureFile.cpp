#include "capture/CaptureFile.h"

#include "capture/CaptureFolder.h"
#include "capture/CaptureReader.h"

#include <array>

namespace sluice {

Result<std::shared_ptr<CaptureFile>> CaptureFile::open(const std::string &path, std::size_t budget)
{
    std::shared_ptr<CaptureFile> file(new CaptureFile(budget));
    CaptureReader reader(file->m_loggers, file->m_sources, file->m_cache, file->m_damage);
    const auto add = [&](const std::string &part, std::uint64_t number) {
        Status status = reader.addFile(part, number);
        file->m_diskBytes += reader.lastFileBytes();
        return status;
    };
    if (files::isRegular(path)) {
        if (Status status = add(path, 1); !status)
            return status.error();
    } else {
        const Result<CaptureFolder::Files> found = CaptureFolder::list(path);
        if (!found)
            return found.error();
        if (found->segments.empty() && found->tails.empty())
            return Error{path + " has no records of a capture in it."};
        for (const auto *parts : {&found->segments, &found->tails}) {
            for (const auto &[number, part] : *parts) {
                // A tail may go while we look: its rows are in a segment then.
                if (const Status status = add(part, number); !status && files::exists(part))
                    file->m_damage->addPlace(part + " cannot be read");
            }
        }
    }
    CaptureReader::Found found = reader.finish();
    auto list = std::make_shared<CaptureSnapshot::PageList>();
    list->firstRow = found.firstRow;
    list->pages = std::move(found.pages);
    file->m_list = std::move(list);
    file->m_sessions = std::make_shared<const std::vector<std::uint64_t>>(std::move(found.sessions));
    file->m_endRow = found.endRow;
    file->m_errors = found.errors;
    return file;
}

bool CaptureFile::isCapture(const std::string &path)
{
    if (files::isRegular(path)) {
        const Result<FileReader> file = FileReader::open(path);
        std::array<char, frame::magic.size()> first;
        const auto read = file ? file->readAt(0, first) : Result<std::size_t>(file.error());
        return read && std::string_view(first.data(), *read) == frame::magic;
    }
    const Result<CaptureFolder::Files> found = CaptureFolder::list(path);
    return found && !(found->segments.empty() && found->tails.empty());
}

CaptureSnapshot CaptureFile::snapshot() const { return CaptureSnapshot(m_list, m_loggers, loader()); }

RecordStore::Figures CaptureFile::figures() const
{
    Figures figures;
    figures.firstRow = m_list->firstRow;
    figures.endRow = m_endRow;
    figures.errors = m_errors;
    figures.bytes = m_cache->bytes();
    figures.budget = m_cache->budget();
    figures.diskBytes = m_diskBytes;
    figures.lost = m_damage->rows();
    figures.damage = m_damage->sentence();
    return figures;
}

} // namespace sluice
