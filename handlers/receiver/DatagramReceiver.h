#pragma once

#include "receiver/ListeningReceiver.h"

#include <cstddef>

namespace sluice {

struct DatagramReceiverConfig : UnixSocketConfig
{
    DatagramReceiverConfig() { port = 9021; }

    std::size_t receiveBuffer = 8 * 1024 * 1024;
};

/// The other end of Python's DatagramHandler: receives datagrams over UDP, or by a Unix socket where `path` is set. Each
/// holds one record: four bytes of length and a pickle, as makePickle makes them.
/// https://docs.python.org/3/library/logging.handlers.html#datagramhandler
///
/// Nothing in a pickle is imported or called (PickleReader). A datagram that is no record is rejected; one that
/// the system dropped is counted as rejected where the system tells (Linux). A sender over a Unix socket waits
/// instead of losing any.
class DatagramReceiver final : public ListeningReceiver
{
public:
    /// A relative path begins at the context's directory.
    explicit DatagramReceiver(DatagramReceiverConfig config, const NodeContext &context = {});

    Status start(RecordSink &sink) override;

private:
    const DatagramReceiverConfig m_config;
    const ListenAddress m_address;
};

} // namespace sluice
