#include "chain/ChainPaths.h"

#include "base/NativeFile.h"

#include <QJsonArray>

#include <algorithm>

namespace sluice {

namespace {

bool isRelative(const std::string &path) { return !path.empty() && files::absolute(path) != path; }

bool isRelativeSecret(const QJsonValue &value)
{
    constexpr std::string_view file = "${file:";
    const std::string text = value.toString().toStdString();
    return text.starts_with(file) && isRelative(text.substr(file.size()));
}

bool isAnyRelative(const std::vector<ParamSpec> &specs, const QJsonObject &params)
{
    return std::ranges::any_of(specs, [&](const ParamSpec &spec) {
        const QJsonValue value = params.value(QString::fromStdString(spec.key));
        if (spec.type == ParamSpec::Type::Group)
            return isAnyRelative(spec.members, value.toObject());
        if (spec.secret)
            return isRelativeSecret(value);
        if (spec.secretByName) {
            const QJsonObject map = value.toObject();
            return std::any_of(map.begin(), map.end(), isRelativeSecret);
        }
        return spec.type == ParamSpec::Type::Path && isRelative(value.toString().toStdString());
    });
}

} // namespace

bool hasRelativePaths(const Chain &chain)
{
    return std::ranges::any_of(chain.nodes(), [](const ChainNode &node) {
        // A program starts in the project's folder, and its name may be a path; files to be read are a list of patterns.
        const bool isOfFolder = node.type->name() == "FileReceiver" || node.type->name() == "ProgramReceiver";
        return isOfFolder || isAnyRelative(node.type->params(), node.params);
    });
}

} // namespace sluice
