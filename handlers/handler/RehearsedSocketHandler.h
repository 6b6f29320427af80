#pragma once

#include "handler/RehearsedOutput.h"
#include "handler/SocketHandler.h"

namespace sluice {

/// Stands in for a SocketHandler or a DatagramHandler in a rehearsal: makes their frames, and connects to nobody.
class RehearsedSocketHandler final : public SocketHandler
{
public:
    enum class Kind { Stream, Datagrams };

    RehearsedSocketHandler(Options options, Kind kind, std::shared_ptr<RehearsedOutput> output)
        : SocketHandler(std::move(options)), m_kind(kind), m_output(std::move(output))
    {
        if (kind == Kind::Stream)
            m_output->setPiece("frame", "frames");
        else
            m_output->setPiece("datagram", "datagrams");
    }

protected:
    void sendFrames() override
    {
        for (std::size_t i = 0; i < ends().size(); ++i) {
            if (m_kind == Kind::Datagrams && frame(i).size() > maxDatagram)
                handleError(ends()[i].record, Error{"It is longer than a datagram of UDP can be."});
            else
                m_output->add(ends()[i].record->created, 1, frame(i));
        }
    }

private:
    static constexpr std::size_t maxDatagram = 65'507;

    const Kind m_kind;
    const std::shared_ptr<RehearsedOutput> m_output;
};

} // namespace sluice
