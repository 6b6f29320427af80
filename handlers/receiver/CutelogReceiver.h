#pragma once

#include "receiver/ListeningReceiver.h"

#include <cstddef>

namespace sluice {

struct CutelogReceiverConfig : ListenConfig
{
    CutelogReceiverConfig() { port = 19996; }

    std::size_t maxFrame = 16 * 1024 * 1024;
    std::size_t maxConnections = 256;
};

/// Listens where cutelog does, so that its clients in whatever language are served without a change: frames of a four-byte
/// big-endian length and a record as pickle, or as JSON, MessagePack or CBOR once a frame "!!cutelog!!format=json" has said
/// so. https://github.com/busimus/cutelog
///
/// Nothing in a pickle is imported or called (PickleReader). Limits are those of SocketReceiver.
class CutelogReceiver final : public ListeningReceiver
{
public:
    explicit CutelogReceiver(CutelogReceiverConfig config);

    Status start(RecordSink &sink) override;

private:
    const CutelogReceiverConfig m_config;
};

} // namespace sluice
