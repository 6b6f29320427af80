#include "chain/RehearsalComparison.h"

#include <tuple>

namespace sluice {

namespace {

bool isSame(const RehearsedNode &a, const RehearsedNode &b)
{
    const auto figures = [](const RehearsedNode &node) {
        const NodeStatus &status = node.status;
        return std::tuple(status.received, status.filtered, status.dropped, status.pending, status.state);
    };
    if (figures(a) != figures(b) || !a.output != !b.output)
        return false;
    const auto sent = [](const RehearsedOutput &output) {
        return std::tuple(output.records(), output.pieces(), output.bytes(), output.digest(), output.eventCount());
    };
    return !a.output || sent(*a.output) == sent(*b.output);
}

std::string sizeInWords(std::uint64_t bytes)
{
    if (bytes < 10'000)
        return groupedDigits(bytes) + (bytes == 1 ? " byte" : " bytes");
    if (bytes < 10'000'000)
        return groupedDigits((bytes + 500) / 1000) + " kB";
    return groupedDigits((bytes + 500'000) / 1'000'000) + " MB";
}

} // namespace

bool NodeComparison::differs() const { return !running || !edited || !isSame(*running, *edited); }

std::string NodeComparison::inWords(const RehearsedNode &node)
{
    std::string words;
    if (!node.output || node.output->pieces() != node.passed())
        words = recordsInWords(node.passed());
    if (node.output) {
        words += (words.empty() ? "" : " → ") + node.output->piecesInWords();
        if (node.output->bytes() > 0)
            words += ", " + sizeInWords(node.output->bytes());
        if (node.output->eventCount() > 0)
            words += ", " + groupedDigits(node.output->eventCount()) + (node.output->eventCount() == 1 ? " new file" : " new files");
    }
    if (node.status.filtered > 0)
        words += ", " + groupedDigits(node.status.filtered) + " held back";
    if (node.status.pending > 0)
        words += ", " + groupedDigits(node.status.pending) + " kept at the end";
    if (node.status.dropped > 0)
        words += ", " + groupedDigits(node.status.dropped) + " dropped";
    return words;
}

std::vector<NodeComparison> compareRehearsals(const RehearsalResult &running, const RehearsalResult &edited)
{
    std::vector<NodeComparison> all;
    for (const RehearsedNode &node : edited.nodes) {
        const RehearsedNode *before = running.node(node.status.id);
        all.push_back({node.status.id, before ? std::optional(*before) : std::nullopt, node});
    }
    for (const RehearsedNode &node : running.nodes) {
        if (!edited.node(node.status.id))
            all.push_back({node.status.id, node, std::nullopt});
    }
    return all;
}

} // namespace sluice
