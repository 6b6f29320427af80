#pragma once

#include "chain/Rehearsal.h"

#include <optional>
#include <string>
#include <vector>

namespace sluice {

/// What a node did in two rehearsals of the same records: of the chain that runs, and of the one that is edited.
struct NodeComparison
{
    std::string id;
    std::optional<RehearsedNode> running; ///< none if that chain has no such node
    std::optional<RehearsedNode> edited;

    /// Whether anything was otherwise: numbers, what is held, a single byte of what would have gone out, when files are begun.
    bool differs() const;
    /// The figures of one side in words: "1,200 lines, 96 kB, 3 new files", "500 records → 3 mails, 41 kB".
    static std::string inWords(const RehearsedNode &node);
};

/// By node: those of the edited chain in its order, then those that only the running one has. Both chains are rehearsed, rather
/// than one of them compared with the counters of what runs: these count since the start, of records that a capture may have
/// let go of, and at a time at which queues were full or peers away.
std::vector<NodeComparison> compareRehearsals(const RehearsalResult &running, const RehearsalResult &edited);

} // namespace sluice
