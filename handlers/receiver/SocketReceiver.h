#pragma once

#include "receiver/ListeningReceiver.h"

#include <cstddef>

namespace sluice {

struct SocketReceiverConfig : UnixSocketConfig
{
    SocketReceiverConfig() { port = 9020; }

    std::size_t maxFrame = 16 * 1024 * 1024;
    std::size_t maxConnections = 256;
};

/// The other end of Python's SocketHandler: listens for connections over TCP, or on a Unix socket where `path` is
/// set, and reads records pickled as makePickle does.
/// https://docs.python.org/3/library/logging.handlers.html#sockethandler
///
/// Nothing in a pickle is imported or called (PickleReader). A frame that is no record is rejected, and its
/// connection goes on. Memory is bounded by maxConnections times maxFrame, for one peer by four times maxFrame, and
/// a connection has to send what it makes us keep. Peers are told apart by address.
class SocketReceiver final : public ListeningReceiver
{
public:
    /// A relative path begins at the context's directory.
    explicit SocketReceiver(SocketReceiverConfig config, const NodeContext &context = {});

    Status start(RecordSink &sink) override;

private:
    const SocketReceiverConfig m_config;
    const ListenAddress m_address;
};

} // namespace sluice
