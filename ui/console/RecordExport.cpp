#include "console/RecordExport.h"

#include "capture/CaptureMatcher.h"
#include "capture/SaveRecords.h"

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
    m_unreadable = 0;
    m_thread = std::thread([this, job = std::move(job),
                            writer = std::shared_ptr<RecordWriter>(std::move(*writer))] { run(job, *writer); });
    return {};
}

void RecordExport::run(const Job &job, RecordWriter &writer)
{
    std::string text;
    Status status;
    if (job.asCapture) {
        status = writeCapture(job);
    } else if (job.path.isEmpty()) {
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
    if (!status && m_cancelled && !job.path.isEmpty())
        status = Error{"Cancelled: no file was written."};
    m_news.post([this, records = m_records.load(), unreadable = m_unreadable.load(), text = QString::fromStdString(text),
                 error = status ? QString() : QString::fromStdString(status.error().text)] {
        m_running = false;
        Q_EMIT finished(records, text, error, unreadable);
    });
}

Status RecordExport::eachRow(const Job &job, const std::function<Status(std::uint64_t)> &take)
{
    const CaptureSnapshot &snapshot = job.snapshot;
    const auto goesOn = [&](std::uint64_t done, std::uint64_t all) {
        m_progress.store(static_cast<int>(done * 100 / std::max<std::uint64_t>(all, 1)), std::memory_order_relaxed);
        return !m_cancelled;
    };
    const Error cancelled{"Cancelled."};
    if (!job.rows.empty()) {
        for (std::size_t i = 0; i < job.rows.size(); ++i) {
            if (i % rowsPerLook == 0 && !goesOn(i, job.rows.size()))
                return cancelled;
            if (!snapshot.contains(job.rows[i]))
                continue;
            if (Status status = take(job.rows[i]); !status)
                return status;
        }
        return {};
    }
    if (job.inTime) {
        for (std::size_t i = 0; i < job.inTime->size(); ++i) {
            if (i % rowsPerLook == 0 && !goesOn(i, job.inTime->size()))
                return cancelled;
            if (Status status = take(job.inTime->at(i)); !status)
                return status;
        }
        return {};
    }
    CaptureMatcher matcher(job.filter, wallClock(), job.store->loggers(), job.store->sources());
    for (std::size_t i = 0; i < snapshot.pageCount(); ++i) {
        const CapturePage &page = *snapshot.page(i);
        if (!goesOn(i, snapshot.pageCount()))
            return cancelled;
        // Of lost ones nobody knows whether they would pass.
        if (!page.failure() && page.summary() && !matcher.canMatch(*page.summary()))
            continue;
        const auto block = page.load();
        if (!block) {
            m_unreadable.fetch_add(snapshot.rowsOf(i), std::memory_order_relaxed);
            continue;
        }
        matcher.setBlock(**block);
        for (std::uint32_t index = 0, rows = snapshot.rowsOf(i); index < rows; ++index) {
            if (index % rowsPerLook == 0 && m_cancelled)
                return cancelled;
            if (!matcher.matches(index))
                continue;
            if (Status status = take(page.firstRow() + index); !status)
                return status;
        }
    }
    return {};
}

Status RecordExport::writeCapture(const Job &job)
{
    const auto counted = [this](std::uint64_t all) -> SaveProgress {
        return [this, all](std::uint64_t rows) {
            m_progress.store(static_cast<int>(rows * 100 / std::max<std::uint64_t>(all, 1)), std::memory_order_relaxed);
            return !m_cancelled.load();
        };
    };
    const std::string path = job.path.toStdString();
    if (job.rows.empty() && job.filter.isEmpty()) {
        m_records = job.snapshot.size();
        return saveRecords(*job.store, job.snapshot, path, counted(job.snapshot.size()));
    }
    std::vector<std::uint64_t> rows;
    const auto take = [&](std::uint64_t row) {
        rows.push_back(row);
        return Status();
    };
    if (Status status = eachRow(job, take); !status)
        return status;
    m_records = rows.size();
    return saveRecords(*job.store, job.snapshot, rows, path, counted(rows.size()));
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
    writer.begin(text);
    Status status = eachRow(job, [&](std::uint64_t row) -> Status {
        batch.clear();
        if (job.snapshot.view(row).lost) {
            m_unreadable.fetch_add(1, std::memory_order_relaxed);
            return {};
        }
        writer.write(job.snapshot.record(row, batch), text);
        m_records.fetch_add(1, std::memory_order_relaxed);
        return text.size() < chunkBytes ? Status() : flush();
    });
    if (!status)
        return status;
    writer.end(text);
    return flush();
}

} // namespace sluice
