#include "chain/UnsupportedNodes.h"

#include "chain/NodeRegistry.h"
#include "filter/Filter.h"
#include "handler/HandlerNode.h"

#include <QJsonDocument>

#include <set>

namespace sluice {

namespace {

constexpr char noReason[] = "This part of a Python configuration cannot be run here.";

/// References lead to sections that may refer on; more are a circle or an attack.
constexpr int maxReferences = 1000;

struct UnsupportedConfig
{
    LevelValue level;
    std::vector<std::string> filters;
    std::string config = "{}";
    std::string reason = noReason;
};

struct UnsupportedFilterConfig
{
    std::string config = "{}";
    std::string reason = noReason;
};

/// Loses every record, and says why.
class UnsupportedHandler final : public Handler
{
public:
    explicit UnsupportedHandler(std::string reason) : m_reason(std::move(reason)) {}

protected:
    Status emit(const LogRecord &) override { return Error{m_reason}; }

private:
    const std::string m_reason;
};

template <typename Config>
void checkPart(const Config &config, const std::string &path, Problems &problems)
{
    if (!QJsonDocument::fromJson(QByteArray::fromStdString(config.config)).isObject())
        problems.push_back({path + ".config", "config must be a JSON object as text."});
}

template <typename Config>
std::string reasonOf(const Config &config)
{
    return config.reason.empty() ? std::string(noReason) : config.reason;
}

/// The top-level sections that "cfg://" references in a value lead to, besides those that are always there.
void collectReferences(const QJsonObject &config, const QJsonValue &value, QJsonObject &part, int &budget)
{
    if (--budget < 0)
        return;
    if (value.isString() && value.toString().startsWith(u"cfg://")) {
        static const std::set<QString> ownWay = {QStringLiteral("handlers"), QStringLiteral("loggers"), QStringLiteral("root"),
                                                 QStringLiteral("version")};
        const QString way = value.toString().mid(6).trimmed();
        qsizetype end = 0;
        while (end < way.size() && way[end] != u'.' && way[end] != u'[' && !way[end].isSpace())
            ++end;
        const QString section = way.left(end);
        if (ownWay.contains(section) || part.contains(section) || !config.contains(section))
            return;
        part.insert(section, config.value(section));
        collectReferences(config, config.value(section), part, budget);
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const QJsonValue item : array)
            collectReferences(config, item, part, budget);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (const QJsonValue item : object)
            collectReferences(config, item, part, budget);
    }
}

void addNamed(const QJsonObject &config, QJsonObject &part, const QString &section, const QString &name)
{
    const QJsonValue value = config.value(section).toObject().value(name);
    if (value.isUndefined())
        return;
    QJsonObject object = part.value(section).toObject();
    object.insert(name, value);
    part.insert(section, object);
    int budget = maxReferences;
    collectReferences(config, value, part, budget);
}

} // namespace

ChainNode unsupportedNode(const std::string &id, bool isFilter, const QJsonObject &part, const std::string &reason)
{
    ChainNode node;
    node.id = id;
    node.type = NodeRegistry::builtin().find(isFilter ? "UnsupportedFilter" : "Unsupported");
    node.params.insert(u"config", QString::fromUtf8(QJsonDocument(part).toJson(QJsonDocument::Compact)));
    node.params.insert(u"reason", QString::fromStdString(reason));
    return node;
}

QJsonObject partOfDictConfig(const QJsonObject &config, const QString &section, const QString &name)
{
    QJsonObject part;
    addNamed(config, part, section, name);
    if (section != u"handlers")
        return part;
    const QJsonObject handler = config.value(section).toObject().value(name).toObject();
    addNamed(config, part, QStringLiteral("formatters"), handler.value(u"formatter").toString());
    const QJsonArray filters = handler.value(u"filters").toArray();
    for (const QJsonValue filter : filters)
        addNamed(config, part, QStringLiteral("filters"), filter.toString());
    return part;
}

Problems unsupportedIn(const Chain &chain)
{
    Problems found;
    for (const ChainNode &node : chain.nodes()) {
        if (node.type->isUnsupported())
            found.push_back({chain.pathOf(node.id), node.type->describe(node.params)});
    }
    return found;
}

namespace nodes {

const NodeType &Unsupported()
{
    static const auto node =
        Node<UnsupportedConfig>(
            NodeKind::Handler, "Unsupported", "Keeps a part of a Python configuration that cannot be run here",
            Params<UnsupportedConfig>()
                .param(&UnsupportedConfig::level, "level", "Records below this level are not passed to this handler")
                .param(&UnsupportedConfig::filters, "filters",
                       "Loggers whose records, and whose children's, pass; all of these must pass it")
                .param(&UnsupportedConfig::config, "config", "The part of a dictConfig that it stands for, as JSON text")
                .hint(ParamSpec::Hint::Code)
                .secretByName()
                .param(&UnsupportedConfig::reason, "reason", "Why it cannot be run"),
            [](const UnsupportedConfig &config, const NodeContext &context) -> Result<NodeType::Instance> {
                auto handler = std::make_shared<UnsupportedHandler>(reasonOf(config));
                if (const Status status = configureHandler(*handler, {config.level, {}, config.filters}, context); !status)
                    return status.error();
                return NodeType::Instance(std::shared_ptr<Handler>(std::move(handler)));
            })
            .unsupported()
            .guarantees([](const UnsupportedConfig &, bool) -> NodeGuarantee {
                const NodeGuarantee::Cost all{NodeGuarantee::Loss::Unbounded, "cannot be run here, and drops all that it is given, counted"};
                return {.crash = {}, .fullDisk = all, .deadPeer = all, .heldUp = {}};
            })
            .staysInside()
            .checkedBy([](const UnsupportedConfig &config, const std::string &path, Problems &problems) {
                checkPart(config, path, problems);
            })
            .describedBy([](const UnsupportedConfig &config) { return reasonOf(config); });
    return node;
}

const NodeType &UnsupportedFilter()
{
    static const auto node =
        Node<UnsupportedFilterConfig>(
            NodeKind::Filter, "UnsupportedFilter", "Keeps a filter of a Python configuration that cannot be run here, and passes all",
            Params<UnsupportedFilterConfig>()
                .param(&UnsupportedFilterConfig::config, "config", "The part of a dictConfig that it stands for, as JSON text")
                .hint(ParamSpec::Hint::Code)
                .secretByName()
                .param(&UnsupportedFilterConfig::reason, "reason", "Why it cannot be run"),
            [](const UnsupportedFilterConfig &, const NodeContext &) -> Result<NodeType::Instance> {
                return NodeType::Instance(std::shared_ptr<sluice::Filter>(std::make_shared<NameFilter>("")));
            })
            .unsupported()
            .checkedBy([](const UnsupportedFilterConfig &config, const std::string &path, Problems &problems) {
                checkPart(config, path, problems);
            })
            .describedBy([](const UnsupportedFilterConfig &config) { return reasonOf(config); });
    return node;
}

} // namespace nodes
} // namespace sluice
