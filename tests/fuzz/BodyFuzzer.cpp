// What bodies and frames of the web receivers hold: forms, OTLP, MessagePack, CBOR, gzip. Nothing crashes, leaks or hangs,
// records can be made of what is accepted, and it can be written. The first byte chooses the format.
#include "Require.h"

#include "base/Utf8.h"
#include "record/LogRecordBatch.h"
#include "wire/CborReader.h"
#include "wire/CutelogFields.h"
#include "wire/FormReader.h"
#include "wire/Inflater.h"
#include "wire/JsonReader.h"
#include "wire/JsonWriter.h"
#include "wire/MessagePackReader.h"
#include "wire/OtlpLogs.h"
#include "wire/RecordBuilder.h"

#include <cstdint>
#include <string>
#include <string_view>

using namespace sluice;

namespace {

void requireRecord(const Value &dict, LogRecordBatch &batch)
{
    static RecordBuilder builder;
    static JsonReader json;
    const bool built = builder.build(dict, batch.add(), batch.arena(), 0).ok();
    SLUICE_REQUIRE(built == dict.isDict());
    if (!built)
        return;
    std::string text;
    appendJson(batch.records().back(), text);
    SLUICE_REQUIRE(utf8::isValid(text));
    SLUICE_REQUIRE(json.read(text, batch.arena()).ok());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static FormReader forms;
    static FormRecord formRecord;
    static JsonReader json;
    static OtlpLogs otlp;
    static MessagePackReader messagePack;
    static CborReader cbor;
    static CutelogFields cutelog;
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char *>(data) + 1, size - 1);
    LogRecordBatch batch;
    Arena &arena = batch.arena();
    switch (data[0] % 6) {
    case 0:
        if (const auto form = forms.read(bytes, arena))
            requireRecord(formRecord.read(*form, arena), batch);
        break;
    case 1:
        if (const auto request = json.read(bytes, arena)) {
            (void)otlp.read(*request, arena, [&](const Result<Value> &dict) {
                if (dict)
                    requireRecord(*dict, batch);
                return true;
            });
        }
        break;
    case 2:
        if (const auto value = messagePack.read(bytes, arena))
            requireRecord(cutelog.read(*value, arena, 0), batch);
        break;
    case 3:
        if (const auto value = cbor.read(bytes, arena))
            requireRecord(cutelog.read(*value, arena, 0), batch);
        break;
    case 4:
        if (const auto value = json.read(bytes, arena))
            requireRecord(cutelog.read(*value, arena, 0), batch);
        break;
    default: {
        constexpr std::size_t limit = 100'000;
        std::string out;
        const Status status = inflate(bytes, limit, out);
        SLUICE_REQUIRE(out.size() <= limit + (status ? 0 : 1));
        break;
    }
    }
    return 0;
}
