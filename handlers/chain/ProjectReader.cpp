#include "chain/ProjectReader.h"

#include "chain/JsonShape.h"
#include "chain/NodeRegistry.h"
#include "chain/ProjectMigration.h"
#include "chain/ProjectSchema.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <set>

namespace sluice {

namespace {

constexpr auto maxIdLength = static_cast<qsizetype>(Chain::maxIdLength);

std::string at(const std::string &path, qsizetype index) { return path + "[" + std::to_string(index) + "]"; }

std::string quoted(const QString &text) { return "\"" + text.left(maxIdLength).toStdString() + "\""; }

class ProjectReader
{
public:
    explicit ProjectReader(Problems &problems) : m_problems(problems) {}

    Chain read(const QJsonObject &file, ProjectExtras *extras)
    {
        const QJsonObject object = migratedProject(file, m_problems);
        // What a newer version has cannot be told from what is wrong.
        if (object.value(u"sluice").toInt() > projectVersion)
            return {};
        checkKeys(object, {"sluice", "name", "nodes", "wires", "comments", "views", "highlights", "drawing"}, "$");
        m_chain.name = textAt(object, "name", "$", false);
        readList(object, "nodes", Chain::maxNodes, [this](const QJsonObject &node, const std::string &path) { readNode(node, path); });
        readList(object, "wires", Chain::maxWires, [this](const QJsonObject &wire, const std::string &path) { readWire(wire, path); });
        readList(object, "comments", Chain::maxComments,
                 [this](const QJsonObject &comment, const std::string &path) { readComment(comment, path); });
        readExtras(object, extras);
        // Without one of its nodes a chain has faults that its file has not.
        if (m_isWhole) {
            const Problems found = m_chain.checkWiring();
            m_problems.insert(m_problems.end(), found.begin(), found.end());
        }
        return std::move(m_chain);
    }

private:
    void readExtras(const QJsonObject &object, ProjectExtras *extras)
    {
        const auto part = [&](const char *key, const QJsonObject &schema) {
            const QJsonValue value = object.value(QLatin1String(key));
            if (!value.isUndefined())
                checkShape(value, schema, std::string("$.") + key, m_problems);
            return value;
        };
        const QJsonValue views = part("views", viewsSchema());
        const QJsonValue highlights = part("highlights", highlightsSchema());
        const QJsonValue drawing = part("drawing", drawingSchema());
        if (!extras)
            return;
        extras->views = views.toArray();
        extras->highlights = highlights.toArray();
        if (drawing.isObject())
            extras->drawing = {drawing[QStringLiteral("project")].toString().toStdString(), drawing[QStringLiteral("folder")].toString().toStdString()};
    }

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
    void readList(const QJsonObject &object, const char *key, std::size_t most, Read read)
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
        if (static_cast<std::size_t>(list.size()) > most) {
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
        readPair(object, "position", path, node.x, node.y);
        if (!node.type || node.id.empty()) {
            m_isWhole = false;
            return;
        }
        const Problems found = node.type->check(node.params, path + ".params");
        m_problems.insert(m_problems.end(), found.begin(), found.end());
        m_chain.addNode(std::move(node));
    }

    void readPair(const QJsonObject &object, const char *key, const std::string &path, double &first, double &second)
    {
        const QJsonArray pair = object.value(QLatin1String(key)).toArray();
        if (pair.size() == 2 && pair[0].isDouble() && pair[1].isDouble()) {
            first = pair[0].toDouble();
            second = pair[1].toDouble();
        } else if (object.contains(QLatin1String(key))) {
            problem(path + "." + key, std::string(key) + " must be a list of two numbers.");
        }
    }

    void readComment(const QJsonObject &object, const std::string &path)
    {
        checkKeys(object, {"id", "text", "position", "size"}, path);
        ChainComment comment;
        comment.id = textAt(object, "id", path, true);
        const QJsonValue text = object.value(u"text");
        if (text.isString() && text.toString().size() <= static_cast<qsizetype>(Chain::maxCommentLength))
            comment.text = text.toString().toStdString();
        else
            problem(path + ".text", "text must be a text of at most " + std::to_string(Chain::maxCommentLength) + " characters.");
        readPair(object, "position", path, comment.x, comment.y);
        readPair(object, "size", path, comment.width, comment.height);
        comment.width = std::max(comment.width, ChainComment::minimumWidth);
        comment.height = std::max(comment.height, ChainComment::minimumHeight);
        if (!comment.id.empty() && m_chain.freeId(comment.id) != comment.id)
            problem(path + ".id", "The id " + quoted(QString::fromStdString(comment.id)) + " is taken already.");
        else if (!comment.id.empty())
            m_chain.addComment(std::move(comment));
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
            if (records >= 1 && records <= Wire::maxQueue && records == std::floor(records))
                wire.queue = static_cast<std::size_t>(records);
            else
                problem(path + ".queue", "queue must be a whole number from 1 to " + std::to_string(Wire::maxQueue) + " (records).");
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

Chain readProject(const QJsonObject &object, Problems &problems, ProjectExtras *extras)
{
    return ProjectReader(problems).read(object, extras);
}

} // namespace sluice
