#pragma once

#include "base/Secret.h"
#include "node/NodeType.h"

#include <QJsonArray>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

/// A file or folder name, so that forms can offer to browse for it. UTF-8.
struct Path
{
    std::string text;
};

/// Where a peer is: a host, a host and a port, or the path of a Unix socket (a host without a port).
struct Address
{
    std::string host;
    std::optional<int> port;
};

/// A level, so that forms can offer the names.
struct LevelValue
{
    int number = 0;
};

namespace detail {

inline std::string textOf(const QJsonValue &value) { return value.toString().toStdString(); }
inline QJsonValue toJson(const std::string &text) { return QString::fromStdString(text); }

template <typename T>
struct ParamTraits;

template <>
struct ParamTraits<std::string>
{
    static constexpr auto type = ParamSpec::Type::Text;
    static QJsonValue write(const std::string &v) { return toJson(v); }
    static std::string read(const QJsonValue &v) { return textOf(v); }
};
template <>
struct ParamTraits<Path>
{
    static constexpr auto type = ParamSpec::Type::Path;
    static QJsonValue write(const Path &v) { return toJson(v.text); }
    static Path read(const QJsonValue &v) { return {textOf(v)}; }
};
template <>
struct ParamTraits<bool>
{
    static constexpr auto type = ParamSpec::Type::Boolean;
    static QJsonValue write(bool v) { return v; }
    static bool read(const QJsonValue &v) { return v.toBool(); }
};
template <std::integral T>
struct ParamTraits<T>
{
    static constexpr auto type = ParamSpec::Type::Integer;
    static QJsonValue write(T v) { return static_cast<qint64>(v); }
    static T read(const QJsonValue &v) { return static_cast<T>(v.toInteger()); }
};
template <>
struct ParamTraits<double>
{
    static constexpr auto type = ParamSpec::Type::Real;
    static QJsonValue write(double v) { return v; }
    static double read(const QJsonValue &v) { return v.toDouble(); }
};
template <>
struct ParamTraits<Secret>
{
    static constexpr auto type = ParamSpec::Type::Text;
    static QJsonValue write(const Secret &v) { return toJson(v.text); }
    static Secret read(const QJsonValue &v) { return {textOf(v)}; }
};
template <>
struct ParamTraits<Address>
{
    static constexpr auto type = ParamSpec::Type::Address;
    static QJsonValue write(const Address &v)
    {
        return v.port ? QJsonValue(QJsonArray{toJson(v.host), *v.port}) : toJson(v.host);
    }
    static Address read(const QJsonValue &v)
    {
        if (v.isString())
            return {textOf(v), std::nullopt};
        const QJsonArray pair = v.toArray();
        return {textOf(pair.at(0)), pair.at(1).toInt()};
    }
};
template <>
struct ParamTraits<LevelValue>
{
    static constexpr auto type = ParamSpec::Type::Level;
    static QJsonValue write(LevelValue v) { return levelToJson(v.number); }
    static LevelValue read(const QJsonValue &v) { return {levelFromJson(v).value_or(0)}; }
};
template <>
struct ParamTraits<std::vector<std::string>>
{
    static constexpr auto type = ParamSpec::Type::TextList;
    static QJsonValue write(const std::vector<std::string> &v)
    {
        QJsonArray array;
        for (const std::string &text : v)
            array.append(toJson(text));
        return array;
    }
    static std::vector<std::string> read(const QJsonValue &v)
    {
        std::vector<std::string> out;
        for (const QJsonValue item : v.toArray())
            out.push_back(textOf(item));
        return out;
    }
};
template <>
struct ParamTraits<std::map<std::string, std::string>>
{
    static constexpr auto type = ParamSpec::Type::TextMap;
    static QJsonValue write(const std::map<std::string, std::string> &v)
    {
        QJsonObject object;
        for (const auto &[key, text] : v)
            object.insert(QString::fromStdString(key), toJson(text));
        return object;
    }
    static std::map<std::string, std::string> read(const QJsonValue &v)
    {
        std::map<std::string, std::string> out;
        const QJsonObject object = v.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            out.emplace(it.key().toStdString(), textOf(it.value()));
        return out;
    }
};
template <typename T>
struct ParamTraits<std::optional<T>>
{
    static constexpr auto type = ParamTraits<T>::type;
    static QJsonValue write(const std::optional<T> &v) { return v ? ParamTraits<T>::write(*v) : QJsonValue(); }
    static std::optional<T> read(const QJsonValue &v)
    {
        return v.isNull() ? std::nullopt : std::optional<T>(ParamTraits<T>::read(v));
    }
};

template <typename T>
inline constexpr bool isSecret = std::same_as<T, Secret> || std::same_as<T, std::optional<Secret>>;

template <typename T>
inline constexpr bool isOptional = false;
template <typename T>
inline constexpr bool isOptional<std::optional<T>> = true;

} // namespace detail

