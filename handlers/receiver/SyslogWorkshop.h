#pragma once

#include "receiver/BatchPool.h"
#include "receiver/DatagramListener.h"
#include "receiver/Receiver.h"
#include "receiver/StreamBuffer.h"
#include "wire/SyslogReader.h"

#include <cstddef>
#include <memory>
#include <string_view>

namespace sluice {

/// Makes batches of records of syslog messages, and gives them to the sink. What all sockets of a SyslogReceiver
/// share. Buffers and batches come back from other threads; everything else is for one.
class SyslogWorkshop
{
public:
    /// `sink` outlives it.
    SyslogWorkshop(RecordSink &sink, std::size_t maxMessageBytes);

    /// Reads a message, whose text `owner` keeps alive, into the batch under way; false if it is empty.
    bool read(std::string_view message, const std::shared_ptr<const void> &owner);
    /// Whether deliver() should be called before more is read.
    bool isFull() const { return m_batch && m_batch->size() >= maxBatchRecords; }
    /// Gives what has been read to the sink. False if the sink has been stopped.
    bool deliver(std::string_view peer);

    /// One message each. False if the sink has been stopped.
    bool takeDatagrams(std::span<const Datagram> datagrams);

    /// Tells the sink of something that is no message.
    void reject(std::string_view peer, std::string_view reason, std::string_view text);

    const std::size_t maxMessage;
    BufferPool buffers = StreamBuffer::makePool();

private:
    RecordSink &m_sink;
    BatchPool m_batches = makeBatchPool();
    SyslogReader m_reader;
    std::shared_ptr<LogRecordBatch> m_batch;
    std::shared_ptr<const void> m_retained; ///< by the batch, last
    StreamBuffer m_datagrams{buffers};
};

} // namespace sluice
