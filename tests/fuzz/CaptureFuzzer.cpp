// Files of a capture: whatever stands in one, it is opened or refused, every row can be looked at, and what cannot be read
// says so. Checksums would keep a fuzzer out, so they are put right first where headers stand.
#include "Require.h"

#include "capture/CaptureFile.h"
#include "capture/CaptureFrame.h"
#include "capture/SaveRecords.h"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

using namespace sluice;

namespace {

std::string folder()
{
    static const std::string path = [] {
        std::string made = (std::filesystem::temp_directory_path() / "capture-fuzzer-XXXXXX").string();
        SLUICE_REQUIRE(::mkdtemp(made.data()) != nullptr);
        return made;
    }();
    return path;
}

void put(std::string &bytes, std::size_t at, std::uint32_t number) { std::memcpy(bytes.data() + at, &number, sizeof number); }

std::uint32_t get(const std::string &bytes, std::size_t at)
{
    std::uint32_t number;
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

/// As CaptureFrame lays a header out.
void mendChecksums(std::string &bytes)
{
    constexpr std::size_t summaryBytes = 24, storedBytes = 28, summaryCrc = 36, payloadCrc = 40;
    std::size_t at = 0;
    while ((at = bytes.find(frame::magic, at)) != bytes.npos && bytes.size() - at >= frame::headerBytes) {
        const std::size_t payload = at + frame::headerBytes;
        const std::size_t summary = get(bytes, at + summaryBytes);
        const std::size_t stored = get(bytes, at + storedBytes);
        const std::string_view all = bytes;
        if (payload + summary <= bytes.size())
            put(bytes, at + summaryCrc, frame::checksum(all.substr(payload, summary)));
        if (payload + summary + stored <= bytes.size())
            put(bytes, at + payloadCrc, frame::checksum(all.substr(payload + summary, stored)));
        put(bytes, payload - 4, frame::checksum(all.substr(at, frame::headerBytes - 4)));
        at += frame::headerBytes;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 1)
        return 0;
    std::string bytes(reinterpret_cast<const char *>(data) + 1, size - 1);
    if (data[0] & 1)
        mendChecksums(bytes);
    const std::string path = folder() + "/input";
    std::ofstream(path, std::ios::binary) << bytes;
    const auto file = CaptureFile::open(path, 1 << 20);
    if (!file)
        return 0;
    const CaptureSnapshot snapshot = (*file)->snapshot();
    std::size_t looked = 0;
    for (std::size_t i = 0; i < snapshot.pageCount(); ++i) {
        SLUICE_REQUIRE(snapshot.page(i)->firstRow() == (i == 0 ? snapshot.firstRow() : snapshot.page(i - 1)->endRow()));
        for (std::uint32_t row = 0; row < std::min<std::uint32_t>(snapshot.rowsOf(i), 100); ++row) {
            const RowView view = snapshot.view(snapshot.page(i)->firstRow() + row);
            LogRecordBatch batch;
            const LogRecord &record = snapshot.record(snapshot.page(i)->firstRow() + row, batch);
            SLUICE_REQUIRE(record.created == view.created);
            looked += view.message.size() + view.exception.size() + view.logger.size() + view.levelname.size();
            if (view.lost)
                SLUICE_REQUIRE(!(*file)->figures().damage.empty());
        }
    }
    SLUICE_REQUIRE(looked < (std::size_t{1} << 40));
    if (data[0] % 16 < 2) // it waits for the disk
        SLUICE_REQUIRE(saveRecords(**file, snapshot, folder() + "/saved").ok());
    return 0;
}
