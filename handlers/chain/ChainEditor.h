#pragma once

#include "base/Result.h"
#include "chain/ChainHistory.h"

#include <QJsonValue>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Edits a chain: the window, the command line and tests all do it by these verbs. Each is a step that can be undone and
/// redone. A verb that is refused changes nothing and says why. What a
/// verb takes it takes by value, since it may come out of the very chain that changes. For one thread.
class ChainEditor : public ChainHistory
{
public:
    explicit ChainEditor(Chain chain = {});

    /// Adds a node; an empty or taken id is replaced by a free one. Returns the id.
    Result<std::string> addNode(ChainNode node);
    /// Takes nodes and comments away, with the wires at them. `heal`: what led to a node leads on to what it led to, where
    /// that is possible.
    Status remove(std::vector<std::string> ids, bool heal = true);
    Status rename(std::string id, std::string newId);
    /// Undefined or the default: the key is taken out, even one that the node does not know. What is wrong with a value is Chain::check()'s to say.
    Status setParam(std::string id, std::string_view key, const QJsonValue &value);

    /// `at`: its place among the wires, so among those of its output; the end if it is none.
    Status connect(Wire wire, std::optional<std::size_t> at = {});
    /// The wire with the same ends.
    Status disconnect(Wire wire);
    /// Its queue and what happens when that is full.
    Status setQueue(Wire wire, std::optional<std::size_t> queue, std::optional<WhenFull> whenFull);
    /// The wire is served before another of the same output.
    Status serveBefore(Wire wire, Wire other);
    /// The wire leads to the node, and the node on to where the wire led.
    Status insertOnWire(std::string id, Wire wire);

    struct Place
    {
        std::string id; ///< of a node or a comment
        double x = 0;
        double y = 0;
    };
    Status move(std::vector<Place> places);

    std::string addComment(ChainComment comment);
    /// Takes the place of the comment with the same id.
    Status setComment(ChainComment comment);
    void setName(std::string_view name);

private:
    void addWireEdits(std::size_t index, std::optional<Wire> after);
    void eraseWire(std::size_t index) { addWireEdits(index, {}); }
    std::optional<std::size_t> indexOf(const Wire &wire) const;
    void removeNode(std::size_t index, bool heal);
};

} // namespace sluice
