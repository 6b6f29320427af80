// Syslog as anyone may send it: nothing crashes, leaks or hangs; a message is a record whose text is the end of what came; and
// a connection keeps no more than one message, however it is cut into pieces.
#include "CountingSink.h"

#include "receiver/SyslogStream.h"
#include "receiver/SyslogWorkshop.h"
#include "wire/SyslogReader.h"

#include <algorithm>
#include <cstring>

using namespace sluice;

namespace {

void readOne(std::string_view message)
{
    static SyslogReader reader;
    constexpr Nanoseconds received = 1'700'000'000'000'000'000;
    LogRecordBatch batch;
    const bool isRecord = reader.read(message, batch, received);
    SLUICE_REQUIRE(batch.size() == (isRecord ? 1u : 0u));
    SLUICE_REQUIRE(isRecord || message.find_first_not_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
    if (!isRecord)
        return;
    const LogRecord &record = batch.records()[0];
    const std::string_view text = record.text(Attribute::Msg);
    SLUICE_REQUIRE(utf8::isValid(text) && !record.name().empty());
    std::string json;
    appendJson(record, json);
    SLUICE_REQUIRE(utf8::isValid(json));
    if (utf8::isValid(message)) {
        const std::size_t end = message.rfind(text);
        SLUICE_REQUIRE(end != std::string_view::npos);
        SLUICE_REQUIRE(message.find_first_not_of(std::string_view("\r\n\0", 3), end + text.size()) == std::string_view::npos);
    }
}

void readConnection(std::string_view bytes, std::size_t piece)
{
    constexpr std::size_t maxMessage = 1024;
    static CountingSink sink;
    static SyslogWorkshop workshop(sink, maxMessage);
    SyslogStream stream(workshop, "peer");
    while (!bytes.empty()) {
        const std::span<char> space = stream.space();
        const std::size_t count = std::min({bytes.size(), piece, space.size()});
        std::memcpy(space.data(), bytes.data(), count);
        SLUICE_REQUIRE(stream.take(count));
        SLUICE_REQUIRE(stream.held() <= maxMessage + 12);
        bytes.remove_prefix(count);
    }
    stream.end("The connection was closed");
    SLUICE_REQUIRE(stream.held() == 0);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    readOne(bytes);
    if (size < 256)
        readConnection(bytes, 1);
    readConnection(bytes, bytes.empty() ? 1 : 1 + static_cast<unsigned char>(bytes.front()));
    readConnection(bytes, size + 1);
    return 0;
}
