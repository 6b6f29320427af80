#pragma once

#include "capture/Capture.h"
#include "capture/Origin.h"
#include "capture/SampleRecords.h"

#include <QTemporaryDir>

#include <memory>
#include <string>

namespace sluice::test {

/// Small pages and files, so that a test has many of them.
inline Capture::Options smallPages() { return {.budget = std::size_t{1} << 20, .blockBytes = 8 * 1024}; }

inline Capture::Disk smallFiles(const std::string &directory)
{
    return {.directory = directory, .segmentBytes = 16 * 1024};
}

inline std::string numbered(std::uint64_t row) { return "record " + std::to_string(row) + " says what row it is"; }

/// Appends rows whose messages say their numbers; every seventh has another logger, every hundredth is an error.
inline void appendNumbered(Capture &capture, std::uint64_t from, std::uint64_t count,
                           const std::shared_ptr<DeliveryTracker> &origin = {})
{
    constexpr std::uint64_t perBatch = 100;
    for (std::uint64_t begin = from; begin < from + count; begin += perBatch) {
        LogRecordBatch batch;
        for (std::uint64_t i = begin; i < std::min(begin + perBatch, from + count); ++i)
            addRecord(batch, i % 7 ? "app.db" : "app.http", i % 100 ? level::Info : level::Error, numbered(i),
                      1'700'000'000 + double(i));
        if (origin)
            batch.setTracker(origin);
        capture.append(pointers(batch));
    }
}

/// How many rows say what they should, and how many that they are lost; all others are wrong.
struct Reading
{
    std::uint64_t right = 0;
    std::uint64_t lost = 0;
    std::uint64_t wrong = 0;

    bool operator==(const Reading &) const = default;
};

inline Reading readAll(const RecordStore &store)
{
    Reading reading;
    const CaptureSnapshot snapshot = store.snapshot();
    for (std::uint64_t row = snapshot.firstRow(); row < snapshot.endRow(); ++row) {
        const RowView view = snapshot.view(row);
        if (view.lost)
            ++reading.lost;
        else if (view.message == numbered(row) && view.logger == (row % 7 ? "app.db" : "app.http") &&
                 view.levelno == (row % 100 ? level::Info : level::Error))
            ++reading.right;
        else
            ++reading.wrong;
    }
    return reading;
}

/// A directory that is gone after the test, and captures that keep their records in it.
class CaptureFixture
{
public:
    std::string path(const std::string &name = "session.capture") const
    {
        return m_folder.filePath(QString::fromStdString(name)).toStdString();
    }

    std::unique_ptr<Capture> open(const std::string &name = "session.capture",
                                  const Capture::Options &options = smallPages()) const
    {
        auto capture = std::make_unique<Capture>(options);
        if (!capture->persist(smallFiles(path(name))))
            return nullptr;
        return capture;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace sluice::test
