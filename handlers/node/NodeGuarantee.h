#pragma once

#include <cstdint>
#include <string>

namespace sluice {

/// What failures cost at a node, as follows from what its code does with its parameters. Said by its declaration
/// (Node::guarantees()); chain/RouteGuarantee.h puts together what they cost on a way through a chain.
struct NodeGuarantee
{
    /// From the best to the worst.
    enum class Loss {
        None,      ///< nothing is lost here
        Bounded,   ///< no more than is said
        Unbounded, ///< whatever comes meanwhile; it is counted
        Unnoticed, ///< whatever comes meanwhile, and nobody is told
    };

    struct Cost
    {
        Loss loss = Loss::None;
        /// What the node does, as what is said of its name: "keeps up to 100 records in memory". Empty: there is nothing to say.
        std::string words;
        std::uint64_t records = 0; ///< of Bounded: at most so many
        std::string amount;        ///< of Bounded, where it is not counted in records: "1 MB of frames"
    };

    Cost crash;    ///< the program is killed, or ends without having been asked to
    Cost fullDisk; ///< nothing more can be written
    Cost deadPeer; ///< whoever it sends to is gone, or takes nothing any more
    Cost heldUp;   ///< it has to wait because a queue behind it is full and makes it wait
};

/// "10,000".
std::string groupedDigits(std::uint64_t number);
/// "1 record", "10,000 records".
std::string recordsInWords(std::uint64_t records);
/// "5 MB", "1,000 bytes": in the largest decimal unit that needs no fraction.
std::string bytesInWords(std::uint64_t bytes);

} // namespace sluice
