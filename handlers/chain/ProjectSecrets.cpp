#include "chain/ProjectSecrets.h"

#include "base/Secret.h"
#include "chain/KeptSecrets.h"

#include <QJsonArray>

#include <set>

namespace sluice {

namespace {

void findEntries(const ParamSpec &spec, const QJsonObject &map, LiteralSecret &at, std::vector<LiteralSecret> &found)
{
    for (auto it = map.begin(); it != map.end(); ++it) {
        if (!spec.isSecretEntry(it.key().toStdString()) || !isLiteralSecret(it.value()))
            continue;
        at.text = it.value().toString().toStdString();
        at.path.push_back(it.key().toStdString());
        found.push_back(at);
        at.path.pop_back();
    }
}

void findKept(const QString &text, const LiteralSecret &at, std::vector<LiteralSecret> &found)
{
    visitKeptSecrets(text, at.path, [&](const std::vector<std::string> &path, const QString &secret) -> std::optional<QString> {
        if (isLiteralSecret(secret))
            found.push_back({at.node, path, secret.toStdString(), true});
        return std::nullopt;
    });
}

QString withoutKept(const QString &text)
{
    return visitKeptSecrets(text, {}, [](const std::vector<std::string> &, const QString &secret) {
        return isLiteralSecret(secret) ? std::optional(QString()) : std::nullopt;
    });
}

void find(const std::vector<ParamSpec> &specs, const QJsonObject &params, LiteralSecret &at, std::vector<LiteralSecret> &found)
{
    for (const ParamSpec &spec : specs) {
        const QJsonValue value = params.value(QString::fromStdString(spec.key));
        at.path.push_back(spec.key);
        at.text = value.toString().toStdString();
        if (spec.secret && isLiteralSecret(value))
            found.push_back(at);
        else if (spec.type == ParamSpec::Type::Group)
            find(spec.members, value.toObject(), at, found);
        else if (spec.secretByName && value.isString())
            findKept(value.toString(), at, found);
        else if (spec.secretByName)
            findEntries(spec, value.toObject(), at, found);
        at.path.pop_back();
    }
}

void findNames(const QJsonValue &value, std::set<std::string> &names)
{
    if (const auto name = Secret{value.toString().toStdString()}.keyStoreName())
        names.insert(*name);
    for (const QJsonValue &member : value.toObject())
        findNames(member, names);
    for (const QJsonValue &member : value.toArray())
        findNames(member, names);
}

} // namespace

bool isLiteralSecret(const QJsonValue &value)
{
    const QString text = value.toString();
    return !text.isEmpty() && !Secret{text.toStdString()}.isReference();
}

std::string LiteralSecret::key() const
{
    std::string key;
    for (const std::string &step : path)
        key += (key.empty() ? "" : ".") + step;
    return key;
}

std::vector<LiteralSecret> literalSecrets(const Chain &chain)
{
    std::vector<LiteralSecret> found;
    for (const ChainNode &node : chain.nodes()) {
        LiteralSecret at{node.id, {}, {}};
        find(node.type->params(), node.params, at, found);
    }
    return found;
}

std::vector<std::string> keyStoreNames(const std::vector<ChainNode> &nodes)
{
    std::set<std::string> names;
    for (const ChainNode &node : nodes)
        findNames(node.params, names);
    return {names.begin(), names.end()};
}

Problems toProblems(const std::vector<LiteralSecret> &secrets)
{
    Problems problems;
    for (const LiteralSecret &secret : secrets)
        problems.push_back({secret.node, "Its " + secret.key() + " is a secret, which is written into no project: say ${keychain:NAME}, ${env:NAME} or ${file:PATH}."});
    return problems;
}

QJsonObject withoutLiteralSecrets(const QJsonObject &params, const std::vector<ParamSpec> &specs)
{
    QJsonObject out = params;
    for (const ParamSpec &spec : specs) {
        const QString key = QString::fromStdString(spec.key);
        const QJsonValue value = params.value(key);
        if (spec.secret && !Secret{value.toString().toStdString()}.isReference())
            out.remove(key);
        else if (spec.type == ParamSpec::Type::Group && value.isObject())
            out.insert(key, withoutLiteralSecrets(value.toObject(), spec.members));
        else if (spec.secretByName && value.isObject())
            out.insert(key, withoutSecretEntries(value.toObject(), spec));
        else if (spec.secretByName && value.isString())
            out.insert(key, withoutKept(value.toString()));
    }
    return out;
}

QJsonObject withoutSecretEntries(const QJsonObject &map, const ParamSpec &spec)
{
    QJsonObject out = map;
    for (const QString &name : map.keys()) {
        if (spec.isSecretEntry(name.toStdString()) && isLiteralSecret(map.value(name)))
            out.remove(name);
    }
    return out;
}

QJsonObject withReference(const QJsonObject &params, const std::vector<std::string> &path, const std::string &reference)
{
    QJsonObject out = params;
    const QString key = QString::fromStdString(path.front());
    if (path.size() == 1)
        out.insert(key, QString::fromStdString(reference));
    else if (out.value(key).isString())
        out.insert(key, visitKeptSecrets(out.value(key).toString(), {path.front()}, [&](const std::vector<std::string> &place, const QString &) {
                       return place == path ? std::optional(QString::fromStdString(reference)) : std::nullopt;
                   }));
    else
        out.insert(key, withReference(out.value(key).toObject(), {path.begin() + 1, path.end()}, reference));
    return out;
}

} // namespace sluice
