#include "capture/SaveRecords.h"

#include "base/NativeFile.h"
#include "capture/FrameWriter.h"
#include "capture/RecordCheck.h"

#include <algorithm>
#include <memory>
#include <unordered_map>

namespace sluice {

namespace {

constexpr std::size_t blockBytes = std::size_t{1} << 20;
constexpr std::uint64_t rowsPerReport = 8192;

/// A file that has its name only once it is complete.
class NewFile
{
public:
    explicit NewFile(std::string path) : m_path(std::move(path)), m_partPath(m_path + ".part") {}
    ~NewFile()
    {
        (void)m_file.close();
        if (m_isThere)
            (void)files::remove(m_partPath);
    }

    Status open()
    {
        if (files::exists(m_partPath))
            (void)files::remove(m_partPath);
        Result<NativeFile> file = NativeFile::open(m_partPath, NativeFile::Mode::CreatePrivate);
        if (!file)
            return file.error();
        m_file = std::move(*file);
        m_isThere = true;
        return {};
    }

    Status write(std::string_view bytes) { return std::move(m_file.write(bytes).status); }

    Status finish()
    {
        if (Status status = m_file.sync(); !status)
            return status;
        if (Status status = m_file.close(); !status)
            return status;
        Status status = files::rename(m_partPath, m_path);
        m_isThere = !status;
        return status;
    }

private:
    const std::string m_path;
    const std::string m_partPath;
    NativeFile m_file;
    bool m_isThere = false; ///< the part
};

Error cancelled() { return Error{"Saving was ended before it was done."}; }

/// Copies rows of any blocks into blocks of its own.
class RowCollector
{
public:
    RowCollector(std::uint64_t firstRow, std::size_t bytes) : m_bytes(bytes), m_nextRow(firstRow) {}

    /// Whether the row fits into the block that is being filled; if not, take() it first.
    bool add(const CaptureBlock &from, std::uint32_t index)
    {
        CaptureBlock::Row row = from.row(index);
        const std::string_view all = from.allText();
        const std::string_view text = all.substr(row.text, codec::textBytes(all.substr(row.text)));
        const std::string_view site = all.substr(row.site, codec::siteBytes(all.substr(row.site)));
        const std::size_t bytes = text.size() + site.size();
        if (!m_block) {
            m_block = std::make_shared<CaptureBlock>(m_nextRow,
                                                     std::max(m_bytes, bytes + sizeof(CaptureBlock::Row)));
            m_sites.clear();
        }
        if (!m_block->fits(bytes))
            return false;
        const auto [known, isNew] = m_sites.try_emplace(std::string(site), 0);
        if (isNew)
            known->second = m_block->putText(site);
        row.site = known->second;
        row.text = m_block->putText(text);
        m_block->putRow(row);
        ++m_nextRow;
        return true;
    }

    /// The block filled so far; null if there is none.
    std::shared_ptr<CaptureBlock> take()
    {
        if (m_block)
            m_block->publish();
        return std::move(m_block);
    }

private:
    const std::size_t m_bytes;
    std::shared_ptr<CaptureBlock> m_block;
    std::unordered_map<std::string, std::uint32_t> m_sites;
    std::uint64_t m_nextRow;
};

} // namespace

Status saveRecords(const RecordStore &store, const CaptureSnapshot &snapshot, const std::string &path,
                   const SaveProgress &progress)
{
    FrameWriter frames(store.sharedLoggers(), store.sharedSources());
    NewFile file(path);
    if (Status status = file.open(); !status)
        return status;
    if (Status status = file.write(frames.begin(snapshot.firstRow())); !status)
        return status;
    for (std::size_t i = 0; i < snapshot.pageCount(); ++i) {
        if (progress && !progress(snapshot.page(i)->firstRow() - snapshot.firstRow()))
            return cancelled();
        const auto block = snapshot.page(i)->load();
        const std::uint32_t rows = snapshot.rowsOf(i);
        if (!block || rows == 0)
            continue; // what is lost stays a gap in the numbers
        std::shared_ptr<const CaptureBlock> whole = *block;
        if (whole->rowCount() != rows || !snapshot.page(i)->summary()) {
            // It has grown since, or still does: only the rows of the snapshot.
            RowCollector collector(whole->firstRow(), whole->capacity());
            for (std::uint32_t row = 0; row < rows; ++row)
                collector.add(*whole, row);
            whole = collector.take();
        }
        if (Status status = file.write(frames.block(*whole, PageSummary::of(*whole), false)); !status)
            return status;
    }
    return file.finish();
}

Status saveRecords(const RecordStore &store, const CaptureSnapshot &snapshot, std::span<const std::uint64_t> rows,
                   const std::string &path, const SaveProgress &progress)
{
    FrameWriter frames(store.sharedLoggers(), store.sharedSources(), false);
    NewFile file(path);
    if (Status status = file.open(); !status)
        return status;
    if (Status status = file.write(frames.begin(0)); !status)
        return status;
    RowCollector collector(0, blockBytes);
    const auto flush = [&]() -> Status {
        const auto block = collector.take();
        return block ? file.write(frames.block(*block, PageSummary::of(*block), false)) : Status();
    };
    std::size_t page = 0;
    std::shared_ptr<const CaptureBlock> block;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (progress && i % rowsPerReport == 0 && !progress(i))
            return cancelled();
        if (!snapshot.contains(rows[i]))
            continue;
        if (const std::size_t wanted = snapshot.pageOf(rows[i]); !block || wanted != page) {
            page = wanted;
            const auto loaded = snapshot.page(page)->load();
            block = loaded ? *loaded : nullptr;
        }
        if (!block)
            continue;
        const auto index = static_cast<std::uint32_t>(rows[i] - block->firstRow());
        if (collector.add(*block, index))
            continue;
        if (Status status = flush(); !status)
            return status;
        collector.add(*block, index);
    }
    if (Status status = flush(); !status)
        return status;
    return file.finish();
}

} // namespace sluice
