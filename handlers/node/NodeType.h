#pragma once

#include "base/KeyStore.h"
#include "base/Problem.h"
#include "base/Result.h"
#include "node/NodeGuarantee.h"
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
class RehearsedOutput;
struct LoggerConfig;
struct Secret;

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
    /// A chain that runs is being changed, and a handler of it wrote to the same file until now: what is in that stays,
    /// whatever the mode.
    bool continues = false;
    /// Where ConsoleHandler shows its records. Null: nowhere.
    std::shared_ptr<ConsoleSink> console;
    /// The node's id in its chain; handlers bear it as their name.
    std::string id;
    /// Set for a rehearsal: where the node of that id tells what it would do to the world outside. See createForRehearsal().
    std::function<std::shared_ptr<RehearsedOutput>(const std::string &id)> rehearsedOutput;

    /// What the system's key store said, where it was asked before: nodes then do not wait for it.
    std::shared_ptr<const keystore::Answers> keyStoreAnswers;

    /// `path` made absolute.
    std::string resolve(const std::string &path) const;
    /// Secret::reveal() here.
    Result<std::string> reveal(const Secret &secret) const;
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

    /// What failures cost at such a node. `leadsOn`: wires leave it. `params` must have passed check().
    NodeGuarantee guarantee(const QJsonObject &params, bool leadsOn) const;

    /// Whether what create() makes reaches nothing outside of this process but the nodes behind it.
    bool staysInside() const { return m_staysInside; }
    /// As create(), but what it makes leaves the world outside alone: it opens no file, asks no peer, reveals no secret, and
    /// tells context.rehearsedOutput what it would have done. Fails for a receiver. `params` must have passed check().
    virtual Result<Instance> createForRehearsal(const QJsonObject &params, const NodeContext &context) const = 0;

    /// What a button says that tries it out before it runs: "Test connection". Empty: there is nothing to try.
    const std::string &trialWords() const { return m_trialWords; }
    /// Reaches what it would need, without sending or writing anything, and says in a sentence what it found. Blocks, for some
    /// ten seconds at most; for a thread of its own. `params` must have passed check().
    virtual Result<std::string> tryOut(const QJsonObject &params, const NodeContext &context) const = 0;
    /// Whether it makes sense to let it handle one record as a test (see handler/HandlerTrial.h).
    bool takesTestRecords() const { return m_takesTestRecords; }
    /// As create(), with the time-outs of a trial.
    virtual Result<Instance> createForTrial(const QJsonObject &params, const NodeContext &context) const = 0;

protected:
    NodeType(std::string name, std::string summary, NodeKind kind);

    std::string m_name;
    std::string m_summary;
    NodeKind m_kind;
    bool m_waits = false;
    bool m_unsupported = false;
    bool m_takesTestRecords = false;
    bool m_staysInside = false;
    std::string m_trialWords;
    std::vector<PortSpec> m_outputs;
    std::vector<ParamSpec> m_params;
    std::function<std::string(const QJsonObject &)> m_describe;
    std::function<void(const QJsonObject &, const std::string &, Problems &)> m_checkMore;
    std::function<NodeGuarantee(const QJsonObject &, bool)> m_guarantee;
};

} // namespace sluice
