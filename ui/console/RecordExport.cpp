#include "console/RecordExport.h"

#include <QSaveFile>

#include <algorithm>

namespace sluice {

namespace {

/// Written with one call.
constexpr std::size_t chunkBytes = 256 * 1024;
/// What a clipboard, and the program that pastes it, can bear.
constexpr std::size_t maxTextBytes = std::size_t{256} << 20;
/// Rows between two looks at whether to stop.
constexpr std::uint64_t rowsPerLook = 256;

} // namespace

RecordExport::~RecordExport()
{
    cancel();
    if (m_thread.joinable())
        m_thread.join();
}

Status RecordExport::start(Job job)
{
    Result<std::unique_ptr<RecordWriter>> writer = RecordWriter::create(job.options);
    if (!writer)
        return writer.error();
    if (m_thread.joinable())
        m_thread.join();
    m_running = true;
    m_cancelled = false;
    m_progress = 0;
    m_records = 0;
    m_thread = std::thread([this, job = std::move(job),
                            writer = std::shared_ptr<RecordWriter>(std::move(*writer))] { run(job, *writer); });
    return {};
}

void RecordExport::run(const Job &job, RecordWriter &writer)
{
    std::string text;
    Status status;
    if (job.path.isEmpty()) {
        status = writeAll(job, writer, nullptr, text);
    } else {
        QSaveFile file(job.path);
        file.setDirectWriteFallback(false);
        if (!file.open(QIODevice::WriteOnly)) {
            status = Error{job.path.toStdString() + " cannot be written: " + file.errorString().toStdString() + "."};
        } else {
            status = writeAll(job, writer, &file, text);
            if (status && !file.commit())
                status = Error{job.path.toStdString() +
                               " cannot be written: " + file.errorString().toStdString() + "."};
        }
    }
    m_news.post([this, records = m_records.load(), text = QString::fromStdString(text),
                 error = status ? QString() : QString::fromStdString(status.error().text)] {
        m_running = false;
        Q_EMIT finished(records, text, error);
    });
}

Status RecordExport::writeAll(const Job &job, RecordWriter &writer, QSaveFile *file, std::string &text)
{
    const auto flush = [&]() -> Status {
        if (!file)
            return text.size() <= maxTextBytes
                       ? Status()
                       : Error{"That is too much to be copied; it can be exported to a file."};
        if (file->write(text.data(), static_cast<qint64>(text.size())) < 0)
            return Error{job.path.toStdString() + " cannot be written: " + file->errorString().toStdString() +
                         "."};
        text.clear();
        return {};
    };
    LogRecordBatch batch;
    CaptureMatcher matcher(job.filter);
    writer.begin(text);
    const bool chosen = !job.rows.empty();
    const std::uint64_t first = chosen ? 0 : job.snapshot.firstRow();
    const std::uint64_t end = chosen ? job.rows.size() : job.snapshot.endRow();
    for (std::uint64_t at = first; at < end; ++at) {
        if ((at - first) % rowsPerLook == 0) {
            if (m_cancelled)
                return Error{"Cancelled."};
            m_progress.store(static_cast<int>((at - first) * 100 / (end - first)), std::memory_order_relaxed);
        }
        const std::uint64_t row = chosen ? job.rows[at] : at;
        if (!job.snapshot.contains(row) || (!chosen && !matcher.matches(job.snapshot, row)))
            continue;
        batch.clear();
        writer.write(job.snapshot.record(row, batch), text);
        m_records.fetch_add(1, std::memory_order_relaxed);
        if (text.size() >= chunkBytes) {
            if (Status status = flush(); !status)
                return status;
        }
    }
    writer.end(text);
    return flush();
}

} // namespace sluice
