#include "chain/ChainPart.h"

#include "chain/ProjectReader.h"

#include <QJsonDocument>

#include <map>
#include <set>

namespace sluice::chainpart {

Chain of(const Chain &chain, const std::vector<std::string> &ids)
{
    const std::set<std::string_view> wanted(ids.begin(), ids.end());
    Chain part;
    for (const ChainNode &node : chain.nodes()) {
        if (wanted.contains(node.id))
            part.addNode(node);
    }
    for (const Wire &wire : chain.wires()) {
        if (wanted.contains(wire.from) && wanted.contains(wire.to))
            part.addWire(wire);
    }
    for (const ChainComment &comment : chain.comments()) {
        if (wanted.contains(comment.id))
            part.addComment(comment);
    }
    return part;
}

Result<Chain> read(std::string_view text)
{
    if (text.size() > maxTextLength)
        return Error{"The text is too long to be a part of a chain."};
    QJsonParseError problem;
    const QJsonDocument document =
        QJsonDocument::fromJson(QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())), &problem);
    if (!document.isObject() || !document.object().contains(u"nodes"))
        return Error{"The text is no part of a chain."};
    Problems problems;
    Chain part = readProject(document.object(), problems);
    // Parameters may be wrong: whoever copies a node that is not finished wants it as it is.
    for (const Problem &found : problems) {
        if (found.place.find(".params") == std::string::npos)
            return Error{found.place + ": " + found.text};
    }
    if (part.nodes().empty() && part.comments().empty())
        return Error{"The text is a chain without nodes."};
    return part;
}

Result<std::vector<std::string>> add(ChainEditor &editor, const Chain &part, double dx, double dy, std::string words)
{
    const Chain &chain = editor.chain();
    if (chain.nodes().size() + part.nodes().size() > Chain::maxNodes ||
        chain.wires().size() + part.wires().size() > Chain::maxWires ||
        chain.comments().size() + part.comments().size() > Chain::maxComments)
        return Error{"There is no room for it: a chain has at most " + std::to_string(Chain::maxNodes) + " nodes, " +
                     std::to_string(Chain::maxWires) + " wires and " + std::to_string(Chain::maxComments) + " comments."};
    const ChainHistory::Step step(editor, std::move(words));
    std::vector<std::string> added;
    std::map<std::string, std::string> names;
    for (ChainNode node : part.nodes()) {
        const std::string before = node.id;
        node.x += dx;
        node.y += dy;
        const Result<std::string> id = editor.addNode(std::move(node));
        if (!id)
            return id.error();
        names[before] = *id;
        added.push_back(*id);
    }
    for (Wire wire : part.wires()) {
        wire.from = names[wire.from];
        wire.to = names[wire.to];
        // Two loggers of the part may stand behind what is a logger here: such a wire stays out.
        [[maybe_unused]] const Status connected = editor.connect(std::move(wire));
    }
    for (ChainComment comment : part.comments()) {
        comment.x += dx;
        comment.y += dy;
        added.push_back(editor.addComment(std::move(comment)));
    }
    return added;
}

} // namespace sluice::chainpart
