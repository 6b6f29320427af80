#include "base/Secret.h"
#include "chain/Configuration.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

namespace sluice {

namespace {

QByteArray quoted(const std::string &text)
{
    // QJsonDocument writes no bare strings; an array of one is the string between brackets.
    const QByteArray array = QJsonDocument(QJsonArray{QString::fromStdString(text)}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

QJsonObject withoutSecrets(const QJsonObject &params, const std::vector<ParamSpec> &specs)
{
    QJsonObject out = params;
    for (const ParamSpec &spec : specs) {
        const QString key = QString::fromStdString(spec.key);
        if (spec.secret && !Secret{out.value(key).toString().toStdString()}.isReference())
            out.remove(key);
        else if (spec.type == ParamSpec::Type::Group && out.value(key).isObject())
            out.insert(key, withoutSecrets(out.value(key).toObject(), spec.members));
    }
    return out;
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
    const QJsonObject params = withoutSecrets(node.params, node.type->params());
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

} // namespace

std::string projectText(const Chain &chain)
{
    QByteArray out = "{\n    \"sluice\": 1,\n";
    if (!chain.name.empty())
        out += "    \"name\": " + quoted(chain.name) + ",\n";
    out += "    \"nodes\": " + list(chain.nodes(), nodeText) + ",\n";
    out += "    \"wires\": " + list(chain.wires(), wireText) + "\n}\n";
    return out.toStdString();
}

Status saveProject(const Chain &chain, const std::string &path)
{
    const QString name = QString::fromStdString(path);
    QSaveFile file(name);
    // Writing over the old file in place, where the folder takes no new one, could lose both.
    file.setDirectWriteFallback(false);
    const std::string text = projectText(chain);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) < 0 || !file.commit())
        return Error{"The project cannot be saved to " + path + ": " + file.errorString().toStdString() + "."};
    return {};
}

} // namespace sluice
