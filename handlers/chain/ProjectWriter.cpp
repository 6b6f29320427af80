#include "base/WholeFile.h"
#include "chain/Configuration.h"
#include "chain/ProjectMigration.h"
#include "chain/ProjectSecrets.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace sluice {

namespace {

QByteArray quoted(const std::string &text)
{
    // QJsonDocument writes no bare strings; an array of one is the string between brackets.
    const QByteArray array = QJsonDocument(QJsonArray{QString::fromStdString(text)}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

QByteArray indented(const QJsonObject &object, int columns)
{
    if (object.isEmpty())
        return "{}";
    QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Indented).trimmed();
    return json.replace("\n", "\n" + QByteArray(columns, ' '));
}

QByteArray nodeText(const ChainNode &node)
{
    QByteArray out = "        {\n            \"id\": " + quoted(node.id) + ",\n            \"type\": " + quoted(node.type->name());
    const QJsonObject params = withoutLiteralSecrets(node.params, node.type->params());
    if (!params.isEmpty())
        out += ",\n            \"params\": " + indented(params, 12);
    if (node.x != 0 || node.y != 0)
        out += ",\n            \"position\": " + QJsonDocument(QJsonArray{node.x, node.y}).toJson(QJsonDocument::Compact);
    return out + "\n        }";
}

QByteArray wireText(const Wire &wire)
{
    return "        { \"from\": " + quoted(wire.from) + ", \"port\": " + quoted(wire.port) + ", \"to\": " + quoted(wire.to) +
           (wire.queue ? ", \"queue\": " + QByteArray::number(static_cast<qulonglong>(*wire.queue)) : QByteArray()) +
           (wire.whenFull ? ", \"whenFull\": " + quoted(nameOf(*wire.whenFull)) : QByteArray()) + " }";
}

QByteArray commentText(const ChainComment &comment)
{
    const auto pair = [](double first, double second) {
        return QJsonDocument(QJsonArray{first, second}).toJson(QJsonDocument::Compact);
    };
    return "        {\n            \"id\": " + quoted(comment.id) + ",\n            \"text\": " + quoted(comment.text) +
           ",\n            \"position\": " + pair(comment.x, comment.y) + ",\n            \"size\": " +
           pair(comment.width, comment.height) + "\n        }";
}

template <typename Items, typename Text>
QByteArray list(const Items &items, Text text)
{
    if (items.empty())
        return "[]";
    QByteArray out = "[\n";
    for (const auto &item : items)
        out += text(item) + (&item == &items.back() ? "\n" : ",\n");
    return out + "    ]";
}

/// A list of objects, the keys of each in the order of the alphabet; nothing for an empty one.
QByteArray objects(const char *key, const QJsonArray &items)
{
    if (items.isEmpty())
        return {};
    QByteArray out = ",\n    \"" + QByteArray(key) + "\": [\n";
    for (qsizetype i = 0; i < items.size(); ++i)
        out += "        " + indented(items[i].toObject(), 8) + (i + 1 < items.size() ? ",\n" : "\n");
    return out + "    ]";
}

} // namespace

std::string projectText(const Chain &chain, const ProjectExtras &extras)
{
    QByteArray out = "{\n    \"sluice\": " + QByteArray::number(projectVersion) + ",\n";
    if (extras.drawing)
        out += "    \"drawing\": { \"project\": " + quoted(extras.drawing->project) + ", \"folder\": " + quoted(extras.drawing->folder) + " },\n";
    if (!chain.name.empty())
        out += "    \"name\": " + quoted(chain.name) + ",\n";
    out += "    \"nodes\": " + list(chain.nodes(), nodeText) + ",\n";
    out += "    \"wires\": " + list(chain.wires(), wireText);
    if (!chain.comments().empty())
        out += ",\n    \"comments\": " + list(chain.comments(), commentText);
    out += objects("views", extras.views) + objects("highlights", extras.highlights);
    out += "\n}\n";
    return out.toStdString();
}

Status saveProject(const Chain &chain, const std::string &path, const ProjectExtras &extras)
{
    return files::writeWhole(path, projectText(chain, extras));
}

} // namespace sluice
