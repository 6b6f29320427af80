// Datagrams as anyone may send them, each with its length in two bytes: nothing crashes, leaks or hangs, and each is one
// record or one rejection.
#include "CountingSink.h"

#include "receiver/DatagramFrames.h"

using namespace sluice;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view bytes(reinterpret_cast<const char *>(data), size);
    static CountingSink sink;
    static FrameWorkshop workshop(64 * 1024);
    static DatagramFrames frames(workshop, sink);
    static const std::shared_ptr<const std::string> peers[] = {std::make_shared<const std::string>("one"),
                                                        std::make_shared<const std::string>("two")};
    sink.records = sink.rejections = 0;
    std::vector<Datagram> datagrams;
    while (bytes.size() >= 2) {
        const auto byte = [&](std::size_t i) { return std::size_t{static_cast<unsigned char>(bytes[i])}; };
        const std::size_t length = byte(0) << 8 | byte(1);
        bytes.remove_prefix(2);
        datagrams.push_back({bytes.substr(0, length), peers[length % 2]});
        bytes.remove_prefix(std::min(length, bytes.size()));
    }
    SLUICE_REQUIRE(frames.take(datagrams));
    SLUICE_REQUIRE(sink.records + sink.rejections == datagrams.size());
    return 0;
}