/// The declared parameters of a struct: a node's config, or a group within one.
///
///     struct ExampleConfig { std::string host = "localhost"; int port = 9020; };
///     Params<ExampleConfig>().param(&ExampleConfig::port, "port", "Port to listen on").range(1, 65535)
///
/// The struct's initialiser is the only default. Modifiers speak of the parameter declared last.
template <typename Config>
class Params
{
public:
    template <typename Owner, typename T>
        requires std::derived_from<Config, Owner>
    Params &param(T Owner::*member, std::string key, std::string help)
    {
        using Traits = detail::ParamTraits<T>;
        ParamSpec &spec = add(std::move(key), std::move(help));
        spec.type = Traits::type;
        spec.optional = detail::isOptional<T>;
        spec.secret = detail::isSecret<T>;
        spec.defaultValue = Traits::write(Config().*member);
        spec.assign = [member](void *config, const QJsonValue &value) {
            static_cast<Config *>(config)->*member = Traits::read(value);
        };
        return *this;
    }

    /// A JSON object that is a struct of its own. An optional group may be null or absent.
    template <typename Owner, typename Group>
        requires std::derived_from<Config, Owner>
    Params &group(std::optional<Group> Owner::*member, std::string key, std::string help, const Params<Group> &members)
    {
        ParamSpec &spec = add(std::move(key), std::move(help));
        spec.type = ParamSpec::Type::Group;
        spec.optional = true;
        spec.members = members.specs();
        spec.assign = [member, members](void *config, const QJsonValue &value) {
            auto &target = static_cast<Config *>(config)->*member;
            if (value.isNull())
                target.reset();
            else
                target = members.read(value.toObject());
        };
        return *this;
    }

    Params &required() { return last().required = true, *this; }
    /// Of a map: what its names say are secrets are treated as such. Its reader reveals all of its values.
    Params &secretByName() { return last().secretByName = true, *this; }
    /// Forms show it at once.
    Params &usual() { return last().usual = true, *this; }
    Params &hint(ParamSpec::Hint hint) { return last().hint = hint, *this; }
    /// Usual values in words; or what choices mean.
    Params &suggest(std::vector<ParamSpec::Suggestion> suggestions)
    {
        last().suggestions = std::move(suggestions);
        return *this;
    }
    /// What a value of it, read as a Group's struct, makes of a record.
    template <typename Group>
    Params &previewedBy(const Params<Group> &members, Result<std::string> (*preview)(const Group &, const LogRecord &))
    {
        last().preview = [members, preview](const QJsonValue &value, const LogRecord &record) {
            return preview(members.read(value.toObject()), record);
        };
        return *this;
    }
    Params &unit(std::string unit) { return last().unit = std::move(unit), *this; }
    Params &minimum(double value) { return last().minimum = value, *this; }
    Params &range(double least, double most)
    {
        last().minimum = least;
        last().maximum = most;
        return *this;
    }
    Params &oneOf(std::vector<std::string> choices)
    {
        last().type = ParamSpec::Type::Choice;
        last().choices = std::move(choices);
        return *this;
    }

    const std::vector<ParamSpec> &specs() const { return m_specs; }

    /// The struct that an object says, with defaults for what it does not. The object has been checked.
    Config read(const QJsonObject &object) const
    {
        Config config;
        for (const ParamSpec &spec : m_specs) {
            const auto value = object.constFind(QString::fromStdString(spec.key));
            if (value != object.constEnd())
                spec.assign(&config, *value);
        }
        return config;
    }

private:
    ParamSpec &add(std::string key, std::string help)
    {
        ParamSpec spec;
        spec.key = std::move(key);
        spec.help = std::move(help);
        return m_specs.emplace_back(std::move(spec));
    }
    ParamSpec &last() { return m_specs.back(); }

    std::vector<ParamSpec> m_specs;
};

/// For Node::takesTestRecords(): a config with a `timeout` in seconds waits no longer than people do.
template <typename Config>
void hurryUp(Config &config)
{
    config.timeout = std::min<double>(config.timeout, 8);
}

