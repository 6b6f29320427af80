#pragma once

#include "base/Problem.h"
#include "base/Result.h"
#include "node/ParamSpec.h"

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace sluice {

class ConsoleSink;
class Filter;
class Handler;
class Receiver;
struct LoggerConfig;

enum class NodeKind { Receiver, Filter, Logger, Handler };

/// Where wires end. A node has at most one input; outputs have names.
struct PortSpec
{
    std::string name;  ///< as wires name it: "out", "target"
    std::string help;  ///< one line
    bool single = false; ///< at most one wire may leave it
    bool handlersOnly = false; ///< its wires lead to handlers
};

/// What a running chain lends its nodes. All of it outlives them.
struct NodeContext
{
    /// Relative paths begin here; absolute, without trailing slash.
    std::string baseDirectory;
    /// Whether a handler's "now" is the record's `created` (a replay) instead of the wall clock.
    bool recordClock = false;
    /// Where ConsoleHandler shows its records. Null: nowhere.
    std::shared_ptr<ConsoleSink> console;
    /// The node's id in its chain; handlers bear it as their name.
    std::string id;

    /// `path` made absolute.
    std::string resolve(const std::string &path) const;
};

/// One kind of node: its words, ports and parameters, and how to make one. Declared once, with Node<Config>.
class NodeType
{
public:
    /// What create() makes; which of them follows from kind().
    using Instance = std::variant<std::shared_ptr<Receiver>, std::shared_ptr<Filter>,
                                  std::shared_ptr<LoggerConfig>, std::shared_ptr<Handler>>;

    virtual ~NodeType() = default;

    const std::string &name() const { return m_name; }       ///< "FileHandler": as files name it
    const std::string &summary() const { return m_summary; } ///< one line
    NodeKind kind() const { return m_kind; }
    const std::vector<PortSpec> &outputs() const { return m_outputs; }
    bool hasInput() const { return m_kind != NodeKind::Receiver; }
    const std::vector<ParamSpec> &params() const { return m_params; }
    /// A handler that waits for others (mail, web, sockets): never called on a thread that others wait for.
    bool waitsForOthers() const { return m_waits; }
    /// It only keeps the place of something that cannot be run here.
    bool isUnsupported() const { return m_unsupported; }
    const ParamSpec *param(std::string_view key) const;
    const PortSpec *output(std::string_view name) const;

    /// What it will do, in its own words, for the canvas and lists: "app.log · 5 MB · keep 7".
    /// `params` may be incomplete or wrong.
    std::string describe(const QJsonObject &params) const;

    /// Problems of a node's parameters, each with its JSON path below `path`.
    Problems check(const QJsonObject &params, const std::string &path) const;

    /// Makes one. `params` must have passed check(); what fails here is the world's (a file that
    /// cannot be opened, a port in use).
    virtual Result<Instance> create(const QJsonObject &params, const NodeContext &context) const = 0;

protected:
    NodeType(std::string name, std::string summary, NodeKind kind);

    std::string m_name;
    std::string m_summary;
    NodeKind m_kind;
    bool m_waits = false;
    bool m_unsupported = false;
    std::vector<PortSpec> m_outputs;
    std::vector<ParamSpec> m_params;
    std::function<std::string(const QJsonObject &)> m_describe;
    std::function<void(const QJsonObject &, const std::string &, Problems &)> m_checkMore;
};

} // namespace sluice
