// What comes over a connection to the HTTP receiver: however it is cut into pieces, the same requests come out, and memory
// stays within its bounds. The first byte says where it is cut.
#include "Require.h"

#include "wire/HttpRequestReader.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

using namespace sluice;

namespace {

constexpr HttpLimits limits{512, 10, 1024};

std::vector<std::string> read(std::string_view bytes, std::size_t piece)
{
    using State = HttpRequestReader::State;
    HttpRequestReader reader(limits);
    std::vector<std::string> out;
    while (!bytes.empty()) {
        const std::size_t size = std::min(piece, bytes.size());
        std::string_view pending = bytes.substr(0, size);
        bytes.remove_prefix(size);
        for (State state; (state = reader.read(pending)) != State::NeedsMore;) {
            SLUICE_REQUIRE(reader.held() <= 2 * limits.maxHead + limits.maxBody + 300);
            if (state == State::HasHead) {
                const HttpRequestHead &request = reader.request();
                SLUICE_REQUIRE(request.headers.size() <= limits.maxHeaders);
                SLUICE_REQUIRE(!(request.chunked && request.contentLength));
                SLUICE_REQUIRE(!request.method.empty());
                out.push_back(std::string(request.method) + std::string(request.path) + "?" + std::string(request.query));
            } else if (state == State::Complete) {
                const HttpRequestHead &request = reader.request();
                const std::size_t size = reader.body() ? reader.body()->size() : 0;
                SLUICE_REQUIRE(size <= limits.maxBody);
                SLUICE_REQUIRE(request.chunked || size == request.contentLength.value_or(0));
                out.push_back(reader.body() ? *reader.body() : "-");
                reader.next();
            } else {
                SLUICE_REQUIRE(reader.problem().status >= 400);
                out.push_back(std::to_string(reader.problem().status) + reader.problem().sentence);
                return out;
            }
        }
        SLUICE_REQUIRE(pending.empty());
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char *>(data) + 1, size - 1);
    const auto whole = read(bytes, bytes.size());
    SLUICE_REQUIRE(read(bytes, 1 + data[0] % 64u) == whole);
    SLUICE_REQUIRE(read(bytes, 1) == whole);
    return 0;
}
