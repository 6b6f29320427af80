// JSON as people write it: nothing crashes, leaks or hangs, and what is accepted survives being written and
// read.
#include "Require.h"

#include "record/LogRecordBatch.h"
#include "wire/JsonReader.h"
#include "wire/JsonWriter.h"
#include "wire/RecordBuilder.h"

using namespace sluice;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static JsonReader reader;
    static RecordBuilder builder;
    LogRecordBatch batch;
    const Result<Value> value = reader.read({reinterpret_cast<const char *>(data), size}, batch.arena());
    if (!value)
        return 0;
    std::string first;
    appendJson(*value, first);
    const Result<Value> again = reader.read(first, batch.arena());
    SLUICE_REQUIRE(again.ok());
    // Once, as in Python: two lone surrogates side by side become one character on the way.
    std::string second;
    appendJson(*again, second);
    const Result<Value> third = reader.read(second, batch.arena());
    SLUICE_REQUIRE(third.ok());
    std::string stable;
    appendJson(*third, stable);
    SLUICE_REQUIRE(second == stable);

    const bool built = builder.build(*value, batch.add(), batch.arena(), 0).ok();
    SLUICE_REQUIRE(built == value->isDict());
    if (built) {
        std::string record;
        appendJson(batch.records()[0], record);
        SLUICE_REQUIRE(reader.read(record, batch.arena()).ok());
    }
    return 0;
}
