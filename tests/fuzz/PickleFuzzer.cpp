// Pickles as a SocketHandler's peer may send them: nothing crashes, leaks or hangs; the short way and the
// long way make the same record; and what was read can be written and read again.
#include "Require.h"

#include "record/LogRecordBatch.h"
#include "wire/JsonWriter.h"
#include "wire/PickleReader.h"
#include "wire/PickleRecordReader.h"
#include "wire/PickleWriter.h"
#include "wire/RecordBuilder.h"

using namespace sluice;

namespace {

std::string textOf(const LogRecord &record)
{
    std::string text;
    appendJson(record, text);
    return text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static PickleRecordReader recordReader;
    static PickleReader reader;
    static RecordBuilder builder;
    static PickleWriter writer;
    constexpr Nanoseconds received = 1'700'000'000'000'000'000;
    const std::string_view pickle(reinterpret_cast<const char *>(data), size);

    LogRecordBatch batch;
    const Status status = recordReader.read(pickle, batch, received);
    SLUICE_REQUIRE(batch.size() == (status ? 1u : 0u));

    LogRecordBatch other;
    const Result<Value> value = reader.read(pickle, other.arena());
    const bool built = value && builder.build(*value, other.add(), other.arena(), received).ok();
    SLUICE_REQUIRE(built == status.ok());
    if (value) {
        std::string written;
        writer.dump(*value, written);
        SLUICE_REQUIRE(reader.read(written, other.arena()).ok());
    }
    if (!built)
        return 0;
    // relativeCreated, where it is missing, is the same too: it follows from `received`.
    SLUICE_REQUIRE(textOf(batch.records()[0]) == textOf(other.records()[0]));

    std::string frame;
    if (writer.makePickle(batch.records()[0], frame)) {
        LogRecordBatch again;
        SLUICE_REQUIRE(recordReader.read(std::string_view(frame).substr(4), again, received).ok());
        SLUICE_REQUIRE(again.records()[0].levelno == batch.records()[0].levelno);
    }
    return 0;
}