/// The declaration of a node whose parameters make a Config. See handlers/handler/FileHandler.cpp for one in use.
template <typename Config>
class Node final : public NodeType
{
public:
    using Make = std::function<Result<Instance>(const Config &, const NodeContext &)>;

    Node(NodeKind kind, std::string name, std::string summary, Params<Config> params, Make make)
        : NodeType(std::move(name), std::move(summary), kind), m_declared(std::move(params)), m_make(std::move(make))
    {
        m_params = m_declared.specs();
    }

    /// A further output, besides "out" of receivers, filters and loggers.
    Node &&output(PortSpec port) &&
    {
        m_outputs.push_back(std::move(port));
        return std::move(*this);
    }

    /// It waits for others (a peer, a server), so the router runs it behind a bounded queue of its own.
    Node &&waitsForOthers() &&
    {
        m_waits = true;
        return std::move(*this);
    }

    /// It keeps the place of something that cannot be run here: shown as failed, with its own words as the reason.
    Node &&unsupported() &&
    {
        m_unsupported = true;
        return std::move(*this);
    }

    /// Its own words for what it will do. It gets defaults where the parameters say nothing.
    Node &&describedBy(std::function<std::string(const Config &)> words) &&
    {
        m_describe = [params = m_declared, words = std::move(words)](const QJsonObject &object) {
            return words(params.read(object));
        };
        return std::move(*this);
    }

    /// What must hold between parameters; called when each is right in itself.
    Node &&checkedBy(std::function<void(const Config &, const std::string &path, Problems &)> check) &&
    {
        m_checkMore = [params = m_declared, check = std::move(check)](
                          const QJsonObject &object, const std::string &path, Problems &problems) {
            check(params.read(object), path, problems);
        };
        return std::move(*this);
    }

    /// It can be tried out: `words` are a button's, `trial` does it and says what it found.
    Node &&triedBy(std::string words, std::function<Result<std::string>(const Config &, const NodeContext &)> trial) &&
    {
        m_trialWords = std::move(words);
        m_trial = std::move(trial);
        return std::move(*this);
    }

    /// What failures cost at it; `leadsOn`: wires leave it.
    Node &&guarantees(std::function<NodeGuarantee(const Config &, bool leadsOn)> guarantee) &&
    {
        m_guarantee = [params = m_declared, guarantee = std::move(guarantee)](const QJsonObject &object, bool leadsOn) {
            return guarantee(params.read(object), leadsOn);
        };
        return std::move(*this);
    }

    /// It reaches nothing outside of this process, so that a rehearsal takes it as it is.
    Node &&staysInside() &&
    {
        m_staysInside = true;
        return std::move(*this);
    }

    /// What takes its place in a rehearsal: see NodeType::createForRehearsal().
    Node &&rehearsedBy(Make make) &&
    {
        m_rehearsal = std::move(make);
        return std::move(*this);
    }

    /// It may handle a record as a test. `hurry` makes time-outs those of a trial: nobody waits long at a button.
    Node &&takesTestRecords(std::function<void(Config &)> hurry = {}) &&
    {
        m_takesTestRecords = true;
        m_hurry = std::move(hurry);
        return std::move(*this);
    }

    Result<std::string> tryOut(const QJsonObject &params, const NodeContext &context) const override
    {
        if (!m_trial)
            return Error{"There is nothing to try."};
        return m_trial(readForTrial(params), context);
    }

    Result<Instance> createForTrial(const QJsonObject &params, const NodeContext &context) const override
    {
        return m_make(readForTrial(params), context);
    }

    Result<Instance> createForRehearsal(const QJsonObject &params, const NodeContext &context) const override
    {
        if (!m_rehearsal && !m_staysInside)
            return Error{m_name + " cannot be rehearsed."};
        return (m_rehearsal ? m_rehearsal : m_make)(m_declared.read(params), context);
    }

    Result<Instance> create(const QJsonObject &params, const NodeContext &context) const override
    {
        return m_make(m_declared.read(params), context);
    }

private:
    Config readForTrial(const QJsonObject &params) const
    {
        Config config = m_declared.read(params);
        if (m_hurry)
            m_hurry(config);
        return config;
    }

    Params<Config> m_declared;
    Make m_make;
    Make m_rehearsal;
    std::function<Result<std::string>(const Config &, const NodeContext &)> m_trial;
    std::function<void(Config &)> m_hurry;
};

} // namespace sluice
