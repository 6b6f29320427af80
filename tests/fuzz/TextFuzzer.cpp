// Text as any file may hold it: every format makes exactly one record of whatever lines it gets, in UTF-8, and says so; where
// fields stand is within the text; and a stream makes the same records however the text is cut into pieces.
#include "CountingSink.h"
#include "Require.h"

#include "base/Utf8.h"
#include "receiver/TextStream.h"
#include "text/PatternTextFormat.h"
#include "text/PythonTextFormat.h"
#include "text/TextFormatRecognizer.h"
#include "text/TextLines.h"
#include "text/TextPreview.h"
#include "wire/JsonWriter.h"

#include <algorithm>
#include <cstring>

using namespace sluice;

namespace {

constexpr Nanoseconds reference = 1'791'763'200'000'000'000;

TextContext context() { return TextContext(*TextZone::create("UTC"), reference); }

void parse(const TextFormat &format, std::string_view text)
{
    LogRecordBatch batch;
    TextContext reader = context();
    format.parse(text, batch, reader);
    SLUICE_REQUIRE(batch.size() == 1);
    std::string json;
    appendJson(batch.records()[0], json);
    SLUICE_REQUIRE(utf8::isValid(json));
    const TextPreview preview = parsePreview(format, text, context(), 10);
    for (const TextPreview::Record &record : preview.records) {
        SLUICE_REQUIRE(record.begin + record.length <= text.size());
        if (utf8::isValid(text, utf8::Surrogates::Refuse) && text.find_first_of("\r\x1B") == std::string_view::npos) {
            for (const TextField &field : record.fields)
                SLUICE_REQUIRE(field.begin >= record.begin && field.begin + field.length <= record.begin + record.length);
        }
    }
}

std::uint64_t countRecords(std::string_view text, std::size_t piece, const TextFormatPtr &format)
{
    static CountingSink sink;
    const auto before = sink.records;
    TextStreamOptions options;
    options.format = format;
    options.maxLine = 512;
    TextStream stream(sink, "fuzz", options, std::move(*TextDecoder::create("")));
    std::size_t given = 0;
    while (given < text.size()) {
        const std::span<char> space = stream.space();
        const std::size_t count = std::min({text.size() - given, piece, space.size()});
        std::memcpy(space.data(), text.data() + given, count);
        SLUICE_REQUIRE(stream.take(count));
        given += count;
        SLUICE_REQUIRE(stream.held() <= given);
    }
    SLUICE_REQUIRE(stream.flush(TextStream::Flush::All));
    SLUICE_REQUIRE(stream.held() == 0);
    return sink.records - before;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const auto formats = textFormats::builtin();
    const TextFormatPtr &format = formats[data[0] % formats.size()];
    const std::string_view text(reinterpret_cast<const char *>(data) + 1, size - 1);
    parse(*format, text);
    const std::uint64_t records = countRecords(text, text.size(), format);
    SLUICE_REQUIRE(countRecords(text, 1 + data[0], format) == records);
    if (size < 200)
        SLUICE_REQUIRE(countRecords(text, 1, format) == records);
    SLUICE_REQUIRE(TextFormatRecognizer::recognize(text, true).format);

    // The text as a format string, a time format and a pattern.
    const std::string chosen(text.substr(0, 200));
    PythonTextFormat::Options options;
    options.format = chosen;
    options.datefmt = chosen;
    if (const auto made = PythonTextFormat::create(options))
        parse(**made, text);
    options.datefmt.reset();
    if (const auto made = PythonTextFormat::create(options))
        parse(**made, text);
    if (const auto made = PatternTextFormat::create(chosen))
        parse(**made, text);
    return 0;
}
