#include "chain/ProjectReader.h"

#include "chain/NodeRegistry.h"

#include <QJsonArray>

#include <cmath>
#include <set>

namespace sluice {

namespace {

constexpr int projectVersion = 1;
// Far above what a person draws; a file beyond is an accident or an attack.
constexpr qsizetype maxNodes = 2000;
constexpr qsizetype maxWires = 10000;
constexpr qsizetype maxIdLength = 200;
constexpr int maxQueue = 10'000'000;

std::string at(const std::string &path, qsizetype index) { return path + "[" + std::to_string(index) + "]"; }

std::string quoted(const QString &text) { return "\"" + text.left(maxIdLength).toStdString() + "\""; }

class ProjectReader
{
public:
    explicit ProjectReader(Problems &problems) : m_problems(problems) {}

    Chain read(const QJsonObject &object)
    {
        checkKeys(object, {"sluice", "name", "nodes", "wires"}, "$");
        const QJsonValue version = object.value(u"sluice");
        if (!version.isDouble() || version.toInt() < 1)
            problem("$.sluice", "The version of the file must be 1.");
        else if (version.toInt() > projectVersion)
            problem("$.sluice", "This project was written by a newer Sluice (version " +
                                    std::to_string(version.toInt()) + " of the file; this one knows 1).");
        m_chain.name = textAt(object, "name", "$", false);
        readList(object, "nodes", maxNodes, [this](const QJsonObject &node, const std::string &path) { readNode(node, path); });
        readList(object, "wires", maxWires, [this](const QJsonObject &wire, const std::string &path) { readWire(wire, path); });
        // Without one of its nodes a chain has faults that its file has not.
        if (m_isWhole) {
            const Problems found = m_chain.checkWiring();
            m_problems.insert(m_problems.end(), found.begin(), found.end());
        }
        return std::move(m_chain);
    }

private:
    void problem(const std::string &path, const std::string &text) { m_problems.push_back({path, text}); }

    void checkKeys(const QJsonObject &object, const std::set<std::string> &known, const std::string &path)
    {
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!known.contains(it.key().toStdString()))
                problem(path + "." + it.key().left(maxIdLength).toStdString(), "unknown key " + quoted(it.key()) + ".");
        }
    }

    std::string textAt(const QJsonObject &object, const char *key, const std::string &path, bool required)
    {
        const QJsonValue value = object.value(QLatin1String(key));
        if (value.isString() && value.toString().size() <= maxIdLength && !(required && value.toString().isEmpty()))
            return value.toString().toStdString();
        if (required || !value.isUndefined())
            problem(path + "." + key, std::string(key) + " must be a text of at most 200 characters.");
        return {};
    }

    template <typename Read>
    void readList(const QJsonObject &object, const char *key, qsizetype most, Read read)
    {
        const std::string path = std::string("$.") + key;
        const QJsonValue value = object.value(QLatin1String(key));
        if (value.isUndefined())
            return;
        if (!value.isArray()) {
            problem(path, std::string(key) + " must be a list.");
            return;
        }
        const QJsonArray list = value.toArray();
        if (list.size() > most) {
            problem(path, "There are " + std::to_string(list.size()) + " " + key + "; at most " + std::to_string(most) + " can be read.");
            return;
        }
        for (qsizetype i = 0; i < list.size(); ++i) {
            if (list[i].isObject())
                read(list[i].toObject(), at(path, i));
            else {
                problem(at(path, i), "Each of the " + std::string(key) + " must be an object.");
                m_isWhole = false;
            }
        }
    }

    void readNode(const QJsonObject &object, const std::string &path)
    {
        checkKeys(object, {"id", "type", "params", "position"}, path);
        ChainNode node;
        node.id = textAt(object, "id", path, true);
        if (!node.id.empty() && m_chain.node(node.id))
            problem(path + ".id", "The id " + quoted(QString::fromStdString(node.id)) + " is taken already.");
        const std::string type = textAt(object, "type", path, true);
        node.type = NodeRegistry::builtin().find(type);
        if (!node.type && !type.empty()) {
            const std::string nearest = NodeRegistry::builtin().nearest(type);
            problem(path + ".type", "There is no node of type \"" + type + "\"." +
                                        (nearest.empty() ? "" : " Is \"" + nearest + "\" meant?"));
        }
        const QJsonValue params = object.value(u"params");
        if (params.isObject())
            node.params = params.toObject();
        else if (!params.isUndefined())
            problem(path + ".params", "params must be an object.");
        const QJsonArray position = object.value(u"position").toArray();
        if (position.size() == 2 && position[0].isDouble() && position[1].isDouble()) {
            node.x = position[0].toDouble();
            node.y = position[1].toDouble();
        } else if (object.contains(u"position")) {
            problem(path + ".position", "position must be a list of two numbers.");
        }
        if (!node.type || node.id.empty()) {
            m_isWhole = false;
            return;
        }
        const Problems found = node.type->check(node.params, path + ".params");
        m_problems.insert(m_problems.end(), found.begin(), found.end());
        m_chain.addNode(std::move(node));
    }

    void readWire(const QJsonObject &object, const std::string &path)
    {
        checkKeys(object, {"from", "port", "to", "queue", "whenFull"}, path);
        Wire wire;
        wire.from = textAt(object, "from", path, true);
        wire.to = textAt(object, "to", path, true);
        if (object.contains(u"port"))
            wire.port = textAt(object, "port", path, true);
        else if (const ChainNode *from = m_chain.node(wire.from); from && from->type->outputs().size() == 1)
            wire.port = from->type->outputs().front().name;
        if (const QJsonValue queue = object.value(u"queue"); !queue.isUndefined()) {
            const double records = queue.toDouble();
            if (records >= 1 && records <= maxQueue && records == std::floor(records))
                wire.queue = static_cast<std::size_t>(records);
            else
                problem(path + ".queue", "queue must be a whole number from 1 to " + std::to_string(maxQueue) + " (records).");
        }
        if (const QJsonValue whenFull = object.value(u"whenFull"); !whenFull.isUndefined()) {
            wire.whenFull = whenFullOfName(whenFull.toString().toStdString());
            if (!wire.whenFull)
                problem(path + ".whenFull", "whenFull must be one of block, dropOldest, dropNewest.");
        }
        m_chain.addWire(std::move(wire));
    }

    Chain m_chain;
    Problems &m_problems;
    bool m_isWhole = true;
};

} // namespace

Chain readProject(const QJsonObject &object, Problems &problems) { return ProjectReader(problems).read(object); }

} // namespace sluice
