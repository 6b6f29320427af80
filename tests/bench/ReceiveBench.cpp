// The programs of tests/bench/receive:
//   ReceiveBench router COUNT           the real receiver and router, into a NullHandler
//   ReceiveBench bare COUNT             recv() and counting frames, which is what this machine can do
//   ReceiveBench send PORT FILE ROUNDS  sends a file of frames again and again
// Receivers print their port, and the monotonic time at which all had arrived; the sender the time at which
// it began.
#include "chain/NodeRegistry.h"
#include "chain/Router.h"

#include <QCoreApplication>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

using namespace sluice;

namespace {

[[noreturn]] void fail(const char *what)
{
    std::perror(what);
    std::exit(1);
}

void printTime()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    std::printf("%.9f\n", std::chrono::duration<double>(now).count());
    std::fflush(stdout);
}

sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

int router(std::uint64_t count)
{
    const NodeRegistry &registry = NodeRegistry::builtin();
    Chain chain;
    chain.addNode({"in", registry.find("SocketReceiver"), {{QStringLiteral("port"), 0}}});
    chain.addNode({"null", registry.find("NullHandler"), {}});
    chain.addWire({"in", "out", "null"});
    Router router(chain, {});
    router.start();
    const std::string endpoint = router.status().nodes.front().endpoint;
    std::printf("%s\n", endpoint.substr(endpoint.rfind(':') + 1).c_str());
    std::fflush(stdout);
    while (router.status().total().delivered < count)
        std::this_thread::sleep_for(std::chrono::microseconds(500));
    printTime();
    router.stop();
    const SourceStatus total = router.status().total();
    return total.delivered == count && total.rejected == 0 ? 0 : 1;
}

int bare(std::uint64_t count)
{
    const int server = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (server < 0 || ::bind(server, reinterpret_cast<sockaddr *>(&address), size) != 0 ||
        ::listen(server, 1) != 0 || ::getsockname(server, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        fail("listen");
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    const int connection = ::accept(server, nullptr, nullptr);
    if (connection < 0)
        fail("accept");

    std::vector<unsigned char> buffer(256 * 1024);
    std::uint64_t frames = 0;
    std::size_t held = 0;
    for (;;) {
        const ssize_t bytes = ::recv(connection, buffer.data() + held, buffer.size() - held, 0);
        if (bytes < 0)
            fail("recv");
        if (bytes == 0)
            break;
        held += static_cast<std::size_t>(bytes);
        std::size_t at = 0;
        while (held - at >= 4) {
            const std::size_t length = std::size_t{buffer[at]} << 24 | std::size_t{buffer[at + 1]} << 16 |
                                       std::size_t{buffer[at + 2]} << 8 | buffer[at + 3];
            if (held - at - 4 < length)
                break;
            at += 4 + length;
            ++frames;
        }
        std::memmove(buffer.data(), buffer.data() + at, held - at);
        held -= at;
    }
    printTime();
    ::close(connection);
    ::close(server);
    return frames == count ? 0 : 1;
}

int send(int port, const char *path, int rounds)
{
    std::ifstream file(path, std::ios::binary);
    const std::string frames((std::istreambuf_iterator<char>(file)), {});
    const int connection = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(port);
    if (connection < 0 ||
        ::connect(connection, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        fail("connect");
    printTime();
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t at = 0; at < frames.size();) {
            const ssize_t bytes = ::send(connection, frames.data() + at,
                                         std::min<std::size_t>(frames.size() - at, 256 * 1024), 0);
            if (bytes < 0)
                fail("send");
            at += static_cast<std::size_t>(bytes);
        }
    }
    ::close(connection);
    return frames.empty() ? 1 : 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const std::string mode = argc > 1 ? argv[1] : "";
    if (mode == "router" && argc == 3)
        return router(std::strtoull(argv[2], nullptr, 10));
    if (mode == "bare" && argc == 3)
        return bare(std::strtoull(argv[2], nullptr, 10));
    if (mode == "send" && argc == 5)
        return send(std::atoi(argv[2]), argv[3], std::atoi(argv[4]));
    std::fputs("usage: ReceiveBench router COUNT | bare COUNT | send PORT FILE ROUNDS\n", stderr);
    return 2;
}
